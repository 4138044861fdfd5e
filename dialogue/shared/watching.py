"""What needs somebody before anybody notices: a disk that fills up, work that is late, jobs or a Redis that stopped."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import ColumnElement, func, select

from dialogue.shared.clock import now
from dialogue.shared.counters import Counters
from dialogue.shared.database import db
from dialogue.shared.models import Outbox
from dialogue.shared.settings import Settings

LITTLE_SPACE = 1024**3
OVERDUE = timedelta(minutes=15)


def free_bytes(settings: Settings) -> int:
    """What is free on the disk of the database."""
    return shutil.disk_usage(settings.instance).free


def tasks(*which: ColumnElement[bool]) -> int:
    """How many tasks in the outbox wait, of all or only `which`."""
    waiting = select(func.count()).select_from(Outbox).where(Outbox.done.is_(None), *which)
    return db.session.scalar(waiting) or 0


def overdue_tasks() -> int:
    """How many tasks should have been done a quarter of an hour ago."""
    return tasks(Outbox.due < now() - OVERDUE)


def redis_is_away() -> bool:
    """Whether this installation shares its limits in a Redis that does not answer."""
    counters: Counters | None = current_app.extensions["dialogue.counters"]
    return counters is not None and not counters.answers()


def note_look(settings: Settings) -> None:
    """Let others see that the jobs were here; on a disk that is full they go on all the same."""
    with suppress(OSError):
        _mark(settings).touch()


def last_look(settings: Settings) -> datetime | None:
    """When the jobs last went round; None when they never did."""
    try:
        return datetime.fromtimestamp(_mark(settings).stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def warnings(settings: Settings) -> Iterable[str]:
    """What needs somebody soon, although answers are kept."""
    free = free_bytes(settings)
    if free < LITTLE_SPACE:
        yield f"Only {free // 1024**2} MB is free on the disk of the database: make room, or answers will be refused."
    looked = last_look(settings)
    if looked is None or looked < now() - OVERDUE:
        since = f"since {looked:%Y-%m-%d %H:%M} UTC" if looked else "yet"
        yield f"The jobs have not run {since}: nobody sees new answers (`flask --app app jobs`)."
    elif late := overdue_tasks():
        yield f"{late} tasks wait longer than a quarter of an hour: look at the log of the jobs."
    if redis_is_away():
        yield "Redis does not answer: answers are kept, but until it does every process counts its limits for itself."


def _mark(settings: Settings) -> Path:
    return settings.instance / "jobs.looked"
