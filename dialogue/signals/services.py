"""Verbs of signals: make, lay words with them, take away, mark, pass on, quote. Call inside `with writing():`."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from dialogue.answering.models import Concern, Contribution, Reading
from dialogue.consultations.models import Wave
from dialogue.duties.queries import duty
from dialogue.duties.services import owe
from dialogue.ledger.services import record
from dialogue.people.models import Department
from dialogue.shared.actor import Actor
from dialogue.shared.bands import Band
from dialogue.shared.clock import now, today
from dialogue.shared.codes import new_key
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound, Refused
from dialogue.signals import rules
from dialogue.signals.models import AnswerBasis, Coding, Signal
from dialogue.signals.queries import why_ended, why_never_quoted


def make_signal(
    actor: Actor, wave: Wave, titles: dict[str, str], keys: Collection[bytes] = (), department_id: int | None = None
) -> Signal:
    """A new signal of this round, with these words; its department owes an answer by the promised day."""
    consultation = wave.consultation
    signal = Signal(
        municipality_id=consultation.municipality_id,
        consultation_id=consultation.id,
        wave_id=wave.id,
        department_id=department_id or consultation.department_id,
        titles=titles,
        made_at=now(),
        made_by_id=actor.staff_id,
    )
    db.session.add(signal)
    db.session.flush()
    _record(actor, "signal.made", signal, after={"titles": titles})
    _owe(actor, signal)
    if keys:
        lay(actor, signal, keys)
    return signal


def lay(actor: Actor, signal: Signal, keys: Collection[bytes]) -> int:
    """Lay these words with the signal; words that already lie there stay. Returns how many were asked."""
    _refuse_ended(signal)
    words = _pick(keys, consultation_id=signal.consultation_id)
    there = set(db.session.scalars(select(Coding.contribution_key).where(Coding.signal_id == signal.id)))
    for contribution in words:
        contribution.reading = Reading.CODED
        if contribution.key not in there:
            db.session.add(
                Coding(signal_id=signal.id, contribution_key=contribution.key, by_id=actor.staff_id, at=now())
            )
    _record(actor, "signal.words_laid", signal, after=_named(words))
    return len(words)


def take_away(actor: Actor, signal: Signal, keys: Collection[bytes]) -> int:
    """Take words away from the signal; those that lie nowhere else are unread again. Returns how many."""
    query = select(Coding).where(Coding.signal_id == signal.id, Coding.contribution_key.in_(list(keys)))
    codings = list(db.session.scalars(query))
    if not codings:
        return 0
    words = [coding.contribution for coding in codings]
    _record(actor, "signal.words_taken_away", signal, before=_named(words))
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
    reasons = rules.why_not_mark([contribution.reading for contribution in words])
    if reasons:
        raise Refused(*reasons)
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
            _record(actor, "signal.words_taken_away", coding.signal, before=_named([contribution]))
            db.session.delete(coding)
        contribution.reading = Reading.CONCERN
        concern = Concern(key=new_key(), wave_id=contribution.wave_id, band=contribution.band, text=contribution.text)
        db.session.add(concern)
        record(actor, "concern.raised", f"concern:{concern.key.hex()}", department_id=wave.consultation.department_id)
    return len(words)


def rename(actor: Actor, signal: Signal, titles: dict[str, str]) -> None:
    """Say it better; every earlier sentence keeps its mark in the ledger."""
    _refuse_ended(signal)
    before, signal.titles = signal.titles, titles
    _record(actor, "signal.renamed", signal, before={"titles": before}, after={"titles": titles})
    if not is_answered(signal):
        _owe(actor, signal)


def hand_over(actor: Actor, signal: Signal, department: Department) -> None:
    """Give the signal, with the duty to answer it, to another department."""
    _refuse_ended(signal)
    reasons = rules.why_not_hand_over(signal, department.id, is_answered(signal))
    if reasons:
        raise Refused(*reasons)
    before, signal.department_id = signal.department_id, department.id
    _record(actor, "signal.handed_over", signal, before={"department": before}, after={"department": department.id})
    _owe(actor, signal)


def add_basis(actor: Actor, signal: Signal, band: Band, item: str, option: str) -> None:
    """Let an answer count for the signal; it must have been asked in its round."""
    _refuse_ended(signal)
    if (band, item, option) not in {answer.key for answer in rules.answers_asked(signal.wave.instruments, "nl")}:
        raise NotFound
    if db.session.get(AnswerBasis, (signal.id, band, item, option)) is None:
        signal.bases.append(AnswerBasis(band=band, item=item, option=option))
        _record(actor, "signal.answer_added", signal, after={"band": band, "item": item, "option": option})


def remove_basis(actor: Actor, signal: Signal, band: Band, item: str, option: str) -> None:
    """Let an answer no longer count for the signal."""
    basis = db.session.get(AnswerBasis, (signal.id, band, item, option))
    if basis is not None:
        db.session.delete(basis)
        _record(actor, "signal.answer_removed", signal, before={"band": band, "item": item, "option": option})


def approve_quote(actor: Actor, coding: Coding, text: str) -> None:
    """Approve words for everyone to read, as edited by a person who made sure that there are no names in them."""
    reasons = why_never_quoted(coding)
    if reasons:
        raise Refused(*reasons)
    coding.quote, coding.quote_by_id = text, actor.staff_id
    _record(actor, "quote.approved", coding.signal, after={"words": coding.contribution_key.hex()})


def withdraw_quote(actor: Actor, coding: Coding) -> None:
    """Take an approved quote back: nobody outside reads it any more."""
    coding.quote = coding.quote_by_id = None
    _record(actor, "quote.withdrawn", coding.signal, before={"words": coding.contribution_key.hex()})


def is_answered(signal: Signal) -> bool:
    """Whether the duty to answer this signal was kept."""
    owed = duty("decision", f"signal:{signal.id}")
    return owed is not None and owed.kept_at is not None


def _refuse_ended(signal: Signal) -> None:
    reasons = why_ended([signal])
    if reasons:
        raise Refused(*reasons)


def _pick(keys: Collection[bytes], *, consultation_id: int) -> list[Contribution]:
    """These words, of this consultation, that readers may see; refuses when some are no longer there."""
    rows = list(db.session.scalars(select(Contribution).where(Contribution.key.in_(list(keys)))))
    if any(row.wave.consultation_id != consultation_id for row in rows):
        raise NotFound
    words = [row for row in rows if row.reading in rules.SHOWN]
    reasons = rules.why_not_pick(len(set(keys)), len(words))
    if reasons:
        raise Refused(*reasons)
    return words


def _named(words: Sequence[Contribution]) -> dict[str, list[str]]:
    return {"words": sorted(contribution.key.hex() for contribution in words)}


def _owe(actor: Actor, signal: Signal) -> None:
    owed = duty("decision", f"signal:{signal.id}")
    owe_decision(actor, signal, owed.due if owed else rules.due_day(signal.wave, today()))


def owe_decision(actor: Actor | str, signal: Signal, due: date, because: str = "") -> None:
    """The department of the signal owes it an answer by `due`; `because` says why that is later than before."""
    owe(
        actor,
        "decision",
        f"signal:{signal.id}",
        municipality_id=signal.municipality_id,
        department_id=signal.department_id,
        subject=next(iter(signal.titles.values())),
        due=due,
        because=because,
    )


def _record(actor: Actor, verb: str, signal: Signal, **pictures: object) -> None:
    record(actor, verb, f"signal:{signal.id}", department_id=signal.department_id, **pictures)
