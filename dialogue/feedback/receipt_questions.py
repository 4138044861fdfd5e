"""Follow-up questions behind one receipt: what its holder is asked, and what it may answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogue.answering.pages import help_words_address
from dialogue.feedback import follow_up_words, follow_ups
from dialogue.feedback.follow_up_rules import is_open, most_characters, offered, read_words
from dialogue.feedback.receipts import Opened
from dialogue.feedback.rules import Chain
from dialogue.shared.clock import today
from dialogue.shared.errors import Refused
from dialogue.signals.follow_up_models import FollowUpQuestion
from dialogue.web.i18n import spoken_here

WRITES = "words"  # the button for own words, which are in the field `words-<question>`


@dataclass(frozen=True)
class Answered:
    """What was answered last; `help`: it asks for help; `wrong`: why it was not kept."""

    question_id: int
    help: bool = False
    wrong: str = ""


def asked_again(found: Opened, key: bytes, chains: Sequence[Chain]) -> dict[str, Any]:
    """What the page of a receipt says of follow-up questions; only who has closed answers, and keeps them, is asked."""
    questions = _questions(found, chains)
    return {
        "follow_ups": questions,
        "own_answers": follow_ups.own_answers(key, [question.id for question in questions]),
        "written_to": follow_up_words.answered_in_words(key),
        "can_answer": lambda question: _can_answer(found, question),
        "most_characters": lambda question: _most(found, question),
        "choices_of": follow_ups.choices_of,
        "figures_of": follow_ups.figures_of,
        "help_words": lambda: help_words_address(spoken_here()),
    }


def answer(found: Opened, key: bytes, chains: Sequence[Chain], form: Mapping[str, str]) -> Answered:
    """Keep what was chosen (`follow_up`: "7|a") or written ("7|words"); also says so of what closed meanwhile.

    Raises Refused for anything else.
    """
    chosen = form.get("follow_up", "")
    for question in _questions(found, chains):
        if chosen == f"{question.id}|{WRITES}" and _most(found, question):
            return _write(found, key, question, form.get(f"{WRITES}-{question.id}", ""))
        for option in offered(question):
            if chosen == f"{question.id}|{option}":
                if _can_answer(found, question):
                    follow_ups.answer(key, question.id, option)
                return Answered(question.id)
    raise Refused


def _write(found: Opened, key: bytes, question: FollowUpQuestion, typed: str) -> Answered:
    try:
        text = read_words(typed, _most(found, question))
    except Refused as refusal:
        return Answered(question.id, wrong=refusal.reasons[0])
    if not (found.response and _can_answer(found, question)):
        return Answered(question.id)
    return Answered(question.id, help=follow_up_words.write(key, question, found.response.band, text))


def take_back(found: Opened, key: bytes, chains: Sequence[Chain]) -> None:
    """Whoever takes back what it said, takes back these answers too; words out of the box wait for those of others."""
    if questions := _questions(found, chains):
        follow_ups.take_back_answers(key, [question.id for question in questions])
    follow_up_words.take_back_waiting(key)


def _most(found: Opened, question: FollowUpQuestion) -> int:
    """How many characters this child may write; 0: none."""
    return most_characters(question, found.response.band) if found.response else 0


def _can_answer(found: Opened, question: FollowUpQuestion) -> bool:
    return is_open(question, today()) and not found.leaves


def _questions(found: Opened, chains: Sequence[Chain]) -> list[FollowUpQuestion]:
    return follow_ups.questions_about([chain.signal.id for chain in chains]) if found.response else []
