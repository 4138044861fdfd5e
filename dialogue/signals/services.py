"""Verbs of signals: make, rename, hand over, and the answers it rests on. Call inside `with writing():`."""

from collections.abc import Collection
from datetime import date

from dialogue.consultations.models import Wave
from dialogue.duties.queries import duty
from dialogue.duties.services import owe
from dialogue.people.models import Department
from dialogue.shared.actor import Actor
from dialogue.shared.bands import Band
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.edits import why_overtaken
from dialogue.shared.errors import NotFound, refuse
from dialogue.signals import rules
from dialogue.signals.change_queries import why_ended
from dialogue.signals.models import AnswerBasis, EarlierSentence, Signal
from dialogue.signals.recording import note
from dialogue.signals.word_services import lay


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
    note(actor, "signal.made", signal, after={"titles": titles})
    _owe(actor, signal)
    if keys:
        lay(actor, signal, keys)
    return signal


def rename(actor: Actor, signal: Signal, titles: dict[str, str], *, seen: str | None = None) -> None:
    """Say it better; every earlier sentence is kept, with its mark in the ledger.

    `seen` is the digest of the sentence that stood when the person began (None: whatever stood is replaced).
    """
    refuse(why_ended([signal]))
    if seen is not None:
        refuse(why_overtaken(signal.titles, titles, seen))
    if titles == signal.titles:
        return
    db.session.add(EarlierSentence(signal_id=signal.id, titles=signal.titles, until=now(), by_id=actor.staff_id))
    before, signal.titles = signal.titles, titles
    note(actor, "signal.renamed", signal, before={"titles": before}, after={"titles": titles})
    if not is_answered(signal):
        _owe(actor, signal)


def hand_over(actor: Actor, signal: Signal, department: Department) -> None:
    """Give the signal, with the duty to answer it, to another department."""
    refuse(why_ended([signal]))
    refuse(rules.why_not_hand_over(signal, department.id, is_answered(signal)))
    before, signal.department_id = signal.department_id, department.id
    note(actor, "signal.handed_over", signal, before={"department": before}, after={"department": department.id})
    _owe(actor, signal)


def add_basis(actor: Actor, signal: Signal, band: Band, item: str, option: str) -> None:
    """Let an answer count for the signal; it must have been asked in its round."""
    refuse(why_ended([signal]))
    if (band, item, option) not in {answer.key for answer in rules.answers_asked(signal.wave.instruments, "nl")}:
        raise NotFound
    if db.session.get(AnswerBasis, (signal.id, band, item, option)) is None:
        signal.bases.append(AnswerBasis(band=band, item=item, option=option))
        note(actor, "signal.answer_added", signal, after={"band": band, "item": item, "option": option})


def remove_basis(actor: Actor, signal: Signal, band: Band, item: str, option: str) -> None:
    """Let an answer no longer count for the signal."""
    basis = db.session.get(AnswerBasis, (signal.id, band, item, option))
    if basis is not None:
        db.session.delete(basis)
        note(actor, "signal.answer_removed", signal, before={"band": band, "item": item, "option": option})


def is_answered(signal: Signal) -> bool:
    """Whether the duty to answer this signal was kept."""
    owed = duty("decision", f"signal:{signal.id}")
    return owed is not None and owed.kept_at is not None


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
