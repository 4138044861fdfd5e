"""Work that must not be lost: a row of our own, done at least once by `flask jobs`.

One durable queue in the one database: no second store that could disagree with the first after a crash.
"""

import logging
import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from dialogue.shared.clock import now
from dialogue.shared.database import db, writing
from dialogue.shared.models import Outbox

log = logging.getLogger(__name__)
Handler = Callable[[dict[str, Any]], None]
BATCH = 50
LONGEST_WAIT = timedelta(hours=1)


def enqueue(kind: str, payload: dict[str, Any]) -> None:
    """Ask for work of `kind`; call inside `with writing():`. The same work waiting already is not asked twice."""
    waiting = db.session.scalars(select(Outbox).where(Outbox.kind == kind, Outbox.done.is_(None)))
    if not any(row.payload == payload for row in waiting):
        db.session.add(Outbox(kind=kind, payload=payload, due=now()))


def is_asked(kind: str) -> bool:
    """Whether work of this kind waits already."""
    waiting = select(Outbox.id).where(Outbox.kind == kind, Outbox.done.is_(None))
    return db.session.scalar(waiting.limit(1)) is not None


def run_due(handlers: Mapping[str, Handler]) -> int:
    """Do what is due, each in its own transaction; what fails is tried again later, with a growing pause."""
    due = select(Outbox.id, Outbox.kind, Outbox.payload).where(Outbox.done.is_(None), Outbox.due <= now())
    rows = db.session.execute(due.order_by(Outbox.id).limit(BATCH)).all()
    for row_id, kind, payload in rows:
        trouble = _try(handlers, kind, payload)
        with writing() as session:
            row = session.get_one(Outbox, row_id)
            row.tries += 1
            row.trouble = trouble
            if trouble is None:
                row.done = now()
            else:
                row.due = now() + pause(row.tries)
    return len(rows)


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries: longer each time, never over an hour, and not all at the same moment."""
    wait = min(timedelta(seconds=5 * 2 ** min(tries, 10)), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1)  # noqa: S311


def _try(handlers: Mapping[str, Handler], kind: str, payload: dict[str, Any]) -> str | None:
    try:
        handlers[kind](payload)
    except Exception as error:
        log.exception("work of kind %s failed", kind)
        db.session.rollback()
        return f"{type(error).__name__}: {error}"[:500]
    return None
