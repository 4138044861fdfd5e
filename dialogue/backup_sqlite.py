"""Copies of an SQLite database: made while everything goes on, and put back after all was checked."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from dialogue.ledger.queries import verify
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import BackupRefused
from dialogue.shared.settings import Settings
from dialogue.shared.sqlite import connect_args, file_lock
from dialogue.shared.startup import Dialogue


def copy_to(settings: Settings, target: Path) -> None:
    """`VACUUM INTO` reads from one moment and holds up no child: only closing, which may write, takes the lock."""
    source = sqlite3.connect(settings.database, isolation_level=None)
    try:
        source.execute("VACUUM INTO ?", (str(target),))
    finally:
        with file_lock(settings.lock):
            source.close()


def put_back(dialogue: Dialogue, copy: Path, *, replace: bool) -> str:
    """Make `copy` the database; returns the file of the old one. All is checked before anything moves."""
    database = dialogue.settings.database
    if database.exists() and not replace:
        raise BackupRefused(f"{database} exists; --replace moves it aside and puts the copy in its place.")
    staged = database.with_name("dialogue.db.staged")
    try:
        _remove(staged)
        shutil.copyfile(copy, staged)
        staged.chmod(0o600)
        complaints = why_not_this(staged, dialogue)
        if complaints:
            raise BackupRefused("The copy is not put back:\n- " + "\n- ".join(complaints))
        db.engine.dispose()
        with file_lock(dialogue.settings.lock):
            aside = str(_move_aside(database)) if database.exists() else ""
            _remove(database)  # a WAL that was left behind would be read into the copy
            to_disk(staged)
            staged.rename(database)
        return aside
    finally:
        _remove(staged)


def why_not_this(file: Path, dialogue: Dialogue) -> list[str]:
    """What is wrong with a copy: damaged, a ledger that does not hold, or other keys. Leaves it without WAL."""
    with closing(sqlite3.connect(file)) as connection:
        try:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return ["it is damaged"]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            check = connection.execute("SELECT keys_check FROM installation").fetchone()
        except sqlite3.DatabaseError:
            return ["it is not a database of Dialogue, or it is damaged"]
    complaints = [f"the table {broken[0]} points at rows that are not there"] if broken else []
    if check is None or check[0] != dialogue.keys.check_value():
        complaints.append("it belongs to other keys: put the key files of this copy in place first")
    engine = create_engine(f"sqlite:///{file}", connect_args=connect_args())
    with Session(engine) as session:
        bad = verify(session)
    engine.dispose()
    _without_wal(file)
    return [*complaints, f"entry {bad} of the ledger was changed"] if bad else complaints


def _move_aside(database: Path) -> Path:
    try:
        _without_wal(database)
    except sqlite3.OperationalError:
        raise BackupRefused("The database is in use: stop the web server and the jobs first.") from None
    aside = database.with_name(f"dialogue-{now():%Y%m%d-%H%M%S}.db")
    database.rename(aside)
    return aside


def _without_wal(file: Path) -> None:
    """Bring everything into the one file; SQLite refuses while another process has it open."""
    with closing(sqlite3.connect(file, timeout=1)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def to_disk(path: Path) -> None:
    """Wait until a file and its name are on the disk."""
    for one in (path, path.parent):
        descriptor = os.open(one, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
