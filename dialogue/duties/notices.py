"""Reading who was mailed: what failed lately, for the coordinator and for whoever runs the server."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from dialogue.duties.models import Notice, NoticeState
from dialogue.people.models import StaffMember
from dialogue.shared.clock import now, today
from dialogue.shared.database import db

LATELY = timedelta(days=30)
MOST = 20
WAITS_LONG = timedelta(days=1)


def failed_lately(municipality_id: int) -> Sequence[Notice]:
    """The last mail of each person of the town that failed after the last one that arrived, the newest first."""
    latest = select(func.max(Notice.id)).where(Notice.state.in_([NoticeState.FAILED, NoticeState.SENT]))
    latest = latest.where(Notice.day > today() - LATELY).group_by(Notice.staff_member_id)
    chosen = select(Notice).join(Notice.staff_member).options(contains_eager(Notice.staff_member))
    chosen = chosen.where(StaffMember.municipality_id == municipality_id, Notice.id.in_(latest))
    failed = chosen.where(Notice.state == NoticeState.FAILED, StaffMember.disabled_at.is_(None))
    return db.session.scalars(failed.order_by(Notice.id.desc()).limit(MOST)).all()


def complaints() -> Iterable[str]:
    """What is wrong with mail, for whoever runs the server."""
    waiting = select(func.count(), func.max(Notice.trouble)).where(Notice.state == NoticeState.WAITING)
    count, trouble = db.session.execute(waiting.where(Notice.day < (now() - WAITS_LONG).date())).one()
    if count:
        yield f"{count} mails wait longer than a day: {trouble or 'the jobs do not run'}."
    refused = select(func.count()).where(Notice.state == NoticeState.FAILED, Notice.day > today() - timedelta(days=7))
    if failed := db.session.scalar(refused):
        yield f"{failed} mails could not be delivered this week: a coordinator sees which under “Plichten”."
