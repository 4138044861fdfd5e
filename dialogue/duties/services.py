"""Verbs of duties: owe, keep, cancel, put off. All in the ledger; call them inside `with writing():`."""

from datetime import date

from sqlalchemy import select

from dialogue.duties.models import Duty
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.database import db


def owe(
    actor: Actor | str,
    kind: str,
    object_: str,
    *,
    municipality_id: int,
    department_id: int | None,
    subject: str,
    due: date,
    owner_id: int | None = None,
) -> Duty:
    """Note that this is owed by `due`; the same kind and object is one duty, which gets the new day."""
    duty = _find(kind, object_)
    before = _picture(duty) if duty else None
    if duty is None:
        duty = Duty(kind=kind, object=object_, municipality_id=municipality_id)
        db.session.add(duty)
    duty.department_id, duty.owner_id, duty.subject, duty.due = department_id, owner_id, subject, due
    duty.kept_at = duty.cancelled_at = duty.cancelled_because = None
    record(
        actor, "duty.owed", f"duty:{kind}:{object_}", department_id=department_id, before=before, after=_picture(duty)
    )
    return duty


def keep(actor: Actor | str, kind: str, object_: str) -> None:
    """Note that it was done; nothing happens when nothing was owed or it was kept before."""
    duty = _find(kind, object_)
    if duty and not duty.kept_at and not duty.cancelled_at:
        duty.kept_at = now()
        record(actor, "duty.kept", f"duty:{kind}:{object_}", department_id=duty.department_id, after=_picture(duty))


def cancel(actor: Actor | str, kind: str, object_: str, because: str) -> None:
    """End a duty that can no longer be kept; `because` is read by people."""
    duty = _find(kind, object_)
    if duty and not duty.kept_at and not duty.cancelled_at:
        duty.cancelled_at, duty.cancelled_because = now(), because
        record(
            actor, "duty.cancelled", f"duty:{kind}:{object_}", department_id=duty.department_id, after=_picture(duty)
        )


def _find(kind: str, object_: str) -> Duty | None:
    return db.session.scalar(select(Duty).where(Duty.kind == kind, Duty.object == object_))


def _picture(duty: Duty) -> dict[str, object]:
    return {"due": duty.due, "owner": duty.owner_id, "kept": duty.kept_at, "cancelled": duty.cancelled_because}
