"""Copies of a PostgreSQL database: made by pg_dump, put back by pg_restore beside what is there."""

import os
import shutil
import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from dialogue.ledger.queries import verify
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import BackupRefused
from dialogue.shared.models import Installation
from dialogue.shared.settings import Settings
from dialogue.shared.startup import Dialogue

OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def copy_to(settings: Settings, target: Path) -> None:
    """Only our own tables: what a restore put aside stays out."""
    _run(settings, "pg_dump", "--format=custom", "--schema=public", f"--file={target}")


def put_back(dialogue: Dialogue, copy: Path, *, replace: bool) -> str:
    """Make `copy` the database; returns the schema in which the old one now is.

    The old one comes back as it was when anything is wrong with the copy.
    """
    db.session.remove()
    db.engine.dispose()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        tables = inspect(connection).get_table_names(schema="public")
        if tables and not replace:
            raise BackupRefused("The database holds an installation; --replace moves it aside first.")
        if connection.scalar(text(OTHERS)):
            raise BackupRefused("The database is in use: stop the web server and the jobs first.")
        aside = f"before_{now():%Y%m%d_%H%M%S_%f}"
        connection.execute(text(f"ALTER SCHEMA public RENAME TO {aside}"))
        try:
            _run(dialogue.settings, "pg_restore", "--exit-on-error", "--single-transaction", str(copy))
            complaints = why_not_this(connection, dialogue)
        except BackupRefused as refusal:
            complaints = [f"it is not a copy of Dialogue, or it is damaged: {refusal}"]
        except SQLAlchemyError:
            complaints = ["it is not a copy of Dialogue"]
        if complaints:
            connection.execute(text("DROP SCHEMA IF EXISTS public CASCADE"))
            connection.execute(text(f"ALTER SCHEMA {aside} RENAME TO public"))
            raise BackupRefused("The copy is not put back:\n- " + "\n- ".join(complaints))
        if not tables:
            connection.execute(text(f"DROP SCHEMA {aside} CASCADE"))
    return f"the schema {aside}" if tables else ""


def why_not_this(connection: Connection, dialogue: Dialogue) -> list[str]:
    """What is wrong with the copy that now stands in the schema public: a ledger that does not hold, or other keys."""
    with Session(connection) as session:
        complaints = []
        if session.scalar(select(Installation.keys_check)) != dialogue.keys.check_value():
            complaints.append("it belongs to other keys: put the key files of this copy in place first")
        bad = verify(session)
    return [*complaints, f"entry {bad} of the ledger was changed"] if bad else complaints


def _run(settings: Settings, tool: str, *arguments: str) -> None:
    """A tool of PostgreSQL on our database; the password travels in its environment, where nobody else can read it."""
    program = shutil.which(tool)
    if not program:
        raise BackupRefused(f"{tool} is not there: install the client programs of PostgreSQL (postgresql-client).")
    parts = conninfo_to_dict(settings.database_url)
    secret = {"PGPASSWORD": str(password)} if (password := parts.pop("password", None)) else {}
    command = [program, "--no-owner", "--no-privileges", f"--dbname={make_conninfo('', **parts)}", *arguments]
    done = subprocess.run(command, env=os.environ | secret, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupRefused(f"{tool} stopped with {done.returncode}: {done.stderr.strip()}")
