"""Verbs for signals as a whole: split, merge, withdraw. Nothing is undone, and everybody may read the history.

The room of decisions says which signals are still undecided. Call inside `with writing():`.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from dialogue.duties.models import Duty
from dialogue.duties.queries import duty
from dialogue.duties.services import cancel
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.signals.models import AnswerBasis, Coding, Reshaped, Signal, SignalChange
from dialogue.signals.services import make_signal, owe_decision
from dialogue.signals.word_services import take_away

Basis = tuple[str, str, str]  # band, item, option


def split(
    actor: Actor,
    signal: Signal,
    titles: dict[str, str],
    because: str,
    keys: Collection[bytes] = (),
    bases: Collection[Basis] = (),
) -> Signal:
    """A new signal with these words and ticked answers of an old one; it is owed an answer by the same day."""
    made = make_signal(actor, signal.wave, titles, keys, signal.department_id)
    if keys:
        take_away(actor, signal, keys)
    for basis in [basis for basis in signal.bases if (basis.band, basis.item, basis.option) in bases]:
        _move(basis, made)
    _owe_too(actor, made, _open(signal))
    _remember(actor, signal, Reshaped.SPLIT, because, made)
    return made


def merge(actor: Actor, signals: Sequence[Signal], into: Signal, because: str) -> None:
    """All words and ticked answers of these signals lie with one of them from now on; so does what is owed."""
    for signal in signals:
        codings = list(db.session.scalars(select(Coding).where(Coding.signal_id == signal.id)))
        there = set(db.session.scalars(select(Coding.contribution_key).where(Coding.signal_id == into.id)))
        for coding in codings:
            if coding.contribution_key in there:
                db.session.delete(coding)
            else:
                coding.signal_id = into.id
        for basis in list(signal.bases):
            _move(basis, into)
        _owe_too(actor, into, _open(signal))
        cancel(actor, "decision", f"signal:{signal.id}", because)
        _remember(actor, signal, Reshaped.MERGED, because, into)


def withdraw(actor: Actor, signal: Signal, because: str) -> None:
    """It is owed no answer any more, and everybody may read why; its words are unread again."""
    lying = db.session.scalars(select(Coding.contribution_key).where(Coding.signal_id == signal.id))
    take_away(actor, signal, list(lying))
    cancel(actor, "decision", f"signal:{signal.id}", because)
    _remember(actor, signal, Reshaped.WITHDRAWN, because)


def _move(basis: AnswerBasis, signal: Signal) -> None:
    """Let a ticked answer count for another signal, unless it does already."""
    key = (signal.id, basis.band, basis.item, basis.option)
    if db.session.get(AnswerBasis, key) is None:
        signal.bases.append(AnswerBasis(band=basis.band, item=basis.item, option=basis.option))
    basis.signal.bases.remove(basis)
    db.session.delete(basis)
    db.session.flush()


def _open(signal: Signal) -> Duty | None:
    owed = duty("decision", f"signal:{signal.id}")
    return owed if owed and not owed.kept_at and not owed.cancelled_at else None


def _owe_too(actor: Actor, signal: Signal, other: Duty | None) -> None:
    """Owe an answer to a signal by the earliest day that was promised for it or for another one."""
    mine = _open(signal)
    if mine is None or other is None or other.promised >= mine.promised:
        return
    for due in sorted({other.promised, min(mine.due, other.due)}):
        owe_decision(actor, signal, due, mine.extended_because or other.extended_because or "")


def _remember(actor: Actor, signal: Signal, what: Reshaped, because: str, other: Signal | None = None) -> None:
    other_id = other.id if other else None
    change = SignalChange(signal_id=signal.id, what=what, other_id=other_id, because=because)
    change.by_id, change.at = actor.staff_id, now()
    db.session.add(change)
    db.session.flush()
    record(
        actor,
        f"signal.{what}",
        f"signal:{signal.id}",
        department_id=signal.department_id,
        after={"other": other_id, "because": because},
    )
