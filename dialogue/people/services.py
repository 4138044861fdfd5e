"""Who is signed in: sessions that live in the database, and what a person may do today."""

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import request, session
from sqlalchemy import delete, select, update

from dialogue.people.models import RememberedDevice, SignInStep, StaffMember, StaffSession
from dialogue.people.queries import replaced_by
from dialogue.people.rules import is_replaced
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now, today
from dialogue.shared.database import db, writing

SESSION_DAYS = 14
REACH_HOURS = 12  # a session that a link in a mail began
GRACE = timedelta(seconds=30)  # for requests that were on their way while a session was renewed


def signed_in_actor() -> Actor | None:
    """The person whose browser this is, or nobody; where what they may do has changed, the session is renewed."""
    token = session.get("staff", "")
    row = db.session.get(StaffSession, hashed_token(token)) if token else None
    if row is None or row.expires < now() or row.staff_member.disabled_at or not _reaches(row.reach):
        return None
    if row.renew:
        session["staff"] = _renewed(row.token_hash)
    return actor_for(row.staff_member)


def _reaches(reach: str | None) -> bool:
    """Whether this page may be opened: by a whole session any, by a link's only its page and what lies under it."""
    return reach is None or (request.path + "/").startswith(reach + "/") or request.endpoint == "people.sign_out"


def _renewed(token_hash: bytes) -> str:
    with writing() as store:
        old = store.get_one(StaffSession, token_hash)
        token = start_session(old.staff_member_id, reach=old.reach, device_id=old.device_id, expires=old.expires)
        old.renew, old.expires = False, min(old.expires, now() + GRACE)
    return token


def actor_for(person: StaffMember) -> Actor:
    """What this staff member may do today: their own roles, and those of everybody they stand in for."""
    replaced = [other for other in replaced_by(person) if is_replaced(other, today())]
    own = frozenset((m.role, m.department_id) for m in person.memberships)
    lent = frozenset((other.id, m.role, m.department_id) for other in replaced for m in other.memberships)
    lent = frozenset(grant for grant in lent if grant[1:] not in own)
    town, grants = person.municipality, own | {(role, department_id) for _, role, department_id in lent}
    return Actor(person.id, person.name, town.id, person.language, grants, town.name, town.is_example, lent)


def start_session(
    staff_member_id: int, *, reach: str | None = None, device_id: int | None = None, expires: datetime | None = None
) -> str:
    """A new server-side session; returns the token for the cookie. Call inside `with writing():`.

    `reach` is the one page it opens (None: all); `device_id` the remembered device it begins on, and
    with which it ends at last.
    """
    token = new_token()
    lasts = timedelta(hours=REACH_HOURS) if reach else timedelta(days=SESSION_DAYS)
    device = db.session.get(RememberedDevice, device_id) if device_id else None
    ends = expires or now() + lasts
    db.session.add(
        StaffSession(
            token_hash=hashed_token(token),
            staff_member_id=staff_member_id,
            started=now(),
            expires=min(ends, device.expires) if device else ends,
            reach=reach,
            device_id=device_id,
        )
    )
    return token


def renew_sessions(staff_member_id: int) -> None:
    """What this person may do has changed: every browser gets another session at its next request."""
    db.session.execute(update(StaffSession).where(StaffSession.staff_member_id == staff_member_id).values(renew=True))


def sessions_of(staff_member_id: int) -> list[StaffSession]:
    """The browsers on which this person is signed in, the newest first."""
    found = select(StaffSession).where(StaffSession.staff_member_id == staff_member_id, StaffSession.expires > now())
    return list(db.session.scalars(found.order_by(StaffSession.started.desc())))


def current_session() -> bytes:
    """Which of the sessions is this browser's: the hash of its token."""
    return hashed_token(session.get("staff", ""))


def end_session(token: str) -> None:
    """Sign one browser out."""
    db.session.execute(delete(StaffSession).where(StaffSession.token_hash == hashed_token(token)))


def shut_out(person: StaffMember) -> None:
    """End all that lets this person in without signing in anew: sessions, devices, links in mails, half-done steps."""
    for model in (StaffSession, RememberedDevice, SignInStep):
        db.session.execute(delete(model).where(model.staff_member_id == person.id))
    person.links_from = now()


def forget_old_sessions() -> None:
    """Sweep away the sessions that ended by themselves."""
    db.session.execute(delete(StaffSession).where(StaffSession.expires < now()))


def new_token() -> str:
    """A token for a browser: 32 random bytes, as text."""
    return secrets.token_urlsafe(32)


def hashed_token(token: str) -> bytes:
    """What the database keeps of a token: whoever reads it cannot sign in."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
