"""Reading parts of an answer: which were asked, which are in, and since when the others are missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from dialogue.decisions import part_rules
from dialogue.decisions.part_models import Early, Part
from dialogue.decisions.queries import current_decision, decided_since
from dialogue.duties.models import Duty
from dialogue.duties.queries import duty as find_duty
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound
from dialogue.signals.models import Signal

KIND = "part"


@dataclass(frozen=True)
class AskedPart:
    """A part with the day by which it is asked."""

    part: Part
    due: date


def object_of(part: Part) -> str:
    """How the duty to write this part names it."""
    return f"part:{part.id}"


def duty_of(part: Part) -> Duty:
    """The duty to write this part."""
    return db.session.scalars(select(Duty).where(Duty.kind == KIND, Duty.object == object_of(part))).one()


def get_part(actor: Actor, part_id: int) -> Part:
    """The part, for the department that is asked and for whoever may know of the signal."""
    part = db.session.get(Part, part_id)
    if part is None or not part_rules.may_read(actor, part):
        raise NotFound
    return part


def get_for_giving(actor: Actor, part_id: int) -> Part:
    """The part, for somebody who may write it."""
    part = get_part(actor, part_id)
    if not part_rules.may_give(actor, part):
        raise NotAllowed
    return part


def get_for_taking_back(actor: Actor, part_id: int) -> Part:
    """The part, for somebody who may ask for it no more."""
    part = get_part(actor, part_id)
    if not part_rules.may_take_back(actor, part):
        raise NotAllowed
    return part


def parts_of(signal_id: int) -> list[AskedPart]:
    """The parts that were asked for this signal and not taken back, the first asked first, with their days."""
    asked = _asked([signal_id])
    if not asked:
        return []
    owed = select(Duty.object, Duty.due).where(Duty.kind == KIND, Duty.object.in_([object_of(part) for part in asked]))
    days = dict(db.session.execute(owed).all())
    return [AskedPart(part, days[object_of(part)]) for part in asked]


def missing(signal_ids: Collection[int]) -> list[Part]:
    """The parts of these signals that were asked and are not in yet."""
    return [part for part in _asked(signal_ids) if part.given_at is None]


def asked_of(signal_id: int, department_id: int) -> Part | None:
    """The part of this department, if it was asked and not taken back."""
    return next((part for part in _asked([signal_id]) if part.department_id == department_id), None)


def waits(signal: Signal) -> bool:
    """Whether this signal still waits for a decision: its first one, or one that was promised again."""
    owed = find_duty("decision", f"signal:{signal.id}")
    return current_decision(signal.id) is None or bool(owed and not owed.kept_at and not owed.cancelled_at)


def is_over(part: Part) -> bool:
    """Whether something was decided since it was asked."""
    return decided_since(part.signal_id, part.asked_at)


def missing_then(early: Early) -> list[Part]:
    """The parts that were missing when this was decided."""
    return list(db.session.scalars(select(Part).where(Part.id.in_(early.missing)).order_by(Part.id)))


def early(decision_id: int) -> Early | None:
    """Why this was decided before all parts were in, if it was."""
    return db.session.get(Early, decision_id)


def _asked(signal_ids: Collection[int]) -> list[Part]:
    query = select(Part).where(Part.signal_id.in_(list(signal_ids)), Part.dropped_at.is_(None))
    return list(db.session.scalars(query.order_by(Part.id)))
