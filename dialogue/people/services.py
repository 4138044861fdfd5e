"""Who is signed in: sessions that live in the database, and what a person may do today."""

import hashlib
import secrets
from datetime import timedelta

from flask import session
from sqlalchemy import delete

from dialogue.people.models import StaffMember, StaffSession
from dialogue.people.queries import replaced_by
from dialogue.people.rules import is_replaced
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now, today
from dialogue.shared.database import db

SESSION_DAYS = 14


def signed_in_actor() -> Actor | None:
    """The person whose browser this is, or nobody."""
    token = session.get("staff", "")
    row = db.session.get(StaffSession, hashed_token(token)) if token else None
    if row is None or row.expires < now() or row.staff_member.disabled_at:
        return None
    return actor_for(row.staff_member)


def actor_for(person: StaffMember) -> Actor:
    """What this staff member may do today: their own roles, and those of everybody they stand in for."""
    replaced = [other for other in replaced_by(person) if is_replaced(other, today())]
    grants = frozenset((m.role, m.department_id) for one in [person, *replaced] for m in one.memberships)
    town = person.municipality
    return Actor(person.id, person.name, town.id, person.language, grants, town.name, town.is_example)


def start_session(staff_member_id: int) -> str:
    """A new server-side session; returns the token for the cookie. Call inside `with writing():`."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        StaffSession(
            token_hash=hashed_token(token),
            staff_member_id=staff_member_id,
            started=now(),
            expires=now() + timedelta(days=SESSION_DAYS),
        )
    )
    return token


def end_session(token: str) -> None:
    """Sign one browser out."""
    db.session.execute(delete(StaffSession).where(StaffSession.token_hash == hashed_token(token)))


def end_sessions(staff_member_id: int) -> None:
    """Sign this person out everywhere."""
    db.session.execute(delete(StaffSession).where(StaffSession.staff_member_id == staff_member_id))


def forget_old_sessions() -> None:
    """Sweep away the sessions that ended by themselves."""
    db.session.execute(delete(StaffSession).where(StaffSession.expires < now()))


def hashed_token(token: str) -> bytes:
    """What the database keeps of a token: whoever reads it cannot sign in."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
