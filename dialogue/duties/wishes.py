"""How one person hears of duties: reminders or not, and a calendar at a secret address."""

import hashlib
import secrets

from sqlalchemy import select

from dialogue.duties.models import Duty, DutyWishes
from dialogue.duties.queries import OPEN, Whose
from dialogue.ledger.services import record
from dialogue.people.models import StaffMember
from dialogue.people.services import actor_for
from dialogue.shared.actor import Actor
from dialogue.shared.database import db

MOST = 500  # entries in a calendar


def wishes_of(staff_id: int) -> DutyWishes:
    """What this person chose, or what holds for who chose nothing."""
    return db.session.get(DutyWishes, staff_id) or DutyWishes(staff_member_id=staff_id, reminders=True)


def set_reminders(actor: Actor, wanted: bool) -> None:
    """Reminders before the day, or not; Monday's overview and what is late always come. Call inside `writing()`."""
    wishes = _own(actor)
    before, wishes.reminders = wishes.reminders, wanted
    object_ = f"person:{actor.staff_id}"
    record(actor, "person.reminders_chosen", object_, before={"reminders": before}, after={"reminders": wanted})


def new_calendar(actor: Actor) -> str:
    """A new secret for the address of the calendar, shown once; the old address is gone. Call inside `writing()`."""
    token = secrets.token_urlsafe(32)
    _own(actor).calendar_hash = hashed(token)
    record(actor, "calendar.made", f"person:{actor.staff_id}")
    return token


def end_calendar(actor: Actor) -> None:
    """No calendar any more; the address is gone. Call inside `writing()`."""
    wishes = _own(actor)
    if wishes.calendar_hash:
        wishes.calendar_hash = None
        record(actor, "calendar.ended", f"person:{actor.staff_id}")


def calendar_owner(token: str) -> StaffMember | None:
    """Whose calendar this secret opens: somebody who can still sign in, else nobody."""
    chosen = select(StaffMember).join(DutyWishes, DutyWishes.staff_member_id == StaffMember.id)
    chosen = chosen.where(DutyWishes.calendar_hash == hashed(token), StaffMember.disabled_at.is_(None))
    return db.session.scalar(chosen)


def in_calendar(person: StaffMember) -> list[Duty]:
    """The open duties of this person and their departments, by day."""
    chosen = select(Duty).where(Whose(actor_for(person)).where(), *OPEN).order_by(Duty.due, Duty.id)
    return list(db.session.scalars(chosen.limit(MOST)))


def hashed(token: str) -> bytes:
    """What the database keeps of the secret: whoever reads it has no address."""
    return hashlib.sha256(b"calendar/" + token.encode("utf-8", "replace")).digest()


def _own(actor: Actor) -> DutyWishes:
    wishes = wishes_of(actor.staff_id)
    db.session.add(wishes)
    return wishes
