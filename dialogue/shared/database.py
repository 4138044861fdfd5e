"""The database: one base for all models, and the one way to write.

Every write transaction, with the checkpoint it may trigger, runs inside one exclusive file lock shared by all
processes: SQLite before 3.51.3 can lose commits when two connections write or checkpoint at once (promises.md, 1).
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    DDL,
    DateTime,
    Dialect,
    Engine,
    Enum,
    ExecutableDDLElement,
    MetaData,
    Table,
    TypeDecorator,
    event,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session, registry

from dialogue.shared.errors import Busy

LOCK_SECONDS = 10.0
PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "trusted_schema": "OFF",
    "secure_delete": "ON",
    "mmap_size": "0",
    "busy_timeout": "5000",
}
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    """Names of constraints are fixed, so that migrations can name them; enums are stored as their values."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_label)s",
                "uq": "uq_%(table_name)s_%(column_0_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            StrEnum: Enum(
                StrEnum,
                native_enum=False,
                create_constraint=True,
                length=20,
                values_callable=lambda members: [member.value for member in members],
            )
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; goes in and comes out timezone-aware on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


WITHOUT_ROWID = {"sqlite_with_rowid": False}  # rows lie in key order, not in the order of writing


def connect_args() -> dict[str, Any]:
    """What the SQLite driver is opened with: transactions are begun by us, never by the driver."""
    return {"isolation_level": None, "check_same_thread": False}


@event.listens_for(Engine, "connect")
def _set_pragmas(connection: Any, _record: Any) -> None:
    if not type(connection).__module__.startswith("sqlite3"):
        return
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, _context: Any, _instances: Any) -> None:
    if not _writing.get() and (session.new or session.dirty or session.deleted):
        raise RuntimeError("A write outside `with writing():` would skip the lock that keeps answers safe.")


@contextmanager
def file_lock(path: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the one write lock of this installation; raises Busy when it cannot be had in time."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Busy(str(error)) from error
    try:
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Busy("the write lock is held too long") from None
                time.sleep(0.002)
        yield
    finally:
        os.close(descriptor)


def holds_lock() -> bool:
    """Whether this is inside `writing()`."""
    return _writing.get()


@contextmanager
def writing() -> Iterator[Session]:
    """The one way to write: ends the read transaction, takes the lock, begins, and commits at the end.

    Validate, hash and render before it; inside it re-read what the decision rests on, write, and leave. An error
    rolls everything back. Services never commit: the route, job or command that calls them holds this block.
    """
    if _writing.get():
        raise RuntimeError("`writing()` does not nest: the outer block commits.")
    session: Session = db.session()
    session.rollback()
    with file_lock(current_app.extensions["dialogue"].settings.lock):
        token = _writing.set(True)
        try:
            session.execute(text("SELECT 1"))  # begins now, under the lock
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            _writing.reset(token)


def upsert(table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can say what to do ON CONFLICT, in the words of this database."""
    return postgresql.insert(table) if db.engine.dialect.name == "postgresql" else sqlite.insert(table)


def after_create(table: Table, *statements: str) -> None:
    """Create triggers with their table (SQLite); migrations carry the same statements."""
    for statement in statements:
        ddl: ExecutableDDLElement = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", ddl.execute_if(dialect="sqlite"))


def refuse_changes(table: Table, *, update: bool = True, delete: bool = True) -> None:
    """Let the database itself refuse to change or delete rows of `table`."""
    verbs = [verb for verb, wanted in (("UPDATE", update), ("DELETE", delete)) if wanted]
    for verb in verbs:
        after_create(
            table,
            f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} "
            f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END",
        )
