"""Devices that somebody who decides is remembered on: no code at sign-in, and links in mails open their page.

A device is a random token in a cookie; the database has its hash. It says nothing without the password or such a link.
"""

from datetime import datetime, timedelta

from flask import current_app, request
from sqlalchemy import delete, select
from werkzeug.wrappers import Response

from dialogue.ledger.services import record
from dialogue.people.models import RememberedDevice, StaffMember, StaffSession
from dialogue.people.queries import replaced_by
from dialogue.people.rules import is_replaced
from dialogue.people.services import hashed_token, new_token
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import midnight, now, today
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound

DAYS = 90


def may_be_remembered(person: StaffMember) -> bool:
    """Devices are remembered for who decides: aldermen and heads, who come seldom and must not be held up.

    Who stands in for one decides too, for as long as that lasts.
    """
    return remembered_until(person) is not None


def remembered_until(person: StaffMember) -> datetime | None:
    """Until when a device of this person would be remembered from now on; None when it may not be."""
    most = now() + timedelta(days=DAYS)
    if _decides(person):
        return most
    replaced = (other for other in replaced_by(person) if is_replaced(other, today()) and _decides(other))
    last = max((other.deputy_until for other in replaced if other.deputy_until), default=None)
    return min(most, midnight(last + timedelta(days=1))) if last else None


def _decides(person: StaffMember) -> bool:
    return any(membership.role == Role.DECIDER for membership in person.memberships)


def here(person: StaffMember) -> RememberedDevice | None:
    """The device this request comes from, if it is remembered for this person."""
    token = request.cookies.get(cookie_name())
    if not token or person.disabled_at or not may_be_remembered(person):
        return None
    device = db.session.scalar(select(RememberedDevice).where(RememberedDevice.token_hash == hashed_token(token)))
    if device is None or device.staff_member_id != person.id or device.expires <= now():
        return None
    return device


def of(staff_id: int) -> list[RememberedDevice]:
    """The devices on which this person is remembered, the newest first."""
    found = select(RememberedDevice).where(RememberedDevice.staff_member_id == staff_id)
    return list(db.session.scalars(found.where(RememberedDevice.expires > now()).order_by(RememberedDevice.id.desc())))


def get_own(actor: Actor, id_: int) -> RememberedDevice:
    """A device of one's own; else NotFound."""
    device = db.session.get(RememberedDevice, id_)
    if device is None or device.staff_member_id != actor.staff_id:
        raise NotFound
    return device


def remember(actor: Actor | str, person: StaffMember, name: str) -> str:
    """Remember this person on a device; returns the token of its cookie. Inside `writing()`."""
    token = new_token()
    device = RememberedDevice(
        staff_member_id=person.id,
        token_hash=hashed_token(token),
        name=name,
        added_on=today(),
        used_on=today(),
        expires=remembered_until(person) or now() + timedelta(days=DAYS),
    )
    db.session.add(device)
    db.session.flush()
    record(actor, "person.device_remembered", f"person:{person.id}", after={"device": device.id})
    return token


def forget(actor: Actor, device: RememberedDevice) -> None:
    """Forget a device, and sign out who came in on it without a code. Inside `writing()`."""
    db.session.execute(delete(StaffSession).where(StaffSession.device_id == device.id))
    record(actor, "person.device_forgotten", f"person:{device.staff_member_id}", before={"device": device.id})
    db.session.delete(device)


def forget_deputy(actor: Actor, person: StaffMember) -> None:
    """This person stands in no longer: devices that were remembered only for that are forgotten. Inside `writing()`."""
    if not may_be_remembered(person):
        for device in of(person.id):
            forget(actor, device)


def set_cookie(response: Response, token: str) -> None:
    """Give the browser its token; a link in a mail must be able to send it along, hence Lax."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=timedelta(days=DAYS),
        path="/",
        secure=current_app.extensions["dialogue"].settings.https,
        httponly=True,
        samesite="Lax",
    )


def cookie_name() -> str:
    """Its name binds it to this host and https, where there is https."""
    return "__Host-dialogue-device" if current_app.extensions["dialogue"].settings.https else "dialogue-device"
