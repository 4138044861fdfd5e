"""The one clock: UTC for moments, the municipality's calendar for days. Tests set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CALENDAR = ZoneInfo("Europe/Brussels")
SATURDAY = 5
_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)


def now() -> datetime:
    """This moment, timezone-aware, in UTC."""
    return _pinned.get() or datetime.now(UTC)


def today() -> date:
    """The day it is in Brussels and Amsterdam."""
    return now().astimezone(CALENDAR).date()


def midnight(day: date) -> datetime:
    """The moment at which this day begins in the calendar."""
    return datetime.combine(day, time.min, CALENDAR)


def next_working_day(day: date) -> date:
    """The first day from Monday to Friday after `day`."""
    following = day + timedelta(days=1)
    while following.weekday() >= SATURDAY:
        following += timedelta(days=1)
    return following


@contextmanager
def pinned(moment: datetime) -> Iterator[None]:
    """Within this block it is `moment` (timezone-aware): for tests and for the example municipality."""
    token = _pinned.set(moment)
    try:
        yield
    finally:
        _pinned.reset(token)
