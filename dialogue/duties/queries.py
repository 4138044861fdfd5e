"""Reading duties: what is open, what is late."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, select

from dialogue.duties.models import Duty
from dialogue.shared.database import db


def open_duties(municipality_id: int, department_ids: Collection[int] | None) -> list[Duty]:
    """What is still owed, the most urgent first; None means all departments and those of the whole municipality."""
    found = _open(municipality_id)
    if department_ids is not None:
        found = found.where(Duty.department_id.in_(department_ids))
    return list(db.session.scalars(found))


def late(municipality_id: int, today: date) -> list[Duty]:
    """What should have been done before `today`, the longest waiting first."""
    return list(db.session.scalars(_open(municipality_id).where(Duty.due < today)))


def duty(kind: str, object_: str) -> Duty | None:
    """The one duty of this kind about this object ("wave:3"), whatever its state."""
    return db.session.scalar(select(Duty).where(Duty.kind == kind, Duty.object == object_))


def _open(municipality_id: int) -> Select[Duty]:
    still = select(Duty).where(Duty.kept_at.is_(None), Duty.cancelled_at.is_(None))
    return still.where(Duty.municipality_id == municipality_id).order_by(Duty.due, Duty.id)
