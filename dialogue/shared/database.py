"""The database, SQLite or PostgreSQL: one base for all models, and the one way to write.

Writes take turns: on SQLite by a file lock, on PostgreSQL by a lock of the database (`dialogue.shared.sqlite`,
`dialogue.shared.postgresql`).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, TypeDecorator, event, make_url, text
from sqlalchemy.dialects import postgresql as postgresql_dialect
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.pool import Pool

from dialogue.shared import postgresql, sqlite, triggers
from dialogue.shared.settings import Settings

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


triggers.before_all(Base.metadata)
db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Moment(TypeDecorator[datetime]):
    """A moment; goes in and comes out timezone-aware, in UTC, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value and value.astimezone(UTC)


WITHOUT_ROWID = {"sqlite_with_rowid": False}  # rows lie in key order, not in the order of writing


def engine_settings(settings: Settings) -> dict[str, Any]:
    """What Flask-SQLAlchemy is told: where the database is, and how to connect to it."""
    if settings.database_url:
        address, options = postgresql.address(settings.database_url), postgresql.engine_options()
    else:
        address, options = make_url(f"sqlite:///{settings.database}"), {"connect_args": sqlite.connect_args()}
    return {"SQLALCHEMY_DATABASE_URI": address, "SQLALCHEMY_ENGINE_OPTIONS": options | {"hide_parameters": True}}


def on_postgresql() -> bool:
    """Whether the database of this application is PostgreSQL."""
    return db.engine.dialect.name == "postgresql"


@event.listens_for(Engine, "connect")
def _set_up(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        sqlite.set_pragmas(connection)


@event.listens_for(Pool, "connect")
def _note_process(_connection: Any, record: Any) -> None:
    record.info["process"] = os.getpid()


@event.listens_for(Pool, "checkout")
def _leave_to_parent(_connection: Any, record: Any, fairy: Any) -> None:
    """A process never uses a connection of the one that it was forked from."""
    if record.info["process"] != os.getpid():
        record.dbapi_connection = fairy.dbapi_connection = None
        raise DisconnectionError


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, _context: Any, _instances: Any) -> None:
    if not _writing.get() and (session.new or session.dirty or session.deleted):
        raise RuntimeError("A write outside `with writing():` would skip the lock that keeps answers safe.")


def holds_lock() -> bool:
    """Whether this is inside `writing()`."""
    return _writing.get()


@contextmanager
def writing(*, in_turn: bool = True) -> Iterator[Session]:
    """The one way to write: ends the read transaction, takes its turn, begins, and commits at the end.

    Validate, hash and render before it; inside it re-read what the decision rests on, write, and leave. An error
    rolls everything back. Services never commit: the route, job or command that calls them holds this block. What
    only adds rows that the database tells apart itself may say `in_turn=False`: on PostgreSQL it then waits for nobody.
    """
    if _writing.get():
        raise RuntimeError("`writing()` does not nest: the outer block commits.")
    session: Session = db.session()
    session.rollback()
    with nullcontext() if on_postgresql() else sqlite.file_lock(current_app.extensions["dialogue"].settings.lock):
        token = _writing.set(True)
        try:
            if on_postgresql():
                postgresql.begin(session, in_turn=in_turn)
            else:
                session.execute(text("SELECT 1"))  # begins now, under the lock
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            _writing.reset(token)


def upsert(table: type[Base]) -> postgresql_dialect.Insert | sqlite_dialect.Insert:
    """An INSERT that can say what to do ON CONFLICT, in the words of this database."""
    return postgresql_dialect.insert(table) if on_postgresql() else sqlite_dialect.insert(table)


def forget_order(table: type[Base]) -> bool:
    """Wipe where the database still tells in what order rows of `table` came; False when somebody is in the way."""
    db.session.rollback()
    if on_postgresql():
        return postgresql.rewrite(db.engine, table.__tablename__)
    return sqlite.empty_log(db.engine, current_app.extensions["dialogue"].settings.lock)
