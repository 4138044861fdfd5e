"""What browser and server say to each other about a passkey, made and checked (WebAuthn level 3).

Only who signs in with a passkey needs this file: its library is large, so it is loaded then.
"""

import json
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
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

from dialogue.people.models import Passkey, StaffMember
from dialogue.people.passkeys import handle as handle_of
from dialogue.people.passkeys import of as passkeys_of
from dialogue.people.passkeys import origin, site
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound, Refused

LONGEST = 20_000  # characters of what a browser sends
VERIFIED = UserVerificationRequirement.REQUIRED  # a finger, face or PIN, never only a touch


def new_options(person: StaffMember, challenge: bytes) -> str:
    """What a browser needs for making a passkey, as JSON; one that was made before is not made again."""
    options = generate_registration_options(
        rp_id=site(),
        rp_name="Dialogue",
        user_name=person.email,
        user_display_name=person.name,
        user_id=handle_of(person.id),
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=_described(passkeys_of(person.id)),
    )
    return options_to_json(options)


def options(challenge: bytes, staff_id: int | None = None) -> str:
    """What a browser needs for signing in with a passkey, as JSON: one of this person's, or any it has."""
    allowed = _described(passkeys_of(staff_id)) if staff_id else None
    return options_to_json(
        generate_authentication_options(
            rp_id=site(), challenge=challenge, allow_credentials=allowed, user_verification=VERIFIED
        )
    )


def read_new(sent: str, challenge: bytes) -> VerifiedRegistration:
    """The passkey that a browser made for this challenge; Refused when anything is wrong with it."""
    try:
        return verify_registration_response(
            credential=_parsed(sent),
            expected_challenge=challenge,
            expected_rp_id=site(),
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
            expected_rp_id=site(),
            expected_origin=origin(),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
        handle = credential["response"].get("userHandle")
        of_another = handle and base64url_to_bytes(handle) != handle_of(passkey.staff_member_id)
        if of_another or staff_id not in (None, passkey.staff_member_id) or passkey.staff_member.disabled_at:
            raise NotFound
    except Exception as error:  # whatever was sent: it is right, or it is refused
        raise Refused(_("Aanmelden met een toegangssleutel lukte niet. Probeer het nog eens.")) from error
    return passkey, found.new_sign_count


def _parsed(sent: str) -> dict[str, Any]:
    if len(sent) > LONGEST:
        raise Refused
    parsed: dict[str, Any] = json.loads(sent)
    return parsed


def _by_credential(credential_id: bytes) -> Passkey:
    return db.session.scalars(select(Passkey).where(Passkey.credential_id == credential_id)).one()


def _described(passkeys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in passkeys]
