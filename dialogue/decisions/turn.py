"""Verbs of who decides: read, bring a proposal before the college. Call inside `with writing():`."""

from collections.abc import Sequence

from dialogue.decisions import rules, services
from dialogue.decisions.models import Body, Decision, Proposal
from dialogue.decisions.queries import current_decision, standing_proposal
from dialogue.decisions.rules import Verdict
from dialogue.decisions.turn_models import Brought, ReadBy
from dialogue.decisions.turn_queries import brought_about
from dialogue.ledger.services import record
from dialogue.people.models import StaffMember
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import refuse
from dialogue.signals.change_queries import why_ended
from dialogue.signals.models import Signal


def note_reading(actor: Actor, signal: Signal) -> None:
    """Children may know that this person read what they said; the first time counts."""
    if db.session.get(ReadBy, (signal.id, actor.staff_id)):
        return
    actor = actor.acting(signal.department_id, *rules.DECIDERS)
    as_who = _as_who(actor, signal)
    db.session.add(ReadBy(signal_id=signal.id, staff_member_id=actor.staff_id, as_who=as_who, at=now()))
    picture = {"as_who": as_who}
    record(actor, "signal.read", f"signal:{signal.id}", department_id=signal.department_id, after=picture)


def bring(actor: Actor, signals: Sequence[Signal], verdict: Verdict, *, proposal_id: int, seen: int) -> list[Brought]:
    """Propose this to the college for these signals, in place of what departments proposed; nothing is public yet.

    The first signal leads and was read: `proposal_id` and `seen` are the proposal and the decision (0: none) that
    stood when the person began, to notice a colleague.
    """
    lead = signals[0]
    standing, decided = standing_proposal(lead.id), current_decision(lead.id)
    changed = (standing.id if standing else 0, decided.id if decided else 0) != (proposal_id, seen)
    lies = any(brought_about(signal.id) for signal in signals)
    refuse(why_ended(signals) or rules.why_not_bring(changed=changed, lies=lies))
    actor = actor.acting(lead.department_id, *rules.DECIDERS)
    note_reading(actor, lead)
    return [_bring(actor, signal, _proposed(actor, signal, verdict), verdict) for signal in signals]


def decide(
    actor: Actor,
    signals: Sequence[Signal],
    verdict: Verdict,
    *,
    proposal: Proposal | None,
    seen: int,
    newest: int | None = None,
    cannot_wait: str = "",
) -> Decision:
    """Decide alone, as alderman or department, about these signals; the first one leads and was read.

    `seen` and `newest` are the decision about it (0: none) and the newest one there was when the person began.
    """
    refuse(rules.why_not_bring(changed=False, lies=any(brought_about(signal.id) for signal in signals)))
    stood = {signals[0].id: seen or None}
    decision = services.decide(
        actor, signals, verdict, proposal=proposal, seen=stood, newest=newest, cannot_wait=cannot_wait
    )
    note_reading(actor, signals[0])
    return decision


def _bring(actor: Actor, signal: Signal, proposal: Proposal, verdict: Verdict) -> Brought:
    brought = Brought(
        proposal_id=proposal.id,
        body=Body.COLLEGE,
        until=verdict.under_study_until,
        passed_to=verdict.passed_to,
        as_who=_as_who(actor, signal),
        by_id=actor.staff_id,
        at=now(),
    )
    db.session.add(brought)
    picture = {"body": brought.body, "until": brought.until, "passed_to": brought.passed_to}
    object_ = f"proposal:{proposal.id}"
    record(actor, "proposal.brought", object_, department_id=signal.department_id, after=picture)
    return brought


def _proposed(actor: Actor, signal: Signal, verdict: Verdict) -> Proposal:
    """What the department proposed when that is what is brought, else a proposal of one's own."""
    said, standing = (verdict.outcome, verdict.what, verdict.reason), standing_proposal(signal.id)
    if standing and (standing.outcome, standing.what, standing.reason) == said:
        return standing
    return services.propose(actor, signal, *said, instead_of=standing)


def _as_who(actor: Actor, signal: Signal) -> str:
    """By role and never by name: the person's own title, or whom they replace."""
    title = db.session.get_one(StaffMember, actor.on_behalf_of or actor.staff_id).title.strip()
    title = title or rules.decider_of(signal.department.name)
    return rules.deputy_of(title) if actor.on_behalf_of else title
