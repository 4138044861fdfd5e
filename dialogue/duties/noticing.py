"""Who gets mail today, and why: reminders before the day, what became late, and on Monday all that is owed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time, timedelta

from sqlalchemy import func, select

from dialogue.duties.models import Duty, DutyWishes, Notice, NoticeKind, NoticeRound, NoticeState
from dialogue.duties.owners import Staff
from dialogue.duties.queries import OPEN, day_set
from dialogue.duties.rules import escalates_on, is_reminded
from dialogue.people.models import Municipality, StaffMember
from dialogue.shared.clock import CALENDAR, now
from dialogue.shared.database import db

MORNING = time(7)
MONDAY = 0
MADE_UP_FOR = timedelta(days=7)  # what the jobs missed longer ago is not mailed any more
Planned = dict[tuple[NoticeKind, int], list[int]]  # kind and person -> duties


def is_morning() -> bool:
    """Whether the mail of today may go out."""
    return now().astimezone(CALENDAR).time() >= MORNING


def plan(today: date) -> list[Notice]:
    """All mail of this day, in all municipalities but examples; of a person at most one of each kind."""
    last = db.session.scalar(select(func.max(NoticeRound.day)))
    after = max(last or today - timedelta(days=1), today - MADE_UP_FOR)
    planned: Planned = defaultdict(list)
    for town_id in db.session.scalars(select(Municipality.id).where(Municipality.is_example.is_(False))):
        _plan_town(town_id, after, today, planned)
    muted = set(db.session.scalars(select(DutyWishes.staff_member_id).where(DutyWishes.reminders.is_(False))))
    for kind, person_id in list(planned):
        digested = (NoticeKind.DIGEST, person_id) in planned
        if kind == NoticeKind.REMINDER and (person_id in muted or digested):
            del planned[kind, person_id]
    return [_notice(kind, today, person_id, duties) for (kind, person_id), duties in planned.items()]


def pass_on(notice: Notice) -> None:
    """The address of this person is refused: the coordinators get the mail instead. Inside `writing()`.

    Not those who have it already, and not those whom the mail of this day does not reach either.
    """
    for person in Staff(notice.staff_member.municipality_id).warned():
        of_day = select(Notice).where(Notice.day == notice.day, Notice.staff_member_id == person.id)
        theirs = {one.kind: one for one in db.session.scalars(of_day)}
        known = {duty for one in theirs.values() for duty in one.duties}
        duties = [duty for duty in notice.duties if duty not in known]
        if duties and all(one.state != NoticeState.FAILED for one in theirs.values()):
            _add_to(theirs, notice, person, duties)


def _add_to(theirs: dict[NoticeKind, Notice], notice: Notice, person: StaffMember, duties: list[int]) -> None:
    """With what still waits for this person, else as another mail; of each kind there is one a day."""
    for kind in (notice.kind, NoticeKind.REMINDER, NoticeKind.DIGEST):
        if kind not in theirs:
            db.session.add(_notice(kind, notice.day, person.id, duties))
            return
        if theirs[kind].state == NoticeState.WAITING:
            theirs[kind].duties = [*theirs[kind].duties, *duties]
            return


def unreached(notice: Notice) -> list[StaffMember]:
    """Whose mail of the same day about one of these duties was refused: this person gets it instead."""
    same_day = select(Notice).where(Notice.day == notice.day, Notice.state == NoticeState.FAILED)
    failed = [one for one in db.session.scalars(same_day) if set(one.duties) & set(notice.duties)]
    return list(dict.fromkeys(one.staff_member for one in failed))


def _plan_town(town_id: int, after: date, today: date, planned: Planned) -> None:
    chosen = select(Duty).where(*OPEN, Duty.municipality_id == town_id).order_by(Duty.due, Duty.id)
    duties = db.session.scalars(chosen).all()
    staff, chosen_on = Staff(town_id), day_set(duty.id for duty in duties)
    monday = any((after + timedelta(days=n)).weekday() == MONDAY for n in range(1, (today - after).days + 1))
    for duty in duties:
        owners = [person.id for person in staff.told_of(duty)]
        if monday:
            _add(planned, NoticeKind.DIGEST, owners, duty)
        if is_reminded(duty.due, chosen_on.get(duty.id), after, today):
            _add(planned, NoticeKind.REMINDER, owners, duty)
        if after < escalates_on(duty.due) <= today:
            _add(planned, NoticeKind.ESCALATION, [person.id for person in staff.warned()], duty)


def _add(planned: Planned, kind: NoticeKind, people: Iterable[int], duty: Duty) -> None:
    for person_id in people:
        planned[kind, person_id].append(duty.id)


def _notice(kind: NoticeKind, day: date, person_id: int, duties: list[int]) -> Notice:
    return Notice(kind=kind, day=day, staff_member_id=person_id, duties=duties, state=NoticeState.WAITING)
