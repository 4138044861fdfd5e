"""Verbs of parts: ask a department, write it, ask no more, decide without. Call inside `with writing():`."""

from collections.abc import Collection, Sequence
from datetime import date

from flask_babel import gettext as _

from dialogue.decisions import part_rules
from dialogue.decisions.models import Decision
from dialogue.decisions.part_models import Early, Part
from dialogue.decisions.part_queries import KIND, asked_of, is_over, missing, object_of, waits
from dialogue.duties.services import cancel, keep, owe
from dialogue.ledger.services import record
from dialogue.people.models import Department
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.errors import refuse
from dialogue.signals.change_queries import why_ended
from dialogue.signals.models import Signal


def ask(actor: Actor, signal: Signal, department: Department, asked: str, due: date) -> Part:
    """Ask another department for its part of the answer; it owes that by `due`."""
    refuse(why_ended([signal]))
    own, already = department.id == signal.department_id, asked_of(signal.id, department.id) is not None
    refuse(part_rules.why_not_ask(own=own, already=already, waits=waits(signal), due=due, today=today()))
    part = Part(signal_id=signal.id, department_id=department.id, asked=asked, answer="")
    part.asked_by_id, part.asked_at = actor.staff_id, now()
    db.session.add(part)
    db.session.flush()
    picture = {"signal": signal.id, "department": department.id, "asked": asked, "due": due}
    record(actor, "part.asked", object_of(part), department_id=signal.department_id, after=picture)
    owe(
        actor,
        KIND,
        object_of(part),
        municipality_id=signal.municipality_id,
        department_id=department.id,
        subject=asked,
        due=due,
    )
    return part


def give(actor: Actor, part: Part, answer: str, *, seen: str) -> None:
    """Write the part of one's own department, or write it anew; `seen` is `version(part)` when the person began."""
    refuse(why_ended([part.signal]))
    refuse(part_rules.why_not_give(part, decided=is_over(part), changed=version(part) != seen))
    before = {"answer": part.answer} if part.given_at else None
    part.answer, part.given_by_id, part.given_at = answer, actor.staff_id, now()
    record(
        actor, "part.given", object_of(part), department_id=part.department_id, before=before, after={"answer": answer}
    )
    keep(actor, KIND, object_of(part))


def version(part: Part) -> str:
    """Which writing of the part this is; empty when there is none."""
    return part.given_at.isoformat() if part.given_at else ""


def take_back(actor: Actor, part: Part) -> None:
    """Ask for this part no more."""
    refuse(part_rules.why_not_take_back(part))
    _drop(actor, part, _("Dit deel is niet meer nodig."))


def drop_all(actor: Actor, signals: Sequence[Signal], because: str) -> None:
    """These signals are owed no answer of their own any more, so no part of one either."""
    for part in missing([signal.id for signal in signals]):
        _drop(actor, part, because)


def decide_without(actor: Actor, decision: Decision, signal_ids: Collection[int], because: str) -> None:
    """Note which parts were missing when this was decided, and why it could not wait; they are owed no more."""
    absent = missing(signal_ids)
    refuse(part_rules.why_not_before(absent, because))
    if not absent:
        return
    db.session.add(Early(decision_id=decision.id, because=because, missing=[part.id for part in absent]))
    picture = {"because": because, "missing": [part.id for part in absent]}
    object_ = f"decision:{decision.id}"
    record(actor, "decision.early", object_, department_id=decision.department_id, after=picture)
    for part in absent:
        _drop(actor, part, because)


def _drop(actor: Actor, part: Part, because: str) -> None:
    part.dropped_at = now()
    record(actor, "part.dropped", object_of(part), department_id=part.signal.department_id, after={"because": because})
    cancel(actor, KIND, object_of(part), because)
