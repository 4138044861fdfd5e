"""Background work of answering: notice concerns, and forget fingerprints."""

from datetime import date

from sqlalchemy import update

from dialogue.answering.models import Response
from dialogue.answering.queries import kept_fingerprints, unnoticed_concerns, unowed_concerns
from dialogue.answering.rules import FINGERPRINTS_KEPT
from dialogue.answering.services import owe_reading
from dialogue.shared.clock import now, today
from dialogue.shared.database import db, writing

LOT = 500
_forgotten_on: dict[str, date] = {}  # per database: once a day is enough


def notice_concerns() -> None:
    """Give new concerns their day, and owe the reading of those that nobody read on it.

    A duty and its entry in the ledger know the hour and the order; so they are made once the day is over, by key.
    """
    if not (unnoticed_concerns() or unowed_concerns()):
        return
    with writing():
        for concern in unnoticed_concerns():
            concern.first_seen = today()
        for concern in unowed_concerns():
            owe_reading(concern)


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
