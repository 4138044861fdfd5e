"""Somebody who takes everything that lies on the disk, and may ask the database anything, but has no keys."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests import databases
from tests.promises.linking import Child, Look, looks, marks_in, marks_of

WAL = "write-ahead log"
HERE = "SELECT pg_walfile_name(pg_current_wal_lsn())"


class Thief:
    """Somebody who takes everything that lies on the disk, when they like."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._since = _log_now(folder) if databases.ON_POSTGRESQL else ""

    def takes(self, target: Path) -> Path:
        """The folder of the installation and, on PostgreSQL, what the server wrote, as it lies on the disk now."""
        shutil.copytree(self.folder, target)
        if databases.ON_POSTGRESQL:
            _take(self.folder, self._since, target)
        return target

    def looks(self, taken: Path, children: Sequence[Child]) -> dict[str, Look]:
        """What can be seen in that and, on PostgreSQL, by asking the database."""
        return looks(taken, children) | (_in_rows(self.folder, children) if databases.ON_POSTGRESQL else {})


def _log_now(folder: Path) -> str:
    """The file to which the write-ahead log has come."""
    with closing(databases.Store(folder)) as store:
        return str(store.execute(HERE).fetchone()[0])


def _take(folder: Path, since: str, target: Path) -> None:
    """Copy to `target` the files of this database, the write-ahead log from `since` on, and the log of the server."""
    data = databases.server().folder / "data"
    with closing(databases.Store(folder)) as store:
        store.execute("CHECKPOINT")
        (number,) = store.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
        (until,) = store.execute(HERE).fetchone()
    shutil.copytree(data / "base" / str(number), target / "base")
    written = sorted(path for path in (data / "pg_wal").iterdir() if path.is_file() and since <= path.name <= until)
    assert written[0].name == since, "all of the log since then is still there"
    (target / WAL).write_bytes(b"".join(path.read_bytes() for path in written))
    shutil.copy(data / "log", target / "server.log")


def _in_rows(folder: Path, children: Sequence[Child]) -> dict[str, Look]:
    """Where each row lies in its table, and the number of the transaction that wrote it."""
    marks, found = marks_of(children), {}
    with closing(databases.Store(folder)) as store:
        for (table,) in store.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            every = f'SELECT one.xmin::text::bigint, one.* FROM "{table}" one ORDER BY one.ctid'
            rows = store.execute(every).fetchall()
            seen = [(number, row[0], mark) for number, row in enumerate(rows) for mark in marks_in(row, marks)]
            if seen:
                found[f"row of {table}"] = {mark: number for number, _, mark in seen}
                found[f"transaction of {table}"] = {mark: transaction for _, transaction, mark in seen}
    return found
