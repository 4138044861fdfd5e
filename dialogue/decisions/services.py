"""Verbs of decisions: propose, withdraw, decide, correct, plan, carry out, prove. Call inside `with writing():`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from dialogue.decisions import parts, rules
from dialogue.decisions.handover_models import OnBehalf
from dialogue.decisions.measure_queries import is_proven
from dialogue.decisions.models import Answered, Decision, Measure, MeasureState, Outcome, Proof, Proposal
from dialogue.decisions.plan_queries import plan_of
from dialogue.decisions.queries import current_decision, is_decided, is_standing, standing_proposal
from dialogue.decisions.rules import Verdict
from dialogue.duties.services import cancel, keep, owe
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.errors import Refused
from dialogue.signals.models import Signal
from dialogue.signals.queries import why_ended
from dialogue.signals.services import owe_decision


def propose(
    actor: Actor, signal: Signal, outcome: Outcome, what: str, reason: str, *, instead_of: Proposal | None = None
) -> Proposal:
    """What the department that owes the signal would answer; nothing is public before a body decided.

    Who decides may propose something else `instead_of` what stands.
    """
    _refuse(why_ended([signal]))
    standing = standing_proposal(signal.id)
    _refuse(rules.why_not_propose(signal, None if standing is instead_of else standing))
    proposal = Proposal(
        signal_id=signal.id,
        department_id=signal.department_id,
        outcome=outcome,
        what=what,
        reason=reason,
        by_id=actor.staff_id,
        at=now(),
        invented=signal.consultation.municipality.is_example,
    )
    db.session.add(proposal)
    db.session.flush()
    picture = {"signal": signal.id, "outcome": outcome, "what": what, "reason": reason}
    record(actor, "proposal.made", f"proposal:{proposal.id}", department_id=signal.department_id, after=picture)
    return proposal


def withdraw(actor: Actor, proposal: Proposal) -> None:
    """Take a proposal back before something was decided about it."""
    _refuse(rules.why_not_withdraw(proposal, is_decided(proposal)))
    proposal.withdrawn_at = now()
    record(actor, "proposal.withdrawn", f"proposal:{proposal.id}", department_id=proposal.department_id)


def decide(
    actor: Actor,
    signals: Sequence[Signal],
    verdict: Verdict,
    *,
    proposal: Proposal | None = None,
    seen: Mapping[int, int | None] | None = None,
    cannot_wait: str = "",
) -> Decision:
    """Record, on behalf of the body, what it decided about these signals (at least one; the first one leads).

    `seen` names per signal the decision that stood when the person began to write, to notice a colleague.
    `cannot_wait` is why it is decided before all departments that were asked wrote their part.
    """
    _refuse(why_ended(signals))
    current = {signal.id: found.id if (found := current_decision(signal.id)) else None for signal in signals}
    _refuse(rules.why_not_decide(signals, proposal, seen or {}, current))
    decision = _write(actor, signals, verdict, "decision.recorded")
    parts.decide_without(actor, decision, [signal.id for signal in signals], cannot_wait)
    return decision


def correct(actor: Actor, decision: Decision, verdict: Verdict) -> Decision:
    """Record a decision anew because something in it was wrong; the old one stays to be read.

    The measures go along: what was promised stays promised.
    """
    _refuse(rules.why_not_correct(corrected=not is_standing(decision)))
    signals = [answer.signal for answer in decision.answers]
    corrected = _write(actor, signals, verdict, "decision.corrected", decision)
    for measure in list(decision.measures):
        measure.decision = corrected
        _record(actor, "measure.moved", measure)
    return corrected


def _write(
    actor: Actor, signals: Sequence[Signal], verdict: Verdict, verb: str, corrects: Decision | None = None
) -> Decision:
    lead, proven = signals[0], is_proven(signal.id for signal in signals)
    plan = plan_of(lead.municipality_id, corrects.plan_codes if corrects else ())
    complaints = rules.complaints(verdict, today(), proven=proven, plan=plan)
    _refuse([reason for reasons in complaints.values() for reason in reasons])
    actor = actor.acting(corrects.department_id if corrects else lead.department_id, *rules.DECIDERS)
    fields = asdict(verdict) | {"plan_codes": plan.spelled(verdict.plan_codes)}
    decision = Decision(
        **fields,
        municipality_id=lead.municipality_id,
        department_id=corrects.department_id if corrects else lead.department_id,
        recorded_by_id=actor.staff_id,
        recorded_at=now(),
        corrects_id=corrects.id if corrects else None,
        invented=lead.consultation.municipality.is_example,
    )
    decision.answers = [Answered(signal_id=signal.id) for signal in signals]
    db.session.add(decision)
    db.session.flush()
    picture = fields | {"signals": [signal.id for signal in signals], "corrects": decision.corrects_id}
    record(actor, verb, f"decision:{decision.id}", department_id=decision.department_id, after=picture)
    if actor.on_behalf_of is not None:
        db.session.add(OnBehalf(decision_id=decision.id, staff_member_id=actor.on_behalf_of))
    for signal in signals:
        _settle(actor, signal)
    return decision


def _settle(actor: Actor, signal: Signal) -> None:
    """The duty to answer is kept; what is under study, by the decision that holds now, is owed by its new day."""
    holds = current_decision(signal.id)
    if holds is None or holds.under_study_until is None:
        keep(actor, "decision", f"signal:{signal.id}")
        return
    owe_decision(actor, signal, holds.under_study_until, holds.reason)


def plan(actor: Actor, decision: Decision, title: str, owner_id: int, due: date) -> Measure:
    """What will be done after a decision; its owner owes it by `due`."""
    measure = Measure(
        decision_id=decision.id, department_id=decision.department_id, owner_id=owner_id, title=title, due=due
    )
    measure.state = MeasureState.PLANNED
    db.session.add(measure)
    db.session.flush()
    _record(actor, "measure.planned", measure)
    _owe(actor, measure)
    return measure


def start(actor: Actor, measure: Measure) -> None:
    """Work on it has begun, or begins again."""
    _refuse(rules.why_not_start(measure))
    measure.state, measure.done_on, measure.dropped_because = MeasureState.BUSY, None, ""
    _record(actor, "measure.started", measure)
    _owe(actor, measure)


def put_off(actor: Actor, measure_id: int, due: date) -> None:
    """The duty to carry it out was put off, with a reason: it is planned for the new day."""
    measure = db.session.get_one(Measure, measure_id)
    measure.due = due
    _record(actor, "measure.put_off", measure)


def give_to(actor: Actor, measure: Measure, owner_id: int) -> None:
    """Somebody else sees to it from now on, by the same day."""
    measure.owner_id = owner_id
    _record(actor, "measure.handed_over", measure)
    _owe(actor, measure)


def finish(actor: Actor, measure: Measure, done_on: date | None) -> None:
    """It was done on that day."""
    _refuse(rules.why_not_finish(measure, done_on, today()))
    measure.done_on, measure.dropped_because = done_on, ""
    measure.state = MeasureState.DONE
    _record(actor, "measure.done", measure)
    keep(actor, "measure", f"measure:{measure.id}")


def drop(actor: Actor, measure: Measure, because: str) -> None:
    """It will not be done; everybody may read why."""
    _refuse(rules.why_not_drop(measure, because))
    measure.dropped_because = because
    measure.state = MeasureState.DROPPED
    _record(actor, "measure.dropped", measure)
    cancel(actor, "measure", f"measure:{measure.id}", because)


def prove(actor: Actor, measure: Measure, title: str, uri: str, seen_on: date) -> Proof:
    """What shows that it was done, and on which day somebody saw it; the address is never fetched."""
    _refuse(rules.why_not_prove(uri, seen_on, today()))
    proof = Proof(measure_id=measure.id, title=title, uri=uri, seen_on=seen_on, added_by_id=actor.staff_id)
    db.session.add(proof)
    db.session.flush()
    picture = {"measure": measure.id, "title": title, "uri": uri, "seen_on": seen_on}
    record(actor, "proof.added", f"proof:{proof.id}", department_id=measure.department_id, after=picture)
    return proof


def _owe(actor: Actor, measure: Measure) -> None:
    owe(
        actor,
        "measure",
        f"measure:{measure.id}",
        municipality_id=measure.department.municipality_id,
        department_id=measure.department_id,
        subject=measure.title,
        due=measure.due,
        owner_id=measure.owner_id,
    )


def _record(actor: Actor, verb: str, measure: Measure) -> None:
    picture = {"title": measure.title, "due": measure.due, "owner": measure.owner_id, "state": measure.state}
    picture |= {"decision": measure.decision_id}
    picture |= {"done_on": measure.done_on, "because": measure.dropped_because}
    record(actor, verb, f"measure:{measure.id}", department_id=measure.department_id, after=picture)


def _refuse(reasons: Sequence[str]) -> None:
    if reasons:
        raise Refused(*reasons)
