"""A PostgreSQL and its synchronous standby: what the first says is kept, the second has too."""

import os
import pwd
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from tests.databases import started, until_the_tests_end

PRIMARY = "wal_level = replica\nmax_connections = 60\n"
WAITS = "synchronous_standby_names = '*'\n"
DATABASE = "dialogue"
PATIENCE = 30.0  # seconds
LAST_MOMENTS = 0.5  # seconds


class Replicas:
    """The two servers, each with its data in a folder; who asks for their `address` finds the one that takes writes."""

    def __init__(self, *, synchronous: bool = True) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dialogue-pair-", dir="/tmp"))
        self._primary = started(self.folder / "primary", PRIMARY)
        self._watch = until_the_tests_end(self.folder)
        self._run("primary", f"CREATE DATABASE {DATABASE}", "postgres")
        self._start_standby()
        if synchronous:
            self._wait_for_it_from_now_on()

    def address(self, _folder: Path) -> str:
        """What DATABASE_URL says on every host: both servers, and that it wants to write."""
        both = ",".join(str(self.folder / name) for name in ("primary", "standby"))
        return f"postgresql://postgres@/{DATABASE}?host={both}&target_session_attrs=read-write"

    def database_of(self, folder: Path) -> Any:
        """A connection to the one that takes writes, past the application."""
        return psycopg.connect(self.address(folder), autocommit=True)

    def lose_the_primary(self) -> None:
        """SIGKILL for all of it, and never back; the standby takes its place, as an operator or a watchman lets it.

        What it said in its last moments did not reach the standby any more.
        """
        sender = self._run("primary", "SELECT pid FROM pg_stat_replication")
        os.kill(sender[0], signal.SIGSTOP)
        time.sleep(LAST_MOMENTS)
        pid = self.folder / "primary" / "postmaster.pid"
        master = int(pid.read_text().splitlines()[0])
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        for process in (master, *map(int, children)):
            os.kill(process, signal.SIGKILL)
        pid.unlink()
        assert self._run("standby", "SELECT pg_promote(true)") == (True,)

    def stop(self) -> None:
        """End both, and remove what they kept."""
        self._watch.communicate()

    def _run(self, name: str, statement: str, database: str = DATABASE) -> Any:
        """The first row that one of the two answers, if it answers with any."""
        address = f"postgresql://postgres@/{database}?host={self.folder / name}"
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchone() if cursor.description else None

    def _start_standby(self) -> None:
        """A copy of the primary that follows it from here on."""
        folder, user = self.folder / "standby", self._primary.system_user
        folder.mkdir(mode=0o700)
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        source = f"host={self.folder / 'primary'} user=postgres"
        self._as_the_server("pg_basebackup", "-d", source, "-D", str(folder), "-R", "--checkpoint=fast")
        for lock in folder.glob(".s.PGSQL*"):  # of the primary's socket, which lies in its folder
            lock.unlink()
        self._as_the_server(
            "pg_ctl", "-w", "-D", str(folder), "-l", str(folder / "log"), "-o", f"-h '' -k {folder}", "start"
        )

    def _as_the_server(self, program: str, *words: str) -> None:
        command = [str(Path(self._primary.bin_path) / program), *words]
        with tempfile.TemporaryFile() as said:  # a pipe would stay open as long as the server runs
            done = subprocess.run(command, user=self._primary.system_user, stdout=said, stderr=said, check=False)
            said.seek(0)
            assert done.returncode == 0, said.read().decode()

    def _wait_for_it_from_now_on(self) -> None:
        """From now on the primary says nothing is kept before the standby has it too."""
        with (self.folder / "primary" / "postgresql.auto.conf").open("a") as file:
            file.write(WAITS)
        self._run("primary", "SELECT pg_reload_conf()")
        deadline = time.monotonic() + PATIENCE
        while self._run("primary", "SELECT sync_state FROM pg_stat_replication") != ("sync",):
            assert time.monotonic() < deadline, "the standby does not follow"
            time.sleep(0.05)
