"""When a duty is ahead, soon, late, kept …, who may see it or put it off, and on which days somebody is mailed."""

from datetime import date, timedelta
from enum import StrEnum

from flask_babel import gettext as _

from dialogue.duties.models import Duty
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import CALENDAR, next_working_day

SOON = timedelta(days=14)
REMINDED = (14, 3, 0)  # days before the day itself
CONCERN = "concern"
FOLLOW_UPS = {"follow_up_6": 6, "follow_up_12": 12}  # kind -> months after children were told
# What everybody may know to be late.
PUBLIC = frozenset({"feedback", "decision", "measure", "review", "advice", *FOLLOW_UPS})
SHOWN_AFTER, LATEST_SHOWN = 7, 30  # days after the promised day
LONGEST_EXTENSION = timedelta(days=366)
EXTENDERS = (Role.MAKER, Role.DECIDER)


class DutyState(StrEnum):
    """What a person sees of a duty, the most urgent first."""

    LATE = "late"
    SOON = "soon"
    EXTENDED = "extended"
    AHEAD = "ahead"
    KEPT = "kept"
    CANCELLED = "cancelled"


def state(duty: Duty, today: date) -> DutyState:
    """The state of `duty` on the day `today`."""
    if duty.cancelled_at:
        return DutyState.CANCELLED
    if duty.kept_at:
        return DutyState.KEPT
    if duty.due < today:
        return DutyState.LATE
    if duty.first_due:
        return DutyState.EXTENDED
    return DutyState.SOON if duty.due - today <= SOON else DutyState.AHEAD


def days_late(duty: Duty, today: date) -> int:
    """Days since the day that was promised first, also when it was put off; 0 when that is still to come."""
    return max((today - duty.promised).days, 0)


def kept_in_time(duty: Duty) -> bool:
    """Whether it was done by the day that was promised first."""
    return duty.kept_at is not None and duty.kept_at.astimezone(CALENDAR).date() <= duty.promised


def may_see(actor: Actor, duty: Duty) -> bool:
    """Whether this person may know of the duty; of a child's concern only the safeguarding contact does."""
    if duty.municipality_id != actor.municipality_id:
        return False
    if duty.kind == CONCERN:
        return actor.has(Role.SAFEGUARDING)
    own = duty.owner_id == actor.staff_id or duty.department_id in actor.departments
    return own or actor.sees_all


def may_extend(actor: Actor, duty: Duty) -> bool:
    """Whether this person may put the duty off: its owner, who makes or decides there, or the coordinator."""
    if duty.kind == CONCERN:
        return False
    there = duty.department_id is not None and actor.has_any(*EXTENDERS, department_id=duty.department_id)
    return there or duty.owner_id == actor.staff_id or actor.sees_all


def why_not_extend(duty: Duty, due: date, because: str, today: date) -> list[str]:
    """Reasons why this duty cannot be put off to the day `due`."""
    if duty.kept_at or duty.cancelled_at:
        return [_("Deze plicht is al afgelopen.")]
    reasons = []
    if due <= max(duty.due, today):
        reasons.append(_("Kies een dag die nog komt, en later dan nu beloofd is."))
    elif due - max(duty.due, today) > LONGEST_EXTENSION:
        reasons.append(_("Kies een dag binnen het jaar."))
    if not because.strip():
        reasons.append(_("Schrijf waarom het later wordt. Iedereen kan dat lezen."))
    return reasons


def why_not_show_after(days: int) -> list[str]:
    """Reasons why what is late cannot be kept from the public page for so many days."""
    if 0 <= days <= LATEST_SHOWN:
        return []
    return [_("Kies een getal van 0 tot %(most)d.", most=LATEST_SHOWN)]


def is_reminded(due: date, set_on: date | None, after: date, until: date) -> bool:
    """Whether a reminder falls in the days after `after`, up to `until` (that day included).

    Not for the days before `set_on`, on which the day was chosen: who chooses a day need not be reminded of it. What
    the jobs missed is made up for, but nobody is reminded of a day that is over.
    """
    if due < until:
        return False
    days = [due - timedelta(days=before) for before in REMINDED]
    return any(after < day <= until and (set_on is None or set_on <= day) for day in days)


def escalates_on(due: date) -> date:
    """The day on which the coordinator hears that it is late: the first working day after it was due."""
    return next_working_day(due)


def months_later(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
