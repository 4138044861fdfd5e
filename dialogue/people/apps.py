"""The code of an app on a phone (TOTP, RFC 6238): a second step that works on every telephone.

Each code works once: the half minute of the last one is kept. One half minute early or late is fine.
"""

import hmac

import pyotp
from sqlalchemy import delete, update

from dialogue.ledger.services import record
from dialogue.people.models import AuthenticatorApp, StaffMember
from dialogue.people.sealing import seal, unseal
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now, today
from dialogue.shared.database import db

PURPOSE = "authenticator app"
HALF_MINUTE = 30
DIGITS = 6
EARLY_OR_LATE = (-1, 0, 1)  # half minutes that a telephone's clock may be wrong


def new_secret() -> str:
    """A secret for a phone to keep: 160 random bits in base 32."""
    return pyotp.random_base32()


def address(secret: str, person: StaffMember) -> str:
    """What the QR code says to the app: the secret, and under which name the app shows it."""
    issuer = f"Dialogue {person.municipality.name}"
    return pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=issuer)


def in_fours(secret: str) -> str:
    """The secret as a person types it over."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def fitting(secret: str, typed: str) -> int | None:
    """The half minute in which the app shows this code, or None; never stops early, so that time tells nothing."""
    code = "".join(sign for sign in typed if sign in "0123456789")
    this, found = int(now().timestamp()) // HALF_MINUTE, None
    for moved in EARLY_OR_LATE:
        shown = pyotp.TOTP(secret).generate_otp(this + moved)
        if hmac.compare_digest(shown, code) and len(code) == DIGITS:
            found = this + moved
    return found


def of(staff_id: int) -> AuthenticatorApp | None:
    """The app of this person."""
    return db.session.get(AuthenticatorApp, staff_id)


def step_of(staff_id: int, typed: str) -> int | None:
    """The half minute of this code in the app of this person, or None; whether it is still free, `use` says."""
    app = of(staff_id)
    return fitting(unseal(PURPOSE, staff_id, app.secret).decode(), typed) if app else None


def use(staff_id: int, step: int) -> bool:
    """Use up the code of this half minute: False when it, or a later one, was used before. Inside `writing()`."""
    later = update(AuthenticatorApp).where(
        AuthenticatorApp.staff_member_id == staff_id, AuthenticatorApp.last_step < step
    )
    return bool(db.session.execute(later.values(last_step=step)).rowcount)  # type: ignore[attr-defined]


def turn_on(actor: Actor, person: StaffMember, secret: str, step: int) -> None:
    """From now on this app gives the codes; the code that showed it works is used up. Inside `writing()`."""
    _remove(person.id)
    sealed = seal(PURPOSE, person.id, secret.encode())
    db.session.add(AuthenticatorApp(staff_member_id=person.id, secret=sealed, last_step=step, added_on=today()))
    record(actor, "person.app_added", f"person:{person.id}")


def turn_off(actor: Actor, person: StaffMember) -> None:
    """No codes of an app any more. Inside `writing()`."""
    if _remove(person.id):
        record(actor, "person.app_removed", f"person:{person.id}")


def _remove(staff_id: int) -> int:
    gone = delete(AuthenticatorApp).where(AuthenticatorApp.staff_member_id == staff_id)
    return int(db.session.execute(gone).rowcount)  # type: ignore[attr-defined]
