"""Verbs of duties: owe (again), put off, keep, cancel; in ledger and history. Call them inside `with writing():`."""

from datetime import date

from dialogue.duties.models import Change, Duty, DutyChange, LateRule
from dialogue.duties.queries import duty as find
from dialogue.duties.rules import kept_in_time, why_not_extend, why_not_show_after
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.errors import refuse


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
    because: str = "",
) -> Duty:
    """Note that this is owed by `due`; the same kind and object is one duty, which gets the new day.

    Of a later day than before it is remembered which was promised first, and `because`, for everybody to read.
    """
    duty = find(kind, object_)
    before = _picture(duty) if duty else None
    what = _what(duty, due, department_id, owner_id)
    if duty is None:
        duty = Duty(kind=kind, object=object_, municipality_id=municipality_id, due=due)
        db.session.add(duty)
    duty.department_id, duty.owner_id, duty.subject = department_id, owner_id, subject
    if kept_in_time(duty):
        duty.due, duty.first_due = due, None  # that promise was kept: this is another one
    duty.kept_at = duty.cancelled_at = duty.cancelled_because = None
    _set_day(duty, due, because)
    object_ = f"duty:{kind}:{object_}"
    record(actor, "duty.owed", object_, department_id=department_id, before=before, after=_picture(duty))
    if what:
        _remember(actor, duty, what, because if what == Change.EXTENDED else "")
    return duty


def extend(actor: Actor, duty: Duty, due: date, because: str) -> None:
    """Put the duty off to a later day; raises Refused without a reason that everybody may read."""
    refuse(why_not_extend(duty, due, because, today()))
    before = _picture(duty)
    _set_day(duty, due, because)
    _record(actor, Change.EXTENDED, duty, before)
    _remember(actor, duty, Change.EXTENDED, because)


def hand_over(actor: Actor, duty: Duty, owner_id: int) -> None:
    """Let somebody else owe it, by the same day."""
    before = _picture(duty)
    duty.owner_id = owner_id
    _record(actor, Change.HANDED_OVER, duty, before)
    _remember(actor, duty, Change.HANDED_OVER, "")


def keep(actor: Actor | str, kind: str, object_: str) -> None:
    """Note that it was done; nothing happens when nothing was owed or it was kept before."""
    _end(actor, Change.KEPT, find(kind, object_), kept_at=now())


def cancel(actor: Actor | str, kind: str, object_: str, because: str) -> None:
    """End a duty that can no longer be kept; `because` is read by people."""
    _end(actor, Change.CANCELLED, find(kind, object_), cancelled_at=now(), cancelled_because=because)


def show_late_after(actor: Actor, days: int) -> None:
    """From so many days after the promised day on everybody sees what is late."""
    refuse(why_not_show_after(days))
    rule = db.session.get(LateRule, actor.municipality_id)
    before = {"shown_after": rule.shown_after} if rule else None
    if rule is None:
        rule = LateRule(municipality_id=actor.municipality_id)
        db.session.add(rule)
    rule.shown_after = days
    object_ = f"municipality:{actor.municipality_id}"
    record(actor, "municipality.late_rule_changed", object_, before=before, after={"shown_after": days})


def _set_day(duty: Duty, due: date, because: str) -> None:
    """Another day: the earliest that was ever promised stays known once there is a later one."""
    earliest = min(duty.promised, due)
    if due > duty.due:
        duty.extended_because = because or None
    duty.due, duty.first_due = due, earliest if earliest < due else None
    if duty.first_due is None:
        duty.extended_because = None


def _what(duty: Duty | None, due: date, department_id: int | None, owner_id: int | None) -> Change | None:
    if duty is None or duty.kept_at or duty.cancelled_at:
        return Change.OWED
    if due != duty.due:
        return Change.EXTENDED if due > duty.due else Change.BROUGHT_FORWARD
    same = (duty.department_id, duty.owner_id) == (department_id, owner_id)
    return None if same else Change.HANDED_OVER


def _end(actor: Actor | str, what: Change, duty: Duty | None, **fields: object) -> None:
    if duty is None or duty.kept_at or duty.cancelled_at:
        return
    before = _picture(duty)
    for name, value in fields.items():
        setattr(duty, name, value)
    _record(actor, what, duty, before)
    _remember(actor, duty, what, duty.cancelled_because or "")


def _record(actor: Actor | str, what: Change, duty: Duty, before: dict[str, object]) -> None:
    object_ = f"duty:{duty.kind}:{duty.object}"
    record(actor, f"duty.{what}", object_, department_id=duty.department_id, before=before, after=_picture(duty))


def _remember(actor: Actor | str, duty: Duty, what: Change, because: str) -> None:
    by_id = None if isinstance(actor, str) else actor.staff_id
    db.session.add(DutyChange(duty=duty, what=what, at=now(), by_id=by_id, due=duty.due, because=because or None))


def _picture(duty: Duty) -> dict[str, object]:
    return {
        "due": duty.due,
        "first": duty.first_due,
        "owner": duty.owner_id,
        "kept": duty.kept_at,
        "cancelled": duty.cancelled_at,
        "because": duty.cancelled_because or duty.extended_because,
    }
