"""Reading duties: what is open, what is late, whose it is, and what happened to it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from dialogue.duties.models import Change, Duty, DutyChange, LateRule
from dialogue.duties.rules import CONCERN, PUBLIC, SHOWN_AFTER, SOON, DutyState, may_extend, may_see
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import CALENDAR, today
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound

PAGE = 40
OPEN = (Duty.kept_at.is_(None), Duty.cancelled_at.is_(None))
_ENDED = frozenset({DutyState.KEPT, DutyState.CANCELLED})


def open_duties(municipality_id: int, department_ids: Collection[int] | None) -> list[Duty]:
    """What is still owed, the most urgent first; None means all departments and those of the whole municipality."""
    found = _open(municipality_id)
    if department_ids is not None:
        found = found.where(Duty.department_id.in_(department_ids))
    return list(db.session.scalars(found))


def late(municipality_id: int, today: date) -> list[Duty]:
    """What should have been done before `today`, put off or not, the longest waiting first."""
    found = _open(municipality_id).where(Duty.promised < today).options(joinedload(Duty.department))
    return list(db.session.scalars(found.order_by(None).order_by(Duty.promised, Duty.id)))


def late_for_everybody(municipality_id: int, today: date) -> list[Duty]:
    """What everybody may see to be late: promised to children, and long enough ago by the rule of the town."""
    since = today - timedelta(days=max(shown_after(municipality_id), 1))
    return [duty for duty in late(municipality_id, today) if duty.kind in PUBLIC and duty.promised <= since]


def shown_after(municipality_id: int) -> int:
    """The number of days after the promised day from which this town shows what is late."""
    rule = db.session.get(LateRule, municipality_id)
    return rule.shown_after if rule else SHOWN_AFTER


def duty(kind: str, object_: str) -> Duty | None:
    """The one duty of this kind about this object ("wave:3"), whatever its state."""
    return db.session.scalar(select(Duty).where(Duty.kind == kind, Duty.object == object_))


def get_duty(actor: Actor, duty_id: int) -> Duty:
    """A duty that this person may know of; else NotFound."""
    found = db.session.get(Duty, duty_id)
    if found is None or not may_see(actor, found):
        raise NotFound
    return found


def get_for_extending(actor: Actor, duty_id: int) -> Duty:
    """A duty that this person may put off; else NotFound or NotAllowed."""
    found = get_duty(actor, duty_id)
    if not may_extend(actor, found):
        raise NotAllowed
    return found


def history(duty_id: int) -> list[DutyChange]:
    """What happened to a duty, the first thing first."""
    lines = select(DutyChange).where(DutyChange.duty_id == duty_id).options(joinedload(DutyChange.by))
    return list(db.session.scalars(lines.order_by(DutyChange.id)))


@dataclass(frozen=True)
class Whose:
    """Which duties a person looks at: their own, those of their departments, or all of the town they may know of."""

    actor: Actor
    scope: str = "mine"

    def where(self) -> ColumnElement[bool]:
        """The condition on a duty."""
        actor = self.actor
        there = Duty.department_id.in_(actor.departments) if actor.departments else false()
        concerns = Duty.kind == CONCERN if actor.has(Role.SAFEGUARDING) else false()
        if self.scope == "mine":
            wanted = or_(Duty.owner_id == actor.staff_id, and_(Duty.owner_id.is_(None), there), concerns)
        elif self.scope == "town" and actor.sees_all:
            wanted = or_(Duty.kind != CONCERN, concerns)
        else:
            wanted = or_(Duty.owner_id == actor.staff_id, there)
        return and_(Duty.municipality_id == actor.municipality_id, wanted)


def page_of(
    whose: Whose, wanted: DutyState | None, today: date, after: tuple[date, int] | None = None
) -> tuple[list[Duty], tuple[date, int] | None]:
    """One page of duties in this state (None: all that are open), by day, and the key to go on from.

    What ended comes with the latest day first.
    """
    key = tuple_(Duty.due, Duty.id)
    ended = wanted in _ENDED
    found = select(Duty).where(whose.where(), _in_state(wanted, today))
    if after:
        found = found.where(key < after if ended else key > after)
    order = (Duty.due.desc(), Duty.id.desc()) if ended else (Duty.due, Duty.id)
    both = (joinedload(Duty.department), joinedload(Duty.owner))
    rows = list(db.session.scalars(found.options(*both).order_by(*order).limit(PAGE + 1)))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], (last.due, last.id) if last else None


def counts(whose: Whose, today: date) -> dict[DutyState, int]:
    """How many duties there are in each state."""
    columns = [func.count().filter(_in_state(one, today)) for one in DutyState]
    found = db.session.execute(select(*columns).select_from(Duty).where(whose.where())).one()
    return dict(zip(DutyState, found, strict=True))


def late_count(actor: Actor) -> int:
    """How many of this person's own duties are late today."""
    chosen = select(func.count()).select_from(Duty).where(Whose(actor).where(), _in_state(DutyState.LATE, today()))
    return db.session.scalar(chosen) or 0


def day_set(duty_ids: Iterable[int]) -> dict[int, date]:
    """Per duty the day on which its present day was chosen, where that is known."""
    chosen = select(DutyChange.duty_id, func.max(DutyChange.at)).where(DutyChange.duty_id.in_(list(duty_ids)))
    chosen = chosen.where(DutyChange.what.in_([Change.OWED, Change.EXTENDED, Change.BROUGHT_FORWARD]))
    found = db.session.execute(chosen.group_by(DutyChange.duty_id)).all()
    return {duty_id: at.astimezone(CALENDAR).date() for duty_id, at in found}


def _open(municipality_id: int) -> Select[Duty]:
    return select(Duty).where(*OPEN, Duty.municipality_id == municipality_id).order_by(Duty.due, Duty.id)


def _in_state(wanted: DutyState | None, today: date) -> ColumnElement[bool]:
    """The states of `rules.state`, for the database."""
    ahead, soon = Duty.due >= today, Duty.due <= today + SOON
    narrower = {
        None: and_(*OPEN),
        DutyState.LATE: and_(*OPEN, Duty.due < today),
        DutyState.EXTENDED: and_(*OPEN, ahead, Duty.first_due.is_not(None)),
        DutyState.SOON: and_(*OPEN, ahead, soon, Duty.first_due.is_(None)),
        DutyState.AHEAD: and_(*OPEN, ~soon, Duty.first_due.is_(None)),
        DutyState.KEPT: and_(Duty.kept_at.is_not(None), Duty.cancelled_at.is_(None)),
        DutyState.CANCELLED: Duty.cancelled_at.is_not(None),
    }
    return narrower[wanted]
