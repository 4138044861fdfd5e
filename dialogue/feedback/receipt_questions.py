"""Follow-up questions behind one receipt: what its holder is asked, and what it may answer."""

from collections.abc import Sequence
from typing import Any

from dialogue.feedback import follow_ups
from dialogue.feedback.follow_up_models import FollowUpQuestion
from dialogue.feedback.follow_up_rules import is_open, offered
from dialogue.feedback.receipts import Opened
from dialogue.feedback.rules import Chain
from dialogue.shared.clock import today
from dialogue.shared.errors import Refused


def asked_again(found: Opened, key: bytes, chains: Sequence[Chain]) -> dict[str, Any]:
    """What the page of a receipt says of follow-up questions; only who has closed answers, and keeps them, is asked."""
    questions = _questions(found, chains)
    return {
        "follow_ups": questions,
        "own_answers": follow_ups.own_answers(key, [question.id for question in questions]),
        "can_answer": lambda question: is_open(question, today()) and not found.leaves,
        "choices_of": follow_ups.choices_of,
        "figures_of": follow_ups.figures_of,
    }


def answer(found: Opened, key: bytes, chains: Sequence[Chain], chosen: str) -> int:
    """Keep what was chosen ("7|a") and give its question, also one that closed meanwhile; Refused for anything else."""
    for question in _questions(found, chains):
        for option in offered(question):
            if chosen == f"{question.id}|{option}":
                if is_open(question, today()) and not found.leaves:
                    follow_ups.answer(key, question.id, option)
                return question.id
    raise Refused


def take_back(found: Opened, key: bytes, chains: Sequence[Chain]) -> None:
    """Whoever takes back what it said, takes back these answers too."""
    if questions := _questions(found, chains):
        follow_ups.take_back_answers(key, [question.id for question in questions])


def _questions(found: Opened, chains: Sequence[Chain]) -> list[FollowUpQuestion]:
    return follow_ups.questions_about([chain.signal.id for chain in chains]) if found.response else []
