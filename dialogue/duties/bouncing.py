"""A mail that was taken and came back later: as one that was refused at once."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from dialogue.duties.mailing import mail_host
from dialogue.duties.models import Notice, NoticeState
from dialogue.duties.noticing import pass_on
from dialogue.shared.bounces import Bounce
from dialogue.shared.clock import now, today
from dialogue.shared.database import db, writing
from dialogue.shared.mail import message_id

REMEMBERED = timedelta(days=30)  # mail servers give up after some days


def came_back(bounce: Bounce) -> Notice | None:
    """Note it, and let the coordinators get it instead; None when it is no mail of ours, or was noted before.

    A notice about another address than the one we wrote to (a mailbox that sends everything on) counts too: nobody
    read our mail there. That somebody lies about it costs one more mail to the coordinators, and hides nothing.
    """
    sent = select(Notice).where(Notice.state == NoticeState.SENT, Notice.day > today() - REMEMBERED)
    host = mail_host()
    ours = (one.id for one in db.session.scalars(sent) if message_id(one.key, host) == bounce.message_id)
    notice_id = next(ours, None)
    db.session.rollback()
    if notice_id is None:
        return None
    with writing() as session:
        notice = session.get_one(Notice, notice_id, options=[joinedload(Notice.staff_member)])
        if notice.state != NoticeState.SENT:
            return None  # somebody else noted it meanwhile
        notice.state, notice.trouble, notice.settled_at = NoticeState.FAILED, bounce.said, now()
        pass_on(notice)
        return notice
