"""Reading what became of signals: coverage, chains, messages; a fixed number of queries, however many answered."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from dialogue.answering.models import Contribution, Reading
from dialogue.consultations.models import State, Wave
from dialogue.decisions.models import Answered, Decision, Measure
from dialogue.decisions.queries import decided_on, get_decision, holding, standing
from dialogue.decisions.turn_queries import readers_of
from dialogue.duties.models import Duty
from dialogue.feedback.models import Message, MessageText
from dialogue.feedback.rules import Chain, Coverage, may_write
from dialogue.ledger.models import Entry
from dialogue.results.models import Tally
from dialogue.shared.actor import Actor
from dialogue.shared.clock import CALENDAR
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound
from dialogue.signals.basis_queries import codings_of
from dialogue.signals.change_queries import withdrawals
from dialogue.signals.models import Signal
from dialogue.signals.queries import signals_fed_by, signals_of

_SIGNALS = selectinload(Decision.answers).joinedload(Answered.signal)
_UNREAD = (Reading.UNREAD, Reading.HELD)


def coverage(municipality_id: int, begins: date | None = None, ends: date | None = None) -> Coverage:
    """Every signal of the municipality made in the period (both days included), each once, the newest first."""
    return Coverage(chains_of(reversed(signals_of(municipality_id, begins, ends))))


def chains_of(signals: Iterable[Signal]) -> list[Chain]:
    """What followed on each of these signals, in their order."""
    chosen = list(signals)
    ids = [signal.id for signal in chosen]
    decisions = _latest_decisions(ids)
    messages = _published({decision.id for decision in decisions.values()})
    duties, withdrawn, readers, sentences = _duties(ids), withdrawals(ids), readers_of(ids), decided_on(ids)
    found = []
    for signal in chosen:
        decision = decisions.get(signal.id)
        message = messages.get(decision.id) if decision else None
        around = readers.get(signal.id, ()), sentences.get(signal.id, ())
        found.append(Chain(signal, decision, message, duties.get(signal.id), withdrawn.get(signal.id), *around))
    return found


def _latest_decisions(signal_ids: Collection[int]) -> dict[int, Decision]:
    """Per signal the decision that holds now."""
    holds = holding()
    chosen = select(holds.c.signal_id, Decision).join(Decision, Decision.id == holds.c.decision_id)
    chosen = chosen.where(holds.c.signal_id.in_(signal_ids), holds.c.place == 1)
    chosen = chosen.options(
        selectinload(Decision.measures).selectinload(Measure.proofs), joinedload(Decision.department)
    )
    return dict(db.session.execute(chosen).all())


def _published(decision_ids: Collection[int]) -> dict[int, Message]:
    chosen = select(Message).where(Message.decision_id.in_(decision_ids), Message.published_at.is_not(None))
    chosen = chosen.options(selectinload(Message.versions))
    return {message.decision_id: message for message in db.session.scalars(chosen)}


def _duties(signal_ids: Collection[int]) -> dict[int, Duty]:
    objects = {f"signal:{id_}": id_ for id_ in signal_ids}
    chosen = select(Duty).where(Duty.kind == "decision", Duty.object.in_(objects))
    return {objects[duty.object]: duty for duty in db.session.scalars(chosen)}


def message_for(decision_id: int) -> Message | None:
    """The message about this decision, draft or published."""
    return db.session.scalar(select(Message).where(Message.decision_id == decision_id))


def get_for_writing(actor: Actor, decision_id: int) -> Decision:
    """The decision whose message this person may write; else NotFound or NotAllowed."""
    decision = get_decision(actor, decision_id)
    if not may_write(actor, decision.department_id):
        raise NotAllowed
    return decision


def is_corrected(decision_id: int) -> bool:
    """Whether a newer decision stands in place of this one."""
    return db.session.scalar(select(Decision.id).where(Decision.corrects_id == decision_id)) is not None


def signals_answered_by(decision: Decision) -> list[Signal]:
    """The signals that this decision answers."""
    chosen = select(Signal).join(Answered, Answered.signal_id == Signal.id)
    return list(db.session.scalars(chosen.where(Answered.decision_id == decision.id).order_by(Signal.id)))


def untold(actor: Actor) -> list[Decision]:
    """Decisions of this person's departments that have no message yet, the oldest first."""
    written = exists().where(Message.decision_id == Decision.id)
    chosen = _seen(select(Decision), actor).where(~written).options(joinedload(Decision.department), _SIGNALS)
    return list(db.session.scalars(chosen.order_by(Decision.decided_on, Decision.id)))


def drafts(actor: Actor) -> list[Message]:
    """Messages of which something was written that is not told yet, the oldest first."""
    untold = Message.versions.any(MessageText.edition > Message.edition)
    return list(db.session.scalars(_messages_seen(actor).where(untold).order_by(Message.id)))


def told(actor: Actor, before: int | None, most: int) -> list[Message]:
    """Messages that children can read, the newest first; `before` is the key of the page before."""
    chosen = _messages_seen(actor, latest=False).where(Message.published_at.is_not(None))
    if before is not None:
        chosen = chosen.where(Message.id < before)
    return list(db.session.scalars(chosen.order_by(Message.id.desc()).limit(most)))


def _messages_seen(actor: Actor, *, latest: bool = True) -> Select[Message]:
    return _seen(select(Message).join(Message.decision), actor, latest).options(
        contains_eager(Message.decision).options(joinedload(Decision.department), _SIGNALS)
    )


def _seen(chosen: Select[Any], actor: Actor, latest: bool = True) -> Select[Any]:
    chosen = chosen.where(Decision.municipality_id == actor.municipality_id)
    if latest:
        chosen = chosen.where(standing())
    return chosen if actor.sees_all else chosen.where(Decision.department_id.in_(actor.departments))


def answered_signals(wave_id: int) -> list[Signal]:
    """The signals that a round feeds about which children were told what was decided."""
    return [chain.signal for chain in chains_of(signals_fed_by(wave_id)) if chain.message]


def unread_of_wave(wave_id: int) -> int:
    """How many words of a round nobody has finished reading."""
    chosen = select(func.count()).select_from(Contribution).where(Contribution.wave_id == wave_id)
    return db.session.scalar(chosen.where(Contribution.reading.in_(_UNREAD))) or 0


def waves_to_answer() -> list[Wave]:
    """Closed rounds with an open promise to tell what came of them."""
    owed = select(Duty.object).where(Duty.kind == "feedback", Duty.kept_at.is_(None), Duty.cancelled_at.is_(None))
    ids = [int(object_.removeprefix("wave:")) for object_ in db.session.scalars(owed)]
    return list(db.session.scalars(select(Wave).where(Wave.id.in_(ids), Wave.state == State.CLOSED)))


def get_public_signal(municipality_id: int, signal_id: int) -> Signal:
    """A signal of this municipality, for everybody; else NotFound."""
    signal = db.session.get(Signal, signal_id)
    if signal is None or signal.municipality_id != municipality_id:
        raise NotFound
    return signal


def items_written(signal: Signal) -> set[str]:
    """The own-words questions (their keys) under which words of this signal were written."""
    return set(db.session.scalars(codings_of(signal).with_only_columns(Contribution.item).order_by(None).distinct()))


def waves_with_place(place_id: int, least: int) -> list[int]:
    """Rounds in which at least so many children answered at this place that it may be said."""
    chosen = select(Tally.wave_id).where(Tally.place_id == place_id, Tally.item == "", Tally.option == "")
    enough = chosen.group_by(Tally.wave_id).having(func.sum(Tally.count) >= least)
    return list(db.session.scalars(enough))


def signal_days(municipality_id: int) -> tuple[date, date] | None:
    """The days on which the first and the last signal were made."""
    chosen = select(func.min(Signal.made_at), func.max(Signal.made_at))
    first, last = db.session.execute(chosen.where(Signal.municipality_id == municipality_id)).one()
    return (first.astimezone(CALENDAR).date(), last.astimezone(CALENDAR).date()) if first else None


def ledger_length() -> int:
    """How many entries the record of decisions has."""
    return db.session.scalar(select(func.max(Entry.sequence))) or 0
