"""Verbs of telling back: tell what was written, and note that a round has been answered."""

from dialogue.answering.queries import letters_waiting
from dialogue.consultations.models import Wave
from dialogue.consultations.round_services import mark_answered
from dialogue.decisions.models import Decision
from dialogue.feedback.following import follow_up
from dialogue.feedback.models import Message
from dialogue.feedback.queries import answered_signals, is_corrected, message_for, signals_answered_by, unread_of_wave
from dialogue.feedback.rules import why_not_all_told
from dialogue.feedback.telling_rules import why_not_publish
from dialogue.feedback.versions import main_language, picture
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import Refused
from dialogue.signals.queries import signals_fed_by
from dialogue.web.i18n import in_language


def publish(actor: Actor, decision: Decision) -> Message:
    """Tell what was written and seen: from now on everybody can read it. Raises Refused with what is missing."""
    message, main = message_for(decision.id), main_language(decision)
    reasons = why_not_publish(message.draft if message else [], main, is_corrected(decision.id))
    if message is None or reasons:
        raise Refused(*reasons)
    before, after = picture(message.told), picture(message.draft)
    for text in message.draft:
        text.told = True
    db.session.flush()
    message.edition += 1
    message.published_at, message.published_by_id = message.published_at or now(), actor.staff_id
    about = {"department_id": decision.department_id}
    record(actor, "message.published", f"message:{decision.id}", **about, before=before, after=after)
    db.session.flush()
    signals = signals_answered_by(decision)
    follow_up(actor, decision, in_language(signals[0].titles, main))
    for wave in {signal.wave for signal in signals}:
        keep_promise(actor, wave)
    return message


def why_not_told(wave: Wave) -> list[str]:
    """Reasons why this round does not count as answered yet."""
    signals = [signal.id for signal in signals_fed_by(wave.id)]
    told = [signal.id for signal in answered_signals(wave.id)]
    return why_not_all_told(wave.state, signals, told, unread_of_wave(wave.id) + letters_waiting(wave.id))


def keep_promise(actor: Actor | str, wave: Wave) -> None:
    """Mark a round as answered once all it brought has been read, decided and told; its duty is then kept."""
    if not why_not_told(wave):
        mark_answered(actor, wave)
