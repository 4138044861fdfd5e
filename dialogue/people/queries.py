"""Reading municipalities, departments, people and invitations; the getters refuse strangers."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from dialogue.people.models import Department, Invitation, Membership, Municipality, StaffMember
from dialogue.people.rules import NO_PASSWORD
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound


def is_empty() -> bool:
    """Whether nobody has set up a municipality here yet."""
    return db.session.scalar(select(Municipality.id).limit(1)) is None


def municipality(id_: int) -> Municipality:
    """The municipality with this id; it must exist."""
    return db.session.get_one(Municipality, id_)


def municipality_by_slug(slug: str) -> Municipality | None:
    """The municipality of the public address /m/<slug>."""
    return db.session.scalar(select(Municipality).where(Municipality.slug == slug))


def departments(municipality_id: int) -> list[Department]:
    """All departments, by name."""
    found = select(Department).where(Department.municipality_id == municipality_id)
    return list(db.session.scalars(found.order_by(func.lower(Department.name))))


def get_department(actor: Actor, id_: int) -> Department:
    """A department of the actor's own municipality; else NotFound."""
    department = db.session.get(Department, id_)
    if department is None or department.municipality_id != actor.municipality_id:
        raise NotFound
    return department


def staff_of(municipality_id: int) -> list[StaffMember]:
    """Everybody who can sign in, by name."""
    return [person for person in everybody(municipality_id) if person.disabled_at is None]


def everybody(municipality_id: int) -> list[StaffMember]:
    """All people, also the disabled, by name, with their roles."""
    return list(db.session.scalars(_people(municipality_id).order_by(func.lower(StaffMember.name), StaffMember.id)))


def get_person(actor: Actor, id_: int) -> StaffMember:
    """A person of the actor's own municipality; else NotFound."""
    person = db.session.get(StaffMember, id_)
    if person is None or person.municipality_id != actor.municipality_id:
        raise NotFound
    return person


def person_by_email(email: str) -> StaffMember | None:
    """The person with this address (any spelling of capitals)."""
    return db.session.scalar(select(StaffMember).where(StaffMember.email == email.strip().lower()))


def get_membership(actor: Actor, id_: int) -> Membership:
    """A role of somebody of the actor's own municipality; else NotFound."""
    membership = db.session.get(Membership, id_)
    if membership is None or membership.staff_member.municipality_id != actor.municipality_id:
        raise NotFound
    return membership


def administrators(municipality_id: int) -> list[StaffMember]:
    """The administrators who can really sign in: not disabled, and with a password."""
    able = _people(municipality_id).join(Membership).where(Membership.role == Role.ADMINISTRATOR)
    able = able.where(StaffMember.disabled_at.is_(None), StaffMember.password_hash != NO_PASSWORD)
    return list(db.session.scalars(able))


def replaced_by(person: StaffMember) -> list[StaffMember]:
    """The people who named `person` as their deputy, for whatever days."""
    return list(db.session.scalars(select(StaffMember).where(StaffMember.deputy_id == person.id)))


def deputy_of(person: StaffMember) -> StaffMember | None:
    """Who stands in for this person, now or on days to come."""
    if person.deputy_id is None or person.deputy_until is None or person.deputy_until < today():
        return None
    return db.session.get(StaffMember, person.deputy_id)


def waiting_invitations(municipality_id: int) -> list[Invitation]:
    """Invitations that can still be used, the newest first."""
    found = select(Invitation).where(
        Invitation.municipality_id == municipality_id,
        Invitation.used_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires > now(),
    )
    return list(db.session.scalars(found.order_by(Invitation.id.desc())))


def get_invitation(actor: Actor, id_: int) -> Invitation:
    """An invitation of the actor's own municipality; else NotFound."""
    invitation = db.session.get(Invitation, id_)
    if invitation is None or invitation.municipality_id != actor.municipality_id:
        raise NotFound
    return invitation


def invitation_by_hash(token_hash: bytes) -> Invitation:
    """The invitation of a link that still works; else NotFound, whatever is wrong with it."""
    invitation = db.session.scalar(select(Invitation).where(Invitation.token_hash == token_hash))
    if invitation is None or invitation.used_at or invitation.withdrawn_at or invitation.expires <= now():
        raise NotFound
    return invitation


def _people(municipality_id: int) -> Select[StaffMember]:
    roles = selectinload(StaffMember.memberships).selectinload(Membership.department)
    return select(StaffMember).where(StaffMember.municipality_id == municipality_id).options(roles)
