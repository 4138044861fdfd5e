"""Reading decisions: getters that refuse, what stands now, and what still waits."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, Subquery, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from dialogue.decisions import rules
from dialogue.decisions.models import Answered, Decision, Proposal
from dialogue.people.models import StaffMember
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound
from dialogue.signals.change_queries import is_whole
from dialogue.signals.models import EarlierSentence, Signal
from dialogue.signals.queries import get_signal, signals_seen
from dialogue.signals.rules import sees

PAGE = 20


def standing() -> ColumnElement[bool]:
    """A decision that no later one corrects."""
    later = aliased(Decision)
    return ~select(later.id).where(later.corrects_id == Decision.id).exists()


def holding() -> Subquery:
    """Per signal the decisions that stand, as (signal_id, decision_id, place): the one that holds now has place 1."""
    latest_first = func.row_number().over(
        partition_by=Answered.signal_id, order_by=(Decision.decided_on.desc(), Decision.id.desc())
    )
    chosen = select(Answered.signal_id, Answered.decision_id, latest_first.label("place"))
    return chosen.join(Decision, Decision.id == Answered.decision_id).where(standing()).subquery()


def current_decision(signal_id: int) -> Decision | None:
    """What holds for this signal now: the latest decision, corrections followed."""
    query = select(Decision).join(Decision.answers).where(Answered.signal_id == signal_id, standing())
    return db.session.scalar(query.order_by(Decision.decided_on.desc(), Decision.id.desc()).limit(1))


def newest_decision(municipality_id: int) -> int:
    """The id of the newest decision of a municipality; 0: there is none."""
    return db.session.scalar(select(func.max(Decision.id)).where(Decision.municipality_id == municipality_id)) or 0


def is_standing(decision: Decision) -> bool:
    """Whether no later decision corrects this one."""
    return db.session.scalar(select(Decision.id).where(Decision.corrects_id == decision.id)) is None


def decisions_of_signal(signal_id: int) -> list[Decision]:
    """Everything that was ever decided about this signal, also what was corrected, newest first."""
    query = select(Decision).join(Decision.answers).where(Answered.signal_id == signal_id)
    return list(db.session.scalars(query.order_by(Decision.id.desc())))


def decisions_of(municipality_id: int, begins: date | None = None, ends: date | None = None) -> list[Decision]:
    """The decisions of a municipality that stand (corrected ones left out), taken in a period, oldest first."""
    query = select(Decision).where(Decision.municipality_id == municipality_id, standing())
    if begins:
        query = query.where(Decision.decided_on >= begins)
    if ends:
        query = query.where(Decision.decided_on <= ends)
    return list(db.session.scalars(query.order_by(Decision.decided_on, Decision.id)))


def get_decision(actor: Actor, decision_id: int) -> Decision:
    """The decision, for the department that took it and for whoever may know of a signal it answers."""
    decision = db.session.get(Decision, decision_id)
    if decision is None or decision.municipality_id != actor.municipality_id:
        raise NotFound
    if not (actor.sees(decision.department_id) or any(sees(actor, a.signal) for a in decision.answers)):
        raise NotFound
    return decision


def get_for_planning(actor: Actor, decision_id: int) -> Decision:
    """The decision, for somebody who may plan measures for it."""
    decision = get_decision(actor, decision_id)
    if not rules.may_propose(actor, decision.department_id):
        raise NotAllowed
    return decision


def get_for_correcting(actor: Actor, decision_id: int) -> Decision:
    """The decision, for somebody who may record decisions of its department."""
    decision = get_decision(actor, decision_id)
    if not rules.may_decide(actor, decision.department_id):
        raise NotAllowed
    return decision


def get_for_proposing(actor: Actor, signal_id: int) -> Signal:
    """The signal, for somebody who may propose an answer to it."""
    signal = get_signal(actor, signal_id)
    if not rules.may_propose(actor, signal.department_id):
        raise NotAllowed
    return signal


def get_for_deciding(actor: Actor, signal_id: int) -> Signal:
    """The signal, for somebody who may record what was decided about it."""
    signal = get_signal(actor, signal_id)
    if not rules.may_decide(actor, signal.department_id):
        raise NotAllowed
    return signal


def get_proposal(actor: Actor, proposal_id: int) -> Proposal:
    """The proposal, for somebody who may know of its signal."""
    proposal = db.session.get(Proposal, proposal_id)
    if proposal is None or not sees(actor, proposal.signal):
        raise NotFound
    return proposal


def get_for_withdrawing(actor: Actor, proposal_id: int) -> Proposal:
    """The proposal, for the people of the department that made it."""
    proposal = get_proposal(actor, proposal_id)
    if not rules.may_propose(actor, proposal.department_id):
        raise NotAllowed
    return proposal


def proposals_of(signal_id: int) -> list[Proposal]:
    """All proposals about a signal, also withdrawn ones, newest first."""
    return list(
        db.session.scalars(select(Proposal).where(Proposal.signal_id == signal_id).order_by(Proposal.id.desc()))
    )


def lies() -> ColumnElement[bool]:
    """Whether a proposal (joined with its signal) still counts: not withdrawn, and of the department that owes it."""
    return and_(Proposal.withdrawn_at.is_(None), Proposal.department_id == Signal.department_id)


def standing_proposal(signal_id: int) -> Proposal | None:
    """The proposal that waits for a decision: it counts, and nothing was decided since."""
    proposed = select(Proposal).join(Proposal.signal).where(Proposal.signal_id == signal_id, lies())
    proposal = db.session.scalar(proposed.order_by(Proposal.id.desc()).limit(1))
    return None if proposal is None or is_decided(proposal) else proposal


def is_decided(proposal: Proposal) -> bool:
    """Whether something was decided about its signal since it was made."""
    return decided_since(proposal.signal_id, proposal.at)


def decided_since(signal_id: int, moment: datetime) -> bool:
    """Whether something was decided about this signal since then."""
    return any(decision.recorded_at >= moment for decision in decisions_of_signal(signal_id))


def decided_on(signal_ids: Collection[int]) -> dict[int, list[EarlierSentence]]:
    """Per signal the sentences on which something was decided before it was worded anew, the latest first."""
    query = select(EarlierSentence).where(EarlierSentence.signal_id.in_(signal_ids), _decided_by(EarlierSentence.until))
    found: dict[int, list[EarlierSentence]] = {}
    for sentence in db.session.scalars(query.order_by(EarlierSentence.id.desc())):
        found.setdefault(sentence.signal_id, []).append(sentence)
    return found


def _decided_by(moment: InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
    taken = select(Answered.signal_id).join(Answered.decision)
    return taken.where(Answered.signal_id == EarlierSentence.signal_id, Decision.recorded_at <= moment).exists()


def undecided(municipality_id: int) -> list[Signal]:
    """Signals about which nothing was decided yet, oldest first."""
    query = select(Signal).where(Signal.municipality_id == municipality_id, _unanswered(), is_whole())
    return list(db.session.scalars(query.order_by(Signal.id)))


def _unanswered() -> ColumnElement[bool]:
    return ~select(Answered.signal_id).where(Answered.signal_id == Signal.id).exists()


def companions(actor: Actor, signal: Signal) -> list[Signal]:
    """Other signals of the same consultation that this person may decide about, undecided ones first."""
    query = signals_seen(actor).where(Signal.consultation_id == signal.consultation_id, Signal.id != signal.id)
    found = [other for other in db.session.scalars(query) if rules.may_decide(actor, other.department_id)]
    return sorted(found, key=lambda other: (current_decision(other.id) is not None, -other.id))


def person(staff_id: int) -> StaffMember:
    """Who proposed, recorded or owns something."""
    return db.session.get_one(StaffMember, staff_id)
