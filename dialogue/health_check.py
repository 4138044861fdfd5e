"""What is wrong with this installation, in plain words: for `flask --app app check` and whoever is called at night."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from dialogue.answering.models import Concern, Letter, Waiting
from dialogue.consultations.models import Consultation, State, Wave
from dialogue.duties.notices import complaints as mail_complaints
from dialogue.people.models import Municipality
from dialogue.shared.clock import next_working_day, now, today
from dialogue.shared.database import db
from dialogue.shared.mail import TryLater, connected
from dialogue.shared.models import Outbox
from dialogue.shared.startup import Dialogue, why_not_serve
from dialogue.shared.watching import OVERDUE, tasks, warnings

BOX_DAYS = 15  # a letter never waits longer than fourteen days; one more for the job
HELP_LINE = timedelta(days=365)


def complaints(dialogue: Dialogue) -> list[str]:
    """Everything that needs somebody, the most serious first; empty when all is well."""
    reasons = why_not_serve(dialogue)
    if reasons:
        return reasons
    answers = [*_concerns(), *warnings(dialogue.settings), *_failing(), *_letters()]
    return [*answers, *_help_lines(), *_mail(dialogue), *_proxies(dialogue)]


def unread_concerns() -> Sequence[date]:
    """The days on which concerns that nobody read yet were noticed, in all municipalities but examples."""
    unread = select(Concern.first_seen).join(Concern.wave).join(Wave.consultation)
    real = unread.join(Municipality, Municipality.id == Consultation.municipality_id)
    real = real.where(Concern.read_on.is_(None), Municipality.is_example.is_(False))
    return [day for day in db.session.scalars(real) if day]


def is_late(noticed_on: date) -> bool:
    """Whether what was noticed on this day should have been read before today: more than one working day."""
    return next_working_day(noticed_on) < today()


def _concerns() -> Iterable[str]:
    if late := sum(map(is_late, unread_concerns())):
        yield (
            f"{late} concerns of children are unread for more than one working day: call the safeguarding contact "
            "today (“Zorgen van kinderen”)."
        )


def _failing() -> Iterable[str]:
    if failing := tasks(Outbox.tries > 3):
        yield f"{failing} tasks keep failing: look at the log of the jobs."


def _letters() -> Iterable[str]:
    closed = select(func.count()).select_from(Letter).join(Wave, Wave.id == Letter.wave_id)
    unopened = db.session.scalar(
        closed.where(
            Letter.batch_id.is_(None),
            Wave.state.in_([State.CLOSED, State.ANSWERED]),
            Wave.closed_at < now() - OVERDUE,
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


def _mail(dialogue: Dialogue) -> Iterable[str]:
    """Whether the mail server takes us, asked now; without one nothing is wrong."""
    yield from mail_complaints()
    server = dialogue.settings.mail_server
    if server:
        try:
            with connected(server):
                pass
        except TryLater as trouble:
            yield f"No mail can be sent, so nobody is reminded: {trouble} (DIALOGUE_SMTP_URL)."


def _proxies(dialogue: Dialogue) -> Iterable[str]:
    if dialogue.settings.production and not dialogue.settings.proxies:
        yield "DIALOGUE_PROXIES is 0: behind a proxy all visitors count as one, and one of them can hold up the others."
