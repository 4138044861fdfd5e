"""When children are asked what they think, what may be shown of it, and when an answer must be looked at again."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from dialogue.feedback.reaction_models import Asked, Opinion
from dialogue.feedback.rules import Chain
from dialogue.results.disclosure import SMALLEST_GROUP, Answers, Question, disclose
from dialogue.results.rules import RANDOM_MORE

ENOUGH_TO_REVIEW = 10
LONGEST = timedelta(days=366)
_ALL = "all"  # reactions are shown together, never by age or place


def asked_of(chain: Chain) -> list[Asked]:
    """What a child may be asked about the message of this chain; whether anything changed only once all is done."""
    if not chain.message:
        return []
    return [Asked.ANSWER, Asked.CHANGED] if chain.done and not chain.ahead else [Asked.ANSWER]


def shown(counts: Mapping[str, int], smallest_group: int, options: Sequence[str] = tuple(Opinion)) -> Answers:
    """What everybody may see of the answers to one question with these options, by the rules for small groups."""
    rows = [(_ALL, 0, "", "", sum(counts.values()))]
    rows += [(_ALL, 0, "reaction", option, count) for option, count in counts.items() if count]
    question = Question("reaction", tuple(options))
    disclosed = disclose(rows, {}, {_ALL: [question]}, smallest_group)
    return disclosed.items.get(_ALL, {}).get("reaction", Answers(0))


def moves_at(pepper: bytes, about: str, counted: int, smallest_group: int) -> int:
    """How many answers to this question must be new before the figures move: random, but the same until they move."""
    digest = hmac.digest(pepper, f"{about}|{counted}".encode(), "sha256")
    return max(smallest_group, SMALLEST_GROUP) + int.from_bytes(digest[:8]) % RANDOM_MORE


def wants_review(counts: Mapping[str, int]) -> bool:
    """Whether ten or more reacted and most of them said no."""
    total = sum(counts.values())
    return total >= ENOUGH_TO_REVIEW and 2 * counts.get(Opinion.NO, 0) > total


def why_not_settle(*, settled: bool, corrected: bool, due: date | None, today: date) -> list[str]:
    """Reasons why this cannot be said now about an answer that children asked to look at again."""
    reasons = []
    if settled:
        reasons.append(_("Hier is al over beslist."))
    if due and corrected:
        reasons.append(_("Deze beslissing werd verbeterd: de nieuwe geldt."))
    if due and not today < due <= today + LONGEST:
        reasons.append(_("Kies een dag in de toekomst, binnen een jaar."))
    return reasons
