"""Reading the chain: its head, whether a head is still in it, and whether every link holds."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, String, cast, func, literal, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, scoped_session

from dialogue.ledger.models import Entry
from dialogue.ledger.rules import FIELDS, FIRST, seal
from dialogue.shared.database import db

CHUNK = 1000
_COLUMNS = [getattr(Entry, name) for name in (*FIELDS, "hash") if name != "at"]
_SMALLEST = -(2**63)

AnySession = Session | scoped_session[Any]


def head(session: AnySession = db.session) -> str:
    """The hash of the last entry; 64 zeros before the first."""
    return session.scalar(select(Entry.hash).order_by(Entry.sequence.desc()).limit(1)) or FIRST


def holds(known_head: str, session: AnySession = db.session) -> bool:
    """Whether a head that was once published is still in the chain: false when its tail was cut or rewritten."""
    return known_head == FIRST or session.scalar(select(Entry.sequence).where(Entry.hash == known_head)) is not None


def happened(verb: str, object_: str) -> bool:
    """Whether this was ever done to this record."""
    return (
        db.session.scalar(select(Entry.sequence).where(Entry.object == object_, Entry.verb == verb).limit(1))
        is not None
    )


def verify(session: AnySession = db.session) -> int | None:
    """The sequence of the first entry that is wrong or missing, or None; reads in chunks, whatever the length."""
    previous, expected, begin = FIRST, 1, _SMALLEST
    while rows := _chunk(session, begin):
        for row in rows:
            if row.sequence != expected or seal(previous, _as_sealed(row)) != row.hash:
                return expected
            previous, expected = row.hash, expected + 1
        begin = expected
    return expected if rows is None else None


def _as_sealed(row: Row[Any]) -> dict[str, Any]:
    return row._asdict() | {"at": str(row.at).replace(" ", "T", 1) + "+00:00"}


def _written(session: AnySession) -> ColumnElement[str]:
    """The moment as it is written, not as it is understood: "2026-03-12!09:00" would mean the same to Python."""
    if session.get_bind().dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", Entry.at), "YYYY-MM-DD HH24:MI:SS.US").label("at")
    return cast(Entry.at, String).label("at")


def _chunk(session: AnySession, begin: int) -> Sequence[Row[Any]] | None:
    """The next entries, or only the next one when a later one cannot be read, or None when not even that can."""
    for size in (CHUNK, 1):
        try:
            later = Entry.sequence >= literal(begin, BigInteger)
            chosen = select(_written(session), *_COLUMNS).where(later).order_by(Entry.sequence).limit(size)
            return session.execute(chosen).all()
        except DBAPIError:  # text that is none
            session.rollback()
    return None
