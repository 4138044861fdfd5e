"""Verbs of people: sign in and out, invite, give and take roles, disable, hand to a deputy."""

import hashlib
import secrets
from datetime import timedelta

from flask import session
from sqlalchemy import select

from dialogue.people.models import StaffMember, StaffSession
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.database import db

SESSION_DAYS = 14


def signed_in_actor() -> Actor | None:
    """The person whose browser this is, or nobody."""
    token = session.get("staff", "")
    row = db.session.get(StaffSession, _hashed(token)) if token else None
    if row is None or row.expires < now() or row.staff_member.disabled_at:
        return None
    return actor_for(row.staff_member)


def actor_for(person: StaffMember) -> Actor:
    """What this staff member may do, today."""
    grants = frozenset((m.role, m.department_id) for m in person.memberships)
    town = person.municipality
    return Actor(person.id, person.name, town.id, person.language, grants, town.name, town.is_example)


def start_session(staff_member_id: int) -> str:
    """A new server-side session; returns the token for the cookie. Call inside `with writing():`."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        StaffSession(
            token_hash=_hashed(token),
            staff_member_id=staff_member_id,
            started=now(),
            expires=now() + timedelta(days=SESSION_DAYS),
        )
    )
    return token


def end_sessions(staff_member_id: int) -> None:
    """Sign this person out everywhere."""
    for row in db.session.scalars(select(StaffSession).where(StaffSession.staff_member_id == staff_member_id)):
        db.session.delete(row)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
