"""Verbs of duties: owe (again: put off), keep, cancel. All in the ledger; call them inside `with writing():`."""

from datetime import date

from dialogue.duties.models import Duty
from dialogue.duties.queries import duty as find
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
    duty = find(kind, object_)
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
    _end(actor, "kept", find(kind, object_), kept_at=now())


def cancel(actor: Actor | str, kind: str, object_: str, because: str) -> None:
    """End a duty that can no longer be kept; `because` is read by people."""
    _end(actor, "cancelled", find(kind, object_), cancelled_at=now(), cancelled_because=because)


def _end(actor: Actor | str, how: str, duty: Duty | None, **fields: object) -> None:
    if duty is None or duty.kept_at or duty.cancelled_at:
        return
    before = _picture(duty)
    for name, value in fields.items():
        setattr(duty, name, value)
    object_ = f"duty:{duty.kind}:{duty.object}"
    record(actor, f"duty.{how}", object_, department_id=duty.department_id, before=before, after=_picture(duty))


def _picture(duty: Duty) -> dict[str, object]:
    return {
        "due": duty.due,
        "owner": duty.owner_id,
        "kept": duty.kept_at,
        "cancelled": duty.cancelled_at,
        "because": duty.cancelled_because,
    }
