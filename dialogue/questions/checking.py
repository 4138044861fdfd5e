"""Looking over a whole questionnaire: what keeps it from being asked, what is advice, how long it takes."""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil

from flask_babel import gettext as _

from dialogue.questions.findings import Finding
from dialogue.questions.items import Item
from dialogue.questions.kinds import KINDS
from dialogue.shared.bands import RULES, Band


@dataclass(frozen=True)
class Report:
    """Findings about the questionnaire as a whole and, by key, about each question."""

    general: list[Finding]
    per_item: dict[str, list[Finding]]

    def blocking(self) -> list[str]:
        """Every reason why it cannot be asked, with the number of the question."""
        return self._sentences(blocks=True)

    def advice(self) -> list[str]:
        """What could be better, with the number of the question."""
        return self._sentences(blocks=False)

    def _sentences(self, *, blocks: bool) -> list[str]:
        found = [finding.text for finding in self.general if finding.blocks == blocks]
        for number, findings in enumerate(self.per_item.values(), 1):
            own = [finding.text for finding in findings if finding.blocks == blocks]
            found += [_("Vraag %(number)s: %(what)s", number=number, what=text) for text in own]
        return found


def check_questions(items: list[Item], band: Band, languages: Collection[str]) -> Report:
    """Everything there is to say about these questions for this band."""
    return Report(_general(items, band), {item["key"]: check_item(item, band, languages) for item in items})


def check_item(item: Item, band: Band, languages: Collection[str]) -> list[Finding]:
    """Everything there is to say about one question in all its languages; the same thing once."""
    kind = KINDS[item["kind"]]
    return list(dict.fromkeys(finding for language in languages for finding in kind.check(item, band, language)))


def minutes(items: list[Item], band: Band) -> int:
    """About how long it takes a child of this band: the band's time is for the band's number of questions."""
    rules = RULES[band]
    effort = sum(KINDS[item["kind"]].effort for item in items)
    return max(1, ceil(effort * rules.minutes / rules.most_questions)) if items else 0


def _general(items: list[Item], band: Band) -> list[Finding]:
    rules = RULES[band]
    open_questions = sum(not KINDS[item["kind"]].is_closed for item in items)
    found = []
    if not items:
        found.append(Finding(_("Er zijn nog geen vragen."), blocks=True))
    if len(items) > rules.most_questions:
        most = rules.most_questions
        too_many = _("Te veel vragen voor %(years)s jaar: hoogstens %(most)s.", years=rules.years, most=most)
        found.append(Finding(too_many, blocks=True))
    if open_questions > rules.own_words > 0:
        most = rules.own_words
        too_open = _("Hoogstens %(most)s vragen in eigen woorden voor %(years)s jaar.", years=rules.years, most=most)
        found.append(Finding(too_open, blocks=True))
    if minutes(items, band) > rules.minutes:
        most = rules.minutes
        found.append(Finding(_("Dit duurt langer dan %(most)s minuten: kan er een vraag weg?", most=most)))
    return found
