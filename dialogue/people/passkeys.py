"""Passkeys: keys in a phone, laptop or stick, opened with a finger, face or PIN (WebAuthn level 3).

Which site they belong to comes from the configured public address, never from what a request says.
"""

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select, update

from dialogue.ledger.services import record
from dialogue.people.models import Passkey, StaffMember
from dialogue.people.sealing import mark
from dialogue.shared.actor import Actor
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound, Refused

if TYPE_CHECKING:
    from webauthn.registration.verify_registration_response import VerifiedRegistration

HANDLE = "passkey handle"


def possible() -> bool:
    """Whether browsers make passkeys for our address: it must have a name, and https unless it is this machine."""
    name = site()
    try:
        ip_address(name)
        return False
    except ValueError:
        return origin().startswith("https://") or name == "localhost"


def origin() -> str:
    """Where a passkey may be used, as a browser writes it."""
    public_url: str = current_app.extensions["dialogue"].settings.public_url
    return public_url.lower()


def of(staff_id: int) -> list[Passkey]:
    """The passkeys of this person, the oldest first."""
    return list(db.session.scalars(select(Passkey).where(Passkey.staff_member_id == staff_id).order_by(Passkey.id)))


def get_own(actor: Actor, id_: int) -> Passkey:
    """A passkey of one's own; else NotFound."""
    passkey = db.session.get(Passkey, id_)
    if passkey is None or passkey.staff_member_id != actor.staff_id:
        raise NotFound
    return passkey


def add(actor: Actor, person: StaffMember, name: str, made: "VerifiedRegistration") -> None:
    """From now on this passkey lets the person in. Inside `writing()`."""
    if db.session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id)):
        raise Refused(_("Deze toegangssleutel kennen we al."))
    passkey = Passkey(
        staff_member_id=person.id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name,
        added_on=today(),
    )
    db.session.add(passkey)
    db.session.flush()
    record(actor, "person.passkey_added", f"person:{person.id}", after={"passkey": passkey.id})


def note_use(passkey_id: int, before: int, after: int) -> None:
    """Keep the new count; Refused when another request did so in between. Inside `writing()`."""
    unchanged = update(Passkey).where(Passkey.id == passkey_id, Passkey.sign_count == before)
    if not db.session.execute(unchanged.values(sign_count=after, used_on=today())).rowcount:  # type: ignore[attr-defined]
        raise Refused(_("Aanmelden met een toegangssleutel lukte niet. Probeer het nog eens."))


def remove(actor: Actor, passkey: Passkey) -> None:
    """This passkey lets nobody in any more. Inside `writing()`."""
    object_, before = f"person:{passkey.staff_member_id}", {"passkey": passkey.id}
    db.session.delete(passkey)
    record(actor, "person.passkey_removed", object_, before=before)


def site() -> str:
    """The name of the site that passkeys belong to."""
    return urlsplit(origin()).hostname or ""


def handle(staff_id: int) -> bytes:
    """Under which name a phone keeps the passkeys of this person: nothing can be read from it."""
    return mark(HANDLE, staff_id)
