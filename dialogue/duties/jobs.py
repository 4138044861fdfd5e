"""Background work of duties: look once a day who gets mail, and hand it to the mail server, outside every lock.

The mail of a day is planned in one transaction with the outbox row that asks for sending. A mail that was handed over
just before a kill is sent once more, with the same Message-ID; none is lost.
"""

import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from dialogue.duties import noticing
from dialogue.duties.mailing import mail_host, written
from dialogue.duties.models import Duty, Notice, NoticeRound, NoticeState
from dialogue.duties.queries import OPEN
from dialogue.shared.clock import now, today
from dialogue.shared.database import db, writing
from dialogue.shared.mail import Connection, TryLater, Undeliverable, compose, connected
from dialogue.shared.outbox import enqueue, is_asked
from dialogue.shared.settings import Settings

MAIL = "mail"
AT_MOST = 20.0  # seconds of sending at one look: other work waits
GIVE_UP = timedelta(days=3)
_looked_on: dict[str, date] = {}  # per database: no need to ask it again today


def notice_duties() -> None:
    """Once a day, from seven o'clock on, plan who gets mail; and see to it that what waits is sent."""
    if _settings().mail_server is None:
        return
    here = str(db.engine.url)
    if _looked_on.get(here) != today() and noticing.is_morning():
        _plan(today())
        _looked_on[here] = today()
    if not is_asked(MAIL) and _waiting():
        with writing():
            enqueue(MAIL, {})


def send_mail(_payload: dict[str, Any]) -> None:
    """Hand over all mail that waits; raises TryLater when the mail server did not take all of it now."""
    _give_up()
    server, waiting = _settings().mail_server, _waiting()
    if server is None or not waiting:
        return
    began, later = time.monotonic(), ""
    with connected(server) as connection:
        for notice_id in waiting:
            if time.monotonic() - began > AT_MOST:
                return  # the next look goes on
            try:
                state, trouble = _send(connection, notice_id), None
            except Undeliverable as refusal:
                state, trouble = NoticeState.FAILED, str(refusal)
            except TryLater as wait:
                state, trouble, later = NoticeState.WAITING, str(wait), str(wait)
            _settle(notice_id, state, trouble, refused=state == NoticeState.FAILED)
            if later and not connection.is_open:
                break
    if later:
        raise TryLater(later)


def _plan(day: date) -> None:
    if db.session.get(NoticeRound, day):
        return
    notices = noticing.plan(day)
    with writing() as session:
        if session.get(NoticeRound, day):
            return  # another process was first
        session.add_all([NoticeRound(day=day), *notices])
        if notices:
            enqueue(MAIL, {})


def _waiting() -> Sequence[int]:
    chosen = select(Notice.id).where(Notice.state == NoticeState.WAITING).order_by(Notice.id)
    return db.session.scalars(chosen).all()


def _give_up() -> None:
    old = select(Notice.id, Notice.trouble).where(Notice.state == NoticeState.WAITING, Notice.day < today() - GIVE_UP)
    for notice_id, trouble in db.session.execute(old).all():
        _settle(notice_id, NoticeState.FAILED, trouble or "the mail server could not be reached")


def _send(connection: Connection, notice_id: int) -> NoticeState:
    notice = db.session.get_one(Notice, notice_id, options=[joinedload(Notice.staff_member)])
    open_ = select(Duty).where(Duty.id.in_(notice.duties), *OPEN).options(joinedload(Duty.department))
    duties = db.session.scalars(open_.order_by(Duty.due, Duty.id)).all()
    if not duties or notice.staff_member.disabled_at:
        return NoticeState.NEEDLESS
    settings = _settings()
    message = compose(
        written(notice, duties, noticing.unreached(notice)),
        settings.mail_from,
        mail_host(),
    )
    db.session.rollback()  # nobody waits for us while we wait for the mail server
    connection.hand_over(message)
    return NoticeState.SENT


def _settle(notice_id: int, state: NoticeState, trouble: str | None, *, refused: bool = False) -> None:
    """`refused`: by the mail server, for good; a server that was away for days says nothing of an address."""
    with writing() as session:
        notice = session.get_one(Notice, notice_id)
        notice.state, notice.trouble = state, trouble
        notice.settled_at = None if state == NoticeState.WAITING else now()
        if refused:
            noticing.pass_on(notice)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["dialogue"].settings
    return settings
