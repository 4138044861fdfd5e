"""Background work of answering: notice concerns, and forget fingerprints."""

from datetime import date

from sqlalchemy import Connection, delete, insert, select, update

from dialogue.answering.models import Concern, Response
from dialogue.answering.queries import kept_fingerprints, unnoticed_concerns, unowed_concerns
from dialogue.answering.rules import FINGERPRINTS_KEPT
from dialogue.answering.services import owe_reading
from dialogue.shared.clock import now, today
from dialogue.shared.database import db, writing
from dialogue.shared.traces import leave_no_trace

LOT = 500
_forgotten_on: dict[str, date] = {}  # per database: once a day is enough


def notice_concerns() -> None:
    """Give new concerns their day, and owe the reading of those that nobody read on it.

    A duty and its entry in the ledger know the hour and the order; so they are made once the day is over, by key.
    Then the database forgets the order in which they came.
    """
    new = bool(unnoticed_concerns() or unowed_concerns())
    if new:
        with writing() as session:
            _notice(session.connection())
            for concern in unowed_concerns():
                owe_reading(concern)
    leave_no_trace(Concern, changed=new)


def _notice(connection: Connection) -> None:
    """Give new concerns their day; all of today are written anew by key, for how rows lie tells which came first."""
    of_today = Concern.first_seen == today()
    connection.execute(update(Concern).where(Concern.first_seen.is_(None)).values(first_seen=today()))
    rows = connection.execute(select(Concern.__table__).where(of_today).order_by(Concern.key)).mappings().all()
    connection.execute(delete(Concern).where(of_today))
    if rows:
        connection.execute(insert(Concern), [dict(row) for row in rows])


def forget_fingerprints() -> None:
    """Thirty days after closing nothing is sent again: what tells two sendings apart goes."""
    here = str(db.engine.url)
    if _forgotten_on.get(here) == today():
        return
    keys = kept_fingerprints(now() - FINGERPRINTS_KEPT)
    for start in range(0, len(keys), LOT):
        with writing() as session:
            session.execute(
                update(Response).where(Response.key.in_(keys[start : start + LOT])).values(fingerprint=None)
            )
    _forgotten_on[here] = today()
