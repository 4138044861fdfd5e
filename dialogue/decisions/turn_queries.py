"""Whose turn it is: the signals that wait for one person who decides, who read a signal, what lies before a body."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, and_, cast, or_, select

from dialogue.consultations.models import Consultation
from dialogue.decisions.handover_models import OnBehalf
from dialogue.decisions.models import Answered, Decision, Proposal
from dialogue.decisions.queries import get_for_deciding, standing_proposal
from dialogue.decisions.rules import DECIDERS
from dialogue.decisions.turn_models import Brought, ReadBy
from dialogue.duties.models import Duty
from dialogue.duties.rules import SOON
from dialogue.people.models import StaffMember
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.signals.change_queries import is_whole
from dialogue.signals.models import Signal

MOST_LIKE = 30


@dataclass(frozen=True)
class Turn:
    """One signal out of those that wait for somebody: which, by when, its place in the row, and the others."""

    signal: Signal
    due: date | None
    place: int
    of: int
    following: int | None
    others: tuple[int, ...] = ()


def turn(actor: Actor, signal_id: int | None = None) -> Turn | None:
    """The signal that was asked for, else the most urgent one; None when nothing waits. Refuses strangers.

    A signal of which nothing waits (any more) may still be asked for: it is 1 of 1.
    """
    row = waiting_for(actor)
    ids = [one for one, _due in row]
    if signal_id is not None and signal_id not in ids:
        return Turn(get_for_deciding(actor, signal_id), None, 1, 1, ids[0] if ids else None)
    if not ids:
        return None
    at = ids.index(signal_id) if signal_id is not None else 0
    following = ids[(at + 1) % len(ids)] if len(ids) > 1 else None
    others = tuple(ids[:at] + ids[at + 1 :])
    return Turn(get_for_deciding(actor, ids[at]), row[at][1], at + 1, len(ids), following, others)


def like(turn: Turn) -> list[Signal]:
    """The other signals of the same consultation that wait for this person: one answer may do for all."""
    query = select(Signal).where(Signal.id.in_(turn.others), Signal.consultation_id == turn.signal.consultation_id)
    return list(db.session.scalars(query.order_by(Signal.id).limit(MOST_LIKE)))


def waiting_for(actor: Actor) -> list[tuple[int, date | None]]:
    """The signals this person may decide about that wait for it, with the day they are owed, the most urgent first.

    What lies before the college waits for the college; what is under study waits again when it is owed.
    """
    about = and_(
        Duty.object == "signal:" + cast(Signal.id, String),
        Duty.kind == "decision",
        Duty.kept_at.is_(None),
        Duty.cancelled_at.is_(None),
    )
    answered = select(Answered.signal_id).where(Answered.signal_id == Signal.id)
    last = select(Decision.recorded_at).join(Decision.answers).where(Answered.signal_id == Signal.id)
    last = last.order_by(Decision.recorded_at.desc()).limit(1)
    lies = select(Brought.proposal_id).join(Brought.proposal)
    lies = lies.where(Proposal.signal_id == Signal.id, Proposal.withdrawn_at.is_(None))
    lies = lies.where(or_(last.scalar_subquery().is_(None), Brought.at > last.scalar_subquery()))
    query = select(Signal.id, Duty.due).join(Signal.consultation).outerjoin(Duty, about)
    query = query.where(Consultation.municipality_id == actor.municipality_id)
    query = query.where(or_(Duty.due <= today() + SOON, ~answered.exists()), ~lies.exists(), is_whole())
    if not actor.sees_all:
        query = query.where(Signal.department_id.in_(departments_decided(actor)))
    return [(one, due) for one, due in db.session.execute(query.order_by(Duty.due.is_(None), Duty.due, Signal.id))]


def departments_decided(actor: Actor) -> list[int]:
    """The departments for which this person decides."""
    return [d for role, d in actor.grants if role == Role.DECIDER and d is not None]


def away(actor: Actor, signal: Signal) -> StaffMember | None:
    """In whose place this person decides about the signal, when that is only as a deputy."""
    whose = actor.acting(signal.department_id, *DECIDERS).on_behalf_of
    return db.session.get(StaffMember, whose) if whose is not None else None


def replaced_in(decision_id: int) -> StaffMember | None:
    """In whose place a deputy recorded this decision, if one did."""
    found = db.session.get(OnBehalf, decision_id)
    return found.staff_member if found else None


def brought(proposal: Proposal | None) -> Brought | None:
    """Before whom this proposal lies, if it lies before a body."""
    return db.session.get(Brought, proposal.id) if proposal else None


def brought_about(signal_id: int) -> Brought | None:
    """What lies before a body about this signal and was not decided yet."""
    return brought(standing_proposal(signal_id))


def readers_of(signal_ids: Collection[int]) -> dict[int, list[ReadBy]]:
    """Per signal that was read who among those who decide did so, the first one first."""
    found: dict[int, list[ReadBy]] = {}
    query = select(ReadBy).where(ReadBy.signal_id.in_(signal_ids))
    for reader in db.session.scalars(query.order_by(ReadBy.at, ReadBy.staff_member_id)):
        found.setdefault(reader.signal_id, []).append(reader)
    return found


def earlier(decision: Decision) -> list[Decision]:
    """What this decision said before it was corrected, the latest version first."""
    found = []
    while decision.corrects_id is not None:
        decision = db.session.get_one(Decision, decision.corrects_id)
        found.append(decision)
    return found
