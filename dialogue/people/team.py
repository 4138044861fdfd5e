"""Verbs of the team: invite, join, give and take roles, disable and enable. Call them inside `with writing():`."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import update

from dialogue.ledger.services import record
from dialogue.people.models import Department, Invitation, Membership, StaffMember
from dialogue.people.queries import administrators, person_by_email
from dialogue.people.rules import INVITATION_DAYS, why_not_disable, why_not_give, why_not_role, why_not_take
from dialogue.people.services import hashed_token, new_token, renew_sessions, shut_out
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import Refused, refuse


def invite(actor: Actor, name: str, email: str, role: Role, department: Department | None) -> tuple[Invitation, str]:
    """Invite somebody new; returns the invitation and the token of its link, which is kept nowhere."""
    reasons = why_not_role(role, department)
    known = person_by_email(email)
    if known and known.municipality_id == actor.municipality_id:
        reasons.append(_("%(name)s staat al in de lijst: geef daar een rol.", name=known.name))
    elif known:
        reasons.append(_("Met dit e-mailadres kunnen we niemand uitnodigen. Kies een ander adres."))
    refuse(reasons)
    return _write_invitation(actor, actor.staff_id, actor.municipality_id, name, email, role, department)


def new_link(actor: Actor | str, person: StaffMember) -> tuple[Invitation, str]:
    """A link with which `person` chooses a (new) password; everything else stays as it is."""
    if not person.memberships:
        raise Refused(_("Geef eerst een rol; daarna kan je een link maken."))
    kept = person.memberships[0]
    inviter = person.id if isinstance(actor, str) else actor.staff_id
    return _write_invitation(
        actor, inviter, person.municipality_id, person.name, person.email, kept.role, kept.department
    )


def _write_invitation(
    actor: Actor | str,
    inviter_id: int,
    municipality_id: int,
    name: str,
    email: str,
    role: Role,
    department: Department | None,
) -> tuple[Invitation, str]:
    _stop_links(municipality_id, email.lower())
    token = new_token()
    invitation = Invitation(
        token_hash=hashed_token(token),
        municipality_id=municipality_id,
        department_id=department.id if department else None,
        role=role,
        name=name,
        email=email.lower(),
        invited_by_id=inviter_id,
        expires=now() + timedelta(days=INVITATION_DAYS),
    )
    db.session.add(invitation)
    db.session.flush()
    after = {"role": role, "department": invitation.department_id, "expires": invitation.expires}
    record(
        actor,
        "person.invited",
        f"invitation:{invitation.id}",
        department_id=invitation.department_id,
        after=after,
    )
    return invitation, token


def _stop_links(municipality_id: int, email: str) -> None:
    """One link per person works: a new one replaces the one before."""
    waiting = update(Invitation).where(Invitation.municipality_id == municipality_id, Invitation.email == email)
    waiting = waiting.where(Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))
    db.session.execute(waiting.values(withdrawn_at=now()))


def withdraw(actor: Actor, invitation: Invitation) -> None:
    """Let the link stop working."""
    if invitation.used_at is None and invitation.withdrawn_at is None:
        invitation.withdrawn_at = now()
        object_ = f"invitation:{invitation.id}"
        record(actor, "invitation.withdrawn", object_, department_id=invitation.department_id)


def join(invitation: Invitation, password_hash: str) -> StaffMember:
    """Use an invitation: a new person gets the role, a known one only this password; older sessions end."""
    invitation.used_at = now()
    person = person_by_email(invitation.email)
    if person is None:
        person = StaffMember(
            municipality_id=invitation.municipality_id, name=invitation.name, email=invitation.email, password_hash=""
        )
        db.session.add(person)
        db.session.flush()
        person.memberships.append(Membership(role=invitation.role, department_id=invitation.department_id))
    if person.disabled_at or person.municipality_id != invitation.municipality_id:
        raise Refused(_("Deze link werkt niet meer. Vraag je beheerder om een nieuwe."))
    person.password_hash = password_hash
    shut_out(person)
    after = {"role": invitation.role, "department": invitation.department_id}
    object_ = f"person:{person.id}"
    record(f"staff:{person.id}", "person.joined", object_, department_id=invitation.department_id, after=after)
    return person


def give_role(actor: Actor, person: StaffMember, role: Role, department: Department | None) -> Membership:
    """Let `person` do more from now on."""
    refuse(why_not_give(person, role, department))
    membership = Membership(role=role, department_id=department.id if department else None)
    person.memberships.append(membership)
    renew_sessions(person.id)
    after = {"role": role, "department": membership.department_id}
    object_ = f"person:{person.id}"
    record(actor, "person.role_given", object_, department_id=membership.department_id, after=after)
    return membership


def pass_role(actor: Actor, membership: Membership, taker: StaffMember) -> None:
    """A role goes from the person who has it to `taker`: the one does less from now on, the other more."""
    giver = membership.staff_member
    reasons = why_not_take(membership, administrators(giver.municipality_id))
    reasons += why_not_give(taker, membership.role, membership.department)
    refuse(reasons)
    role = {"role": membership.role, "department": membership.department_id}
    record(actor, "person.role_taken", f"person:{giver.id}", department_id=membership.department_id, before=role)
    record(actor, "person.role_given", f"person:{taker.id}", department_id=membership.department_id, after=role)
    membership.staff_member = taker
    for person in (giver, taker):
        renew_sessions(person.id)


def take_role(actor: Actor, membership: Membership) -> None:
    """Let the person do less from now on; the last administrator keeps the role."""
    person = membership.staff_member
    refuse(why_not_take(membership, administrators(person.municipality_id)))
    before = {"role": membership.role, "department": membership.department_id}
    object_ = f"person:{person.id}"
    record(actor, "person.role_taken", object_, department_id=membership.department_id, before=before)
    renew_sessions(person.id)
    db.session.delete(membership)


def disable(actor: Actor, person: StaffMember) -> None:
    """Out at once, everywhere: sessions, devices and links end; what the person did stays on record."""
    refuse(why_not_disable(person, administrators(person.municipality_id)))
    if person.disabled_at is None:
        person.disabled_at = now()
        shut_out(person)
        _stop_links(person.municipality_id, person.email)
        record(actor, "person.disabled", f"person:{person.id}", after={"disabled": person.disabled_at})


def enable(actor: Actor, person: StaffMember) -> None:
    """Let somebody sign in again, with the roles of before."""
    if person.disabled_at:
        before = {"disabled": person.disabled_at}
        person.disabled_at = None
        record(actor, "person.enabled", f"person:{person.id}", before=before)
