"""The database as it is now: whether anything was written since, and how to have it back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests import databases

NEXT = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"  # only who writes has a number
KEPT = "SELECT count(*) FROM generate_series(%s, %s - 1) one WHERE pg_xact_status(one::text::xid8) = 'committed'"


class OfSQLite:
    """A copy in memory."""

    def __init__(self, folder: Path) -> None:
        self._watch, self._seed = sqlite3.connect(folder / "dialogue.db"), sqlite3.connect(":memory:")
        self._watch.backup(self._seed)

    def version(self) -> int:
        """A number that changes when anybody else writes."""
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def put_back(self) -> None:
        """Undo all that was written."""
        self._seed.backup(self._watch)

    def close(self) -> None:
        self._watch.close()
        self._seed.close()


class OfPostgreSQL:
    """Every row of every table, and where its numbers are."""

    def __init__(self, folder: Path) -> None:
        self._store: Any = databases.server().database_of(folder)
        tables = self._all("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        self._rows = {table: self._copied(table) for (table,) in tables}
        self._numbers = self._all("SELECT sequencename, coalesce(last_value, 1), last_value > 0 FROM pg_sequences")
        self._looked, self._kept = self._next(), 0

    def version(self) -> int:
        """A number that changes when anybody writes; what was rolled back was not written."""
        next_one = self._next()
        self._kept += int(self._store.execute(KEPT, (self._looked, next_one)).fetchone()[0])
        self._looked = next_one
        return self._kept

    def put_back(self) -> None:
        """Undo all that was written."""
        with self._store.transaction(), self._store.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f'DELETE FROM "{table}"' for table in self._rows))
            for table, rows in self._rows.items():
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)
            for name, last, used in self._numbers:
                cursor.execute("SELECT setval(%s, %s, %s)", (name, last, bool(used)))

    def close(self) -> None:
        self._store.close()

    def _next(self) -> int:
        return int(self._all(NEXT)[0][0])

    def _all(self, sql: str) -> list[Any]:
        return list(self._store.execute(sql).fetchall())

    def _copied(self, table: str) -> bytes:
        with closing(self._store.cursor()) as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
            return b"".join(copy)


Snapshot = OfSQLite | OfPostgreSQL
take: Callable[[Path], Snapshot] = OfPostgreSQL if databases.ON_POSTGRESQL else OfSQLite
