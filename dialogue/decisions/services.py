"""Verbs of decisions: propose, withdraw, decide, correct. Call inside `with writing():`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from dialogue.decisions import measure_services, parts, rules
from dialogue.decisions.handover_models import OnBehalf
from dialogue.decisions.measure_queries import is_proven
from dialogue.decisions.models import Answered, Decision, Outcome, Proposal
from dialogue.decisions.plan_queries import plan_of
from dialogue.decisions.queries import current_decision, is_decided, is_standing, standing_proposal
from dialogue.decisions.rules import Verdict
from dialogue.duties.services import keep
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.errors import refuse
from dialogue.signals.change_queries import why_ended
from dialogue.signals.models import Signal
from dialogue.signals.services import owe_decision


def propose(
    actor: Actor, signal: Signal, outcome: Outcome, what: str, reason: str, *, instead_of: Proposal | None = None
) -> Proposal:
    """What the department that owes the signal would answer; nothing is public before a body decided.

    Who decides may propose something else `instead_of` what stands.
    """
    refuse(why_ended([signal]))
    standing = standing_proposal(signal.id)
    refuse(rules.why_not_propose(signal, None if standing is instead_of else standing))
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
    refuse(rules.why_not_withdraw(proposal, is_decided(proposal)))
    proposal.withdrawn_at = now()
    record(actor, "proposal.withdrawn", f"proposal:{proposal.id}", department_id=proposal.department_id)


def decide(
    actor: Actor,
    signals: Sequence[Signal],
    verdict: Verdict,
    *,
    proposal: Proposal | None = None,
    seen: Mapping[int, int | None] | None = None,
    newest: int | None = None,
    cannot_wait: str = "",
) -> Decision:
    """Record, on behalf of the body, what it decided about these signals (at least one; the first one leads).

    `seen` names per signal the decision that stood when the person began to write, to notice a colleague; for the
    others `newest` is the newest decision there was then.
    `cannot_wait` is why it is decided before all departments that were asked wrote their part.
    """
    refuse(why_ended(signals))
    current = {signal.id: found.id if (found := current_decision(signal.id)) else None for signal in signals}
    refuse(rules.why_not_decide(signals, proposal, seen or {}, current, newest))
    decision = _write(actor, signals, verdict, "decision.recorded")
    parts.decide_without(actor, decision, [signal.id for signal in signals], cannot_wait)
    return decision


def correct(actor: Actor, decision: Decision, verdict: Verdict) -> Decision:
    """Record a decision anew because something in it was wrong; the old one stays to be read.

    The measures go along: what was promised stays promised.
    """
    refuse(rules.why_not_correct(corrected=not is_standing(decision)))
    signals = [answer.signal for answer in decision.answers]
    corrected = _write(actor, signals, verdict, "decision.corrected", decision)
    for measure in list(decision.measures):
        measure_services.move(actor, measure, corrected)
    return corrected


def _write(
    actor: Actor, signals: Sequence[Signal], verdict: Verdict, verb: str, corrects: Decision | None = None
) -> Decision:
    lead, proven = signals[0], is_proven(signal.id for signal in signals)
    plan = plan_of(lead.municipality_id, corrects.plan_codes if corrects else ())
    complaints = rules.complaints(verdict, today(), proven=proven, plan=plan)
    refuse([reason for reasons in complaints.values() for reason in reasons])
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
