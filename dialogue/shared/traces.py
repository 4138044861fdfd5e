"""When the order in which rows came is wiped from the database: after each change, and once in every process."""

from dialogue.shared.database import Base, db, forget_order

_wiped: set[tuple[str, str]] = set()  # databases, and tables of which nothing is left to wipe


def leave_no_trace(*tables: type[Base], changed: bool) -> None:
    """Wipe what still tells how rows of these tables came or went, now or, with somebody in the way, at a later look.

    `changed`: something came or went since the last look; the process before this one may have been stopped then.
    """
    for table in tables:
        here = (str(db.engine.url), table.__tablename__)
        if changed:
            _wiped.discard(here)
        if here not in _wiped and forget_order(table):
            _wiped.add(here)
