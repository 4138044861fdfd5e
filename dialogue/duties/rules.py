"""When a duty is ahead, soon, late, kept or cancelled."""

from datetime import date, timedelta
from enum import StrEnum

from dialogue.duties.models import Duty

SOON = timedelta(days=14)


class DutyState(StrEnum):
    """What a person sees of a duty."""

    AHEAD = "ahead"
    SOON = "soon"
    LATE = "late"
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
    return DutyState.SOON if duty.due - today <= SOON else DutyState.AHEAD
