"""The ways in which a person signs in: what is set up, what the municipality asks, and starting anew after a loss.

Call the verbs inside `with writing():`.
"""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, exists, select

from dialogue.ledger.services import record
from dialogue.people import apps, devices, passkeys, recovery
from dialogue.people.models import AuthenticatorApp, Passkey, RememberedDevice, StaffMember, StaffSession
from dialogue.people.services import sessions_of, shut_out
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import Refused

RECOMMENDED = frozenset({Role.DECIDER, Role.COORDINATOR, Role.SAFEGUARDING, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Ways:
    """What one person has set up."""

    app: AuthenticatorApp | None
    codes_left: int
    passkeys: list[Passkey]
    devices: list[RememberedDevice]
    sessions: list[StaffSession]

    @property
    def has_second_step(self) -> bool:
        return bool(self.app or self.passkeys)

    @property
    def few_codes(self) -> bool:
        return self.has_second_step and self.codes_left < recovery.FEW


def of(staff_id: int) -> Ways:
    """The ways of this person."""
    return Ways(
        apps.of(staff_id), recovery.left(staff_id), passkeys.of(staff_id), devices.of(staff_id), sessions_of(staff_id)
    )


def has_second_step(staff_id: int) -> bool:
    """Whether this person's password is not enough to come in."""
    app = exists().where(AuthenticatorApp.staff_member_id == staff_id)
    passkey = exists().where(Passkey.staff_member_id == staff_id)
    return bool(db.session.scalar(select(app | passkey)))


def is_recommended(person: StaffMember) -> bool:
    """Whether a second step is wise for this person: who decides, or sees and manages more than one department."""
    return any(membership.role in RECOMMENDED for membership in person.memberships)


def must_set_up(actor: Actor) -> bool:
    """Whether the municipality asks a second step of everybody and this person has none yet."""
    me = db.session.get_one(StaffMember, actor.staff_id)
    return me.municipality.second_step_required and not has_second_step(me.id)


def codes_for_the_first(actor: Actor, staff_id: int) -> list[str]:
    """The recovery codes that come with a first second step; none when there are some already."""
    if recovery.left(staff_id):
        return []
    codes = recovery.new_codes()
    recovery.replace(actor, staff_id, codes)
    return codes


def tidy(staff_id: int) -> None:
    """Without a second step there is nothing that recovery codes could replace."""
    if not has_second_step(staff_id):
        recovery.forget(staff_id)


def reset(actor: Actor | str, person: StaffMember) -> None:
    """For somebody who lost everything: app, passkeys, codes and devices go, and the password is enough once more."""
    if not isinstance(actor, str) and actor.staff_id == person.id:
        raise Refused(_("Je eigen tweede stap zet je uit bij “Mijn gegevens”."))
    if not has_second_step(person.id):
        raise Refused(_("%(name)s gebruikt geen tweede stap.", name=person.name))
    for model in (AuthenticatorApp, Passkey):
        db.session.execute(delete(model).where(model.staff_member_id == person.id))
    recovery.forget(person.id)
    shut_out(person)
    person.second_step_reset_at = now()
    record(actor, "person.second_step_reset", f"person:{person.id}")
