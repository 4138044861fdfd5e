"""Asking a follow-up question, and closing it early."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from dialogue.feedback.follow_up_rules import Wording, is_open, why_not_ask
from dialogue.feedback.rules import may_write
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound, Refused, refuse
from dialogue.signals.change_queries import why_ended
from dialogue.signals.follow_up_models import FollowUpQuestion
from dialogue.signals.models import Signal
from dialogue.signals.queries import get_signal


def get_signal_for_asking(actor: Actor, signal_id: int) -> Signal:
    """The signal about which this person may ask children something; else NotFound or NotAllowed."""
    signal = get_signal(actor, signal_id)
    if not may_write(actor, signal.department_id):
        raise NotAllowed
    return signal


def get_question(signal: Signal, question_id: int) -> FollowUpQuestion:
    """A question about this signal; else NotFound."""
    question = db.session.get(FollowUpQuestion, question_id)
    if question is None or question.signal_id != signal.id:
        raise NotFound
    return question


def why_not(signal: Signal, wording: Wording, languages: Sequence[str], closes_on: date) -> list[str]:
    """Reasons why this cannot be asked about this signal now."""
    last = _not_closed(signal)
    busy = last is not None and is_open(last, today())
    return why_not_ask(wording, languages, closes_on, today(), busy=busy, ended=why_ended([signal]))


def ask(actor: Actor, signal: Signal, wording: Wording, languages: Sequence[str], closes_on: date) -> FollowUpQuestion:
    """Ask everybody whose answer is in the signal; raises Refused. Call inside `with writing():`."""
    refuse(why_not(signal, wording, languages, closes_on))
    if last := _not_closed(signal):
        _close(actor, last)
        db.session.flush()
    about = {"words": wording.words, "options": wording.options, "closes_on": closes_on, "own_words": wording.own_words}
    question = FollowUpQuestion(signal_id=signal.id, **about, asked_by_id=actor.staff_id, asked_at=now())
    db.session.add(question)
    db.session.flush()
    picture = about | {"signal": signal.id}
    record(actor, "follow_up.asked", f"follow_up:{question.id}", department_id=signal.department_id, after=picture)
    return question


def close_early(actor: Actor, question: FollowUpQuestion) -> None:
    """Let nobody answer any more; raises Refused when it was closed already. Call inside `with writing():`."""
    if not is_open(question, today()):
        raise Refused
    _close(actor, question)
    department = question.signal.department_id
    record(actor, "follow_up.closed", f"follow_up:{question.id}", department_id=department)


def _not_closed(signal: Signal) -> FollowUpQuestion | None:
    """The question that nobody closed; its day may be over."""
    chosen = select(FollowUpQuestion).where(FollowUpQuestion.signal_id == signal.id)
    return db.session.scalar(chosen.where(FollowUpQuestion.closed_at.is_(None)))


def _close(actor: Actor, question: FollowUpQuestion) -> None:
    question.closed_by_id, question.closed_at = actor.staff_id, now()
