"""Verbs of measures: plan, start, put off, hand on, finish, stop, prove. Call inside `with writing():`."""

from datetime import date

from dialogue.decisions import measure_rules
from dialogue.decisions.models import Decision, Measure, MeasureState, Proof
from dialogue.duties.services import cancel, keep, owe
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.shared.errors import refuse


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
    refuse(measure_rules.why_not_start(measure))
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


def move(actor: Actor, measure: Measure, decision: Decision) -> None:
    """It follows from this decision now, which corrects the one of before."""
    measure.decision = decision
    _record(actor, "measure.moved", measure)


def finish(actor: Actor, measure: Measure, done_on: date | None) -> None:
    """It was done on that day."""
    refuse(measure_rules.why_not_finish(measure, done_on, today()))
    measure.done_on, measure.dropped_because = done_on, ""
    measure.state = MeasureState.DONE
    _record(actor, "measure.done", measure)
    keep(actor, "measure", f"measure:{measure.id}")


def drop(actor: Actor, measure: Measure, because: str) -> None:
    """It will not be done; everybody may read why."""
    refuse(measure_rules.why_not_drop(measure, because))
    measure.dropped_because = because
    measure.state = MeasureState.DROPPED
    _record(actor, "measure.dropped", measure)
    cancel(actor, "measure", f"measure:{measure.id}", because)


def prove(actor: Actor, measure: Measure, title: str, uri: str, seen_on: date) -> Proof:
    """What shows that it was done, and on which day somebody saw it; the address is never fetched."""
    refuse(measure_rules.why_not_prove(uri, seen_on, today()))
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
