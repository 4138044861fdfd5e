"""What tests of notices share: a duty, the jobs that look at it on a day, and who was told what."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from dialogue.duties import jobs as duty_jobs
from dialogue.duties import services
from dialogue.duties.models import Duty, Notice, NoticeState
from dialogue.duties.queries import duty
from dialogue.shared.clock import CALENDAR, pinned
from dialogue.shared.database import db, writing
from dialogue.shared.outbox import run_due
from tests.builders import Cast
from tests.duties.mailbox import Mailbox

DUE = date(2026, 11, 20)  # a Friday
FROM = "dialogue@oudenhove.example"


def at(day: date, hour: int = 8) -> Any:
    return pinned(datetime(day.year, day.month, day.day, hour, tzinfo=CALENDAR))


def owe(cast: Cast, object_: str = "signal:1", due: date = DUE, kind: str = "decision", **values: Any) -> Duty:
    fields: dict[str, Any] = {"municipality_id": cast.town.id, "department_id": cast.mobility.id}
    fields |= {"subject": "De auto's rijden te snel.", "due": due}
    with at(date(2026, 10, 1)), writing():
        services.owe("test", kind, object_, **fields | values)
    return duty(kind, object_)


def look(day: date, hour: int = 8) -> None:
    """What the jobs do at one look; the outbox has no work that is not due."""
    with at(day, hour):
        duty_jobs.notice_duties()
        while run_due({duty_jobs.MAIL: duty_jobs.send_mail}):
            pass
    db.session.rollback()


def told(box: Mailbox) -> list[tuple[str, str]]:
    return sorted((str(mail["To"].addresses[0].username), str(mail["Subject"]).split(":")[0]) for mail in box.mails)


def notices(*, state: NoticeState) -> list[Notice]:
    return list(db.session.scalars(select(Notice).where(Notice.state == state)))
