"""What only SQLite needs: its settings, and one file lock around every write of an installation.

Every write transaction, with the checkpoint it may trigger, runs inside one exclusive file lock shared by all
processes: SQLite before 3.51.3 can lose commits when two connections write or checkpoint at once (promises.md, 1).
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

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


OLDEST = (3, 35)  # the first in which a migration can take away a column
OF_A_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "beegfs", "ceph", "gfs2", "lustre", "ocfs2"),
    *("fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.rclone", "fuse.s3fs", "fuse.davfs2"),
}


def why_not_sqlite(folder: Path, *, production: bool) -> list[str]:
    """Reasons why SQLite would not keep a database in this folder well."""
    reasons = []
    if sqlite3.sqlite_version_info < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        reasons.append(f"This Python has SQLite {sqlite3.sqlite_version}; it must be {oldest} or newer, or PostgreSQL.")
    filesystem = filesystem_of(folder) if production else ""
    if filesystem in OF_A_NETWORK:
        reasons.append(f"DIALOGUE_INSTANCE lies on a network file system ({filesystem}); SQLite loses answers there.")
    return reasons


def filesystem_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The type of the file system that holds `path`, the last mounted there ('' where the machine does not tell)."""
    try:
        rows = [line.split() for line in mounts.read_text().splitlines()]
    except OSError:
        return ""
    mounted = [(Path(row[1].replace("\\040", " ")), row[2]) for row in rows]  # a space stands there as \040
    holders = [
        (len(place.parts), number, kind) for number, (place, kind) in enumerate(mounted) if path.is_relative_to(place)
    ]
    return max(holders, default=(0, 0, ""))[2]


def connect_args() -> dict[str, Any]:
    """What the driver is opened with: transactions are begun by us, never by the driver."""
    return {"isolation_level": None, "check_same_thread": False}


def set_pragmas(connection: Any) -> None:
    """Give a new connection of the driver its settings."""
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


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


def empty_log(engine: Engine, lock: Path) -> bool:
    """Truncate the write-ahead log, which still tells in what order rows came; False when a reader is in the way."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout=0")  # nobody waits for a reader while holding the lock
        with file_lock(lock):
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={int(patience)}")
        return not busy
    finally:
        connection.close()
