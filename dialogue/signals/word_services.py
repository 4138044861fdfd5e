"""Verbs of children's own words: lay with a signal, take away, mark, pass on, quote. Call inside `with writing():`."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from dialogue.answering.models import Concern, Contribution, Reading
from dialogue.consultations.models import Wave
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.codes import new_key
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound, refuse
from dialogue.signals import rules
from dialogue.signals.basis_queries import why_never_quoted
from dialogue.signals.change_queries import why_ended
from dialogue.signals.models import Coding, Signal
from dialogue.signals.recording import note


def lay(actor: Actor, signal: Signal, keys: Collection[bytes]) -> int:
    """Lay these words with the signal; words that already lie there stay. Returns how many were asked."""
    refuse(why_ended([signal]))
    words = _pick(keys, consultation_id=signal.consultation_id)
    there = set(db.session.scalars(select(Coding.contribution_key).where(Coding.signal_id == signal.id)))
    for contribution in words:
        contribution.reading = Reading.CODED
        if contribution.key not in there:
            db.session.add(
                Coding(signal_id=signal.id, contribution_key=contribution.key, by_id=actor.staff_id, at=now())
            )
    note(actor, "signal.words_laid", signal, after=_named(words))
    return len(words)


def take_away(actor: Actor, signal: Signal, keys: Collection[bytes]) -> int:
    """Take words away from the signal; those that lie nowhere else are unread again. Returns how many."""
    query = select(Coding).where(Coding.signal_id == signal.id, Coding.contribution_key.in_(list(keys)))
    codings = list(db.session.scalars(query))
    if not codings:
        return 0
    words = [coding.contribution for coding in codings]
    note(actor, "signal.words_taken_away", signal, before=_named(words))
    for coding in codings:
        db.session.delete(coding)
    db.session.flush()
    elsewhere = set(
        db.session.scalars(select(Coding.contribution_key).where(Coding.contribution_key.in_([w.key for w in words])))
    )
    for contribution in words:
        if contribution.reading == Reading.CODED and contribution.key not in elsewhere:
            contribution.reading = Reading.UNREAD
    return len(words)


def mark(actor: Actor, wave: Wave, keys: Collection[bytes], reading: Reading) -> int:
    """Mark words as read without a request, held, or unread again. Returns how many."""
    words = _pick(keys, consultation_id=wave.consultation_id)
    refuse(rules.why_not_mark([contribution.reading for contribution in words]))
    for contribution in words:
        contribution.reading = reading
    record(
        actor,
        f"words.{reading}",
        f"wave:{wave.id}",
        department_id=wave.consultation.department_id,
        after=_named(words),
    )
    return len(words)


def raise_concern(actor: Actor, wave: Wave, keys: Collection[bytes]) -> int:
    """Pass words that ask for help on to the safeguarding contact: from now on nobody else sees them.

    The day is left to the job that notices new concerns, owes the duty and warns the contact.
    """
    words = _pick(keys, consultation_id=wave.consultation_id)
    for contribution in words:
        for coding in db.session.scalars(select(Coding).where(Coding.contribution_key == contribution.key)):
            note(actor, "signal.words_taken_away", coding.signal, before=_named([contribution]))
            db.session.delete(coding)
        contribution.reading = Reading.CONCERN
        concern = Concern(key=new_key(), wave_id=contribution.wave_id, band=contribution.band, text=contribution.text)
        db.session.add(concern)
        record(actor, "concern.raised", f"concern:{concern.key.hex()}", department_id=wave.consultation.department_id)
    return len(words)


def approve_quote(actor: Actor, coding: Coding, text: str) -> None:
    """Approve words for everyone to read, as edited by a person who made sure that there are no names in them."""
    refuse(why_never_quoted(coding))
    coding.quote, coding.quote_by_id = text, actor.staff_id
    note(actor, "quote.approved", coding.signal, after={"words": coding.contribution_key.hex()})


def withdraw_quote(actor: Actor, coding: Coding) -> None:
    """Take an approved quote back: nobody outside reads it any more."""
    coding.quote = coding.quote_by_id = None
    note(actor, "quote.withdrawn", coding.signal, before={"words": coding.contribution_key.hex()})


def _pick(keys: Collection[bytes], *, consultation_id: int) -> list[Contribution]:
    """These words, of this consultation, that readers may see; refuses when some are no longer there."""
    rows = list(db.session.scalars(select(Contribution).where(Contribution.key.in_(list(keys)))))
    if any(row.wave.consultation_id != consultation_id for row in rows):
        raise NotFound
    words = [row for row in rows if row.reading in rules.SHOWN]
    refuse(rules.why_not_pick(len(set(keys)), len(words)))
    return words


def _named(words: Sequence[Contribution]) -> dict[str, list[str]]:
    return {"words": sorted(contribution.key.hex() for contribution in words)}
