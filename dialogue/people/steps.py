"""What a browser is half-way through: it holds a token, the database what belongs to it, for ten minutes and one use.

Call the verbs inside `with writing():`.
"""

from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete

from dialogue.people.models import SignInStep
from dialogue.people.services import hashed_token, new_token
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound

MINUTES = 10


class Kind(StrEnum):
    """What is waited for."""

    SECOND_STEP = "second step"  # the password was right; nothing is kept
    NEW_APP = "new app"  # keeps the sealed secret until a first code shows that the phone has it
    NEW_CODES = "new codes"  # keeps the sealed recovery codes while they are shown
    NEW_PASSKEY = "new passkey"  # keeps the challenge
    PASSKEY = "passkey"  # keeps the challenge; of one person when a password went before


class Kept(NamedTuple):
    """Whose step it is, if that is known, and what was kept."""

    staff_id: int | None
    kept: bytes


def begin(kind: Kind, staff_id: int | None, kept: bytes = b"") -> str:
    """Start waiting; returns the token for the browser."""
    token, end = new_token(), now() + timedelta(minutes=MINUTES)
    row = SignInStep(token_hash=hashed_token(token), kind=kind, staff_member_id=staff_id, kept=kept, expires=end)
    db.session.add(row)
    return token


def look(token: str | None, kind: Kind) -> Kept:
    """What is kept for this browser, without using it up; NotFound when there is nothing (any more)."""
    row = db.session.get(SignInStep, hashed_token(token or ""))
    if row is None or row.kind != kind or row.expires <= now():
        raise NotFound
    return Kept(row.staff_member_id, row.kept)


def take(token: str | None, kind: Kind) -> Kept:
    """What is kept for this browser, used up by this: of two that ask at once, one gets NotFound."""
    mine = delete(SignInStep).where(_of(token), SignInStep.kind == kind, SignInStep.expires > now())
    row = db.session.execute(mine.returning(SignInStep.staff_member_id, SignInStep.kept)).first()
    if row is None:
        raise NotFound
    return Kept(*row)


def drop(token: str | None) -> None:
    """Wait no longer."""
    db.session.execute(delete(SignInStep).where(_of(token)))


def forget_old() -> None:
    """Sweep away what nobody came back for."""
    db.session.execute(delete(SignInStep).where(SignInStep.expires <= now()))


def _of(token: str | None) -> ColumnElement[bool]:
    return SignInStep.token_hash == hashed_token(token or "")
