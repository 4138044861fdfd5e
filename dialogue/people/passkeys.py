"""Passkeys: keys in a phone, laptop or stick, opened with a finger, face or PIN (WebAuthn level 3).

Which site they belong to comes from the configured public address, never from what a request says.
"""

import json
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select, update
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from dialogue.ledger.services import record
from dialogue.people.models import Passkey, StaffMember
from dialogue.people.sealing import mark
from dialogue.shared.actor import Actor
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound, Refused

LONGEST = 20_000  # characters of what a browser sends
HANDLE = "passkey handle"
VERIFIED = UserVerificationRequirement.REQUIRED  # a finger, face or PIN, never only a touch


def possible() -> bool:
    """Whether browsers make passkeys for our address: it must have a name, and https unless it is this machine."""
    name = _site()
    try:
        ip_address(name)
        return False
    except ValueError:
        return origin().startswith("https://") or name == "localhost"


def origin() -> str:
    """Where a passkey may be used, as a browser writes it."""
    public_url: str = current_app.extensions["dialogue"].settings.public_url
    return public_url.lower()


def new_options(person: StaffMember, challenge: bytes) -> str:
    """What a browser needs for making a passkey, as JSON; one that was made before is not made again."""
    options = generate_registration_options(
        rp_id=_site(),
        rp_name="Dialogue",
        user_name=person.email,
        user_display_name=person.name,
        user_id=_handle(person.id),
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=_described(of(person.id)),
    )
    return options_to_json(options)


def options(challenge: bytes, staff_id: int | None = None) -> str:
    """What a browser needs for signing in with a passkey, as JSON: one of this person's, or any it has."""
    allowed = _described(of(staff_id)) if staff_id else None
    return options_to_json(
        generate_authentication_options(
            rp_id=_site(), challenge=challenge, allow_credentials=allowed, user_verification=VERIFIED
        )
    )


def read_new(sent: str, challenge: bytes) -> VerifiedRegistration:
    """The passkey that a browser made for this challenge; Refused when anything is wrong with it."""
    try:
        return verify_registration_response(
            credential=_parsed(sent),
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=origin(),
            require_user_verification=True,
        )
    except Exception as error:  # whatever was sent: it is right, or it is refused
        raise Refused(_("De toegangssleutel is niet gemaakt. Probeer het nog eens.")) from error


def read_use(sent: str, challenge: bytes, staff_id: int | None) -> tuple[Passkey, int]:
    """The passkey that was used for this challenge, and how often it says it was used; Refused without saying why."""
    try:
        credential = _parsed(sent)
        passkey = _by_credential(base64url_to_bytes(credential["rawId"]))
        found = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=origin(),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
        handle = credential["response"].get("userHandle")
        of_another = handle and base64url_to_bytes(handle) != _handle(passkey.staff_member_id)
        if of_another or staff_id not in (None, passkey.staff_member_id) or passkey.staff_member.disabled_at:
            raise NotFound
    except Exception as error:  # whatever was sent: it is right, or it is refused
        raise Refused(_("Aanmelden met een toegangssleutel lukte niet. Probeer het nog eens.")) from error
    return passkey, found.new_sign_count


def of(staff_id: int) -> list[Passkey]:
    """The passkeys of this person, the oldest first."""
    return list(db.session.scalars(select(Passkey).where(Passkey.staff_member_id == staff_id).order_by(Passkey.id)))


def get_own(actor: Actor, id_: int) -> Passkey:
    """A passkey of one's own; else NotFound."""
    passkey = db.session.get(Passkey, id_)
    if passkey is None or passkey.staff_member_id != actor.staff_id:
        raise NotFound
    return passkey


def add(actor: Actor, person: StaffMember, name: str, made: VerifiedRegistration) -> None:
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


def _site() -> str:
    return urlsplit(origin()).hostname or ""


def _handle(staff_id: int) -> bytes:
    """Under which name a phone keeps the passkeys of this person: nothing can be read from it."""
    return mark(HANDLE, staff_id)


def _parsed(sent: str) -> dict[str, Any]:
    if len(sent) > LONGEST:
        raise Refused
    parsed: dict[str, Any] = json.loads(sent)
    return parsed


def _by_credential(credential_id: bytes) -> Passkey:
    return db.session.scalars(select(Passkey).where(Passkey.credential_id == credential_id)).one()


def _described(passkeys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in passkeys]
