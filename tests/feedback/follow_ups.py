"""Builders for the tests of follow-up questions: one that is open, and children who answer it."""

from datetime import timedelta
from typing import Any

from flask import Flask

from dialogue.feedback import follow_up_words, follow_ups
from dialogue.shared.bands import Band
from dialogue.shared.clock import now, today
from dialogue.signals.follow_up_models import FollowUpQuestion
from dialogue.signals.models import Signal
from tests.builders import Cast, save
from tests.feedback.reactions import Keys, children

OPTIONS = {"a": {"nl": "Een zebrapad", "en": "A crossing"}, "b": {"nl": "Een drempel", "en": "A bump"}}
WORDS = {"nl": "Wat helpt het meest?", "en": "What helps most?"}


def a_question(signal: Signal, cast: Cast, **values: Any) -> FollowUpQuestion:
    """A question that is open for a week."""
    asked = {"words": WORDS, "options": OPTIONS, "closes_on": today() + timedelta(days=7), "asked_at": now()}
    return save(FollowUpQuestion(**asked | {"signal_id": signal.id, "asked_by_id": cast.ada.id} | values))


def asked_of(app: Flask, cast: Cast, count: int) -> tuple[FollowUpQuestion, list[Keys]]:
    """A question about a signal, and the keys of so many receipts of children whose answers are in it."""
    message, receipts = children(app, cast, count)
    return a_question(message.decision.answers[0].signal, cast), receipts


def asked_for_words(app: Flask, cast: Cast, count: int) -> tuple[FollowUpQuestion, list[Keys]]:
    """The same, where children write their answer themselves."""
    message, receipts = children(app, cast, count)
    return a_question(message.decision.answers[0].signal, cast, options={}, own_words=True), receipts


def all_write(receipts: list[Keys], question: FollowUpQuestion, text: str = "Een zebrapad aan de school") -> None:
    """Each of these children writes this, and its number."""
    for number, keys in enumerate(receipts):
        follow_up_words.write(keys[0], question, Band.B, f"{text} {number}")


def all_answer(receipts: list[Keys], question: FollowUpQuestion, option: str) -> None:
    """Each of these children gives this answer."""
    for keys in receipts:
        follow_ups.answer(keys[0], question.id, option)
