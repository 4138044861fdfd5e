"""Verbs of telling back: save a draft, publish, and note that a round has been answered."""

from collections.abc import Callable

from flask_babel import gettext as _

from dialogue.answering.queries import letters_waiting
from dialogue.consultations.models import Wave
from dialogue.consultations.services import mark_answered
from dialogue.decisions.models import Decision
from dialogue.feedback.following import follow_up
from dialogue.feedback.models import Message
from dialogue.feedback.queries import answered_signals, is_corrected, message_for, signals_answered_by, unread_of_wave
from dialogue.feedback.rules import why_not_all_told, why_not_publish
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import Refused
from dialogue.signals.queries import signals_fed_by
from dialogue.web.i18n import in_language

Texts = dict[str, dict[str, str]]  # language -> part -> text
Verb = Callable[[Actor, Decision, Texts], Message]


def save_draft(actor: Actor, decision: Decision, texts: Texts) -> Message:
    """Keep the message for later; nobody outside sees it. What children can read is changed by publishing only."""
    found = message_for(decision.id)
    if found and found.published_at:
        raise Refused(_("Kinderen kunnen dit bericht al lezen. Gebruik “Pas het bericht aan”."))
    return _write(actor, decision, texts, "message.drafted")


def publish(actor: Actor, decision: Decision, texts: Texts) -> Message:
    """Tell it: from now on everybody can read it. Raises Refused with what is missing."""
    reasons = why_not_publish(texts, main_language(decision), is_corrected(decision.id))
    if reasons:
        raise Refused(*reasons)
    message = _write(actor, decision, texts, "message.published")
    message.published_at, message.published_by_id = message.published_at or now(), actor.staff_id
    db.session.flush()
    signals = signals_answered_by(decision)
    follow_up(actor, decision, in_language(signals[0].titles, main_language(decision)))
    for wave in {signal.wave for signal in signals}:
        keep_promise(actor, wave)
    return message


def main_language(decision: Decision) -> str:
    """The language every message is written in."""
    return decision.department.municipality.language


def why_not_told(wave: Wave) -> list[str]:
    """Reasons why this round does not count as answered yet."""
    signals = [signal.id for signal in signals_fed_by(wave.id)]
    told = [signal.id for signal in answered_signals(wave.id)]
    return why_not_all_told(wave.state, signals, told, unread_of_wave(wave.id) + letters_waiting(wave.id))


def keep_promise(actor: Actor | str, wave: Wave) -> None:
    """Mark a round as answered once all it brought has been read, decided and told; its duty is then kept."""
    if not why_not_told(wave):
        mark_answered(actor, wave)


def _write(actor: Actor, decision: Decision, texts: Texts, verb: str) -> Message:
    message = message_for(decision.id)
    before = message.texts if message else None
    if message is None:
        message = Message(decision_id=decision.id)
        db.session.add(message)
    message.texts = texts
    message.written_by_id, message.written_at = actor.staff_id, now()
    record(actor, verb, f"message:{decision.id}", department_id=decision.department_id, before=before, after=texts)
    return message
