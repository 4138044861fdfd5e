"""What is wrong with this installation, in plain words: for `flask --app app check` and whoever is called at night."""

import shutil
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select

from dialogue.answering.models import Letter, Waiting
from dialogue.consultations.models import State, Wave
from dialogue.people.models import Municipality
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.models import Outbox
from dialogue.shared.startup import Dialogue, why_not_serve

LITTLE_SPACE = 1024**3
JOBS_LATE = timedelta(minutes=10)
BOX_DAYS = 15  # a letter never waits longer than fourteen days; one more for the job
HELP_LINE = timedelta(days=365)


def complaints(dialogue: Dialogue) -> list[str]:
    """Everything that needs somebody, the most serious first; empty when all is well."""
    reasons = why_not_serve(dialogue)
    if reasons:
        return reasons
    return [*_disk(dialogue), *_jobs(), *_letters(), *_help_lines()]


def _disk(dialogue: Dialogue) -> Iterable[str]:
    free = shutil.disk_usage(dialogue.settings.instance).free
    if free < LITTLE_SPACE:
        yield f"Only {free // 1024**2} MB is free on the disk of the database: make room, or answers will be refused."


def _jobs() -> Iterable[str]:
    waiting = select(func.count()).where(Outbox.done.is_(None))
    late = db.session.scalar(waiting.where(Outbox.due < now() - JOBS_LATE, Outbox.tries == 0))
    if late:
        yield f"{late} tasks wait longer than ten minutes: the jobs do not run (`flask --app app jobs`)."
    failing = db.session.scalar(waiting.where(Outbox.tries > 3))
    if failing:
        yield f"{failing} tasks keep failing: look at the log of the jobs."


def _letters() -> Iterable[str]:
    closed = select(func.count()).select_from(Letter).join(Wave, Wave.id == Letter.wave_id)
    unopened = db.session.scalar(
        closed.where(
            Letter.batch_id.is_(None),
            Wave.state.in_([State.CLOSED, State.ANSWERED]),
            Wave.closed_at < now() - JOBS_LATE,
        )
    )
    if unopened:
        yield f"{unopened} answers of closed rounds are still in the letter box: the jobs do not run."
    too_long = select(func.count()).select_from(Waiting).where(Waiting.since < today() - timedelta(days=BOX_DAYS))
    if groups := db.session.scalar(too_long):
        yield f"Answers of {groups} groups wait longer than {BOX_DAYS - 1} days in the letter box: the jobs do not run."


def _help_lines() -> Iterable[str]:
    old = select(Municipality).where(Municipality.help_checked_on < today() - HELP_LINE)
    for town in db.session.scalars(old.where(Municipality.is_example.is_(False)).order_by(Municipality.name)):
        yield (
            f"{town.name}: the help line {town.help_name} {town.help_number} was last checked on "
            f"{town.help_checked_on}: call it, and note the day under “Mensen en diensten”."
        )
