"""A whole installation as processes that can be killed: gunicorn and the jobs, over a folder made by migrations."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Any

from flask_migrate import upgrade

from dialogue import create_app
from dialogue.answering.receipt import OPENED, tag
from dialogue.consultations.models import Wave
from dialogue.consultations.round_services import close_wave
from dialogue.shared.clock import now
from dialogue.shared.database import db, writing
from dialogue.shared.keys import load
from tests import databases
from tests.builders import a_consultation, a_place, the_cast
from tests.conftest import settings_in
from tests.promises.phones import Letter, write_letter

SOAK = bool(os.environ.get("SOAK"))
ROOT = Path(__file__).parents[2]
READY_WITHIN = 60.0
WEB = ("--preload", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--log-level", "warning")
SERVING = "app:serving()"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_installation(folder: Path, places: int, items: list[dict[str, Any]] | None = None) -> "Installation":
    """An installation with one open round and some schools, as an operator makes it."""
    app = create_app(settings_in(folder))
    with app.app_context():
        upgrade()
        app.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
        cast = the_cast()
        codes = [a_place(cast.town, f"School {number}").code for number in range(places)]
        wave = a_consultation(cast.mobility, items=items).waves[-1]
        found = Installation(folder, wave.id, wave.instruments[-1].sha256, wave.consultation.code, codes)
        db.session.remove()
        db.engine.dispose()
    return found


@dataclass
class Installation:
    """The folder of an installation, what is asked there, and the processes that run over it."""

    folder: Path
    wave_id: int
    instrument: str
    code: str
    places: list[str]
    program: str = SERVING
    environment: dict[str, str] = field(default_factory=dict)  # settings besides those of every test
    port: int = field(default_factory=free_port)
    web: subprocess.Popen[bytes] | None = None
    jobs: subprocess.Popen[bytes] | None = None

    def letter(self, random: Random, place: str | None = None, language: str = "nl", text: str = "") -> Letter:
        """What one phone will send, with a receipt of its own; `place` "": without one."""
        code = random.choice(self.places) if place is None else place
        path = f"/{f'p/{code}' if code else 'c'}/{self.code}/B/{language}"
        return write_letter(path, self.instrument, random, text)

    def start_web(self, options: Iterable[str] = WEB, wrapped_in: Iterable[str] = ()) -> None:
        """Start gunicorn, and wait until it answers."""
        command = [sys.executable, "-m", "gunicorn", self.program, "--bind", f"127.0.0.1:{self.port}", *options]
        self.web = self._start([*wrapped_in, *command], "web.log")
        deadline = time.monotonic() + READY_WITHIN
        while not self.answers():
            assert self.web.poll() is None, (self.folder / "web.log").read_text()
            assert time.monotonic() < deadline, "the web server does not get ready"
            time.sleep(0.02)

    def start_jobs(self) -> None:
        command = [sys.executable, "-m", "flask", "--app", "app", "jobs", "--every", "0.2"]
        self.jobs = self._start(command, "jobs.log")

    def _start(self, command: list[str], log: str) -> subprocess.Popen[bytes]:
        """In a group of its own, so that it can be killed whole."""
        environment = os.environ | {
            "DIALOGUE_INSTANCE": str(self.folder),
            "DATABASE_URL": databases.address(self.folder),
            "DIALOGUE_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "DIALOGUE_PROXIES": "1",
            **self.environment,
        }
        with (self.folder / log).open("ab") as file:
            return subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=file, stderr=file, start_new_session=True
            )

    def answers(self) -> bool:
        """Whether the web server says that all is well."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        with closing(connection):
            try:
                connection.request("GET", "/healthz")
                return connection.getresponse().status == 200
            except (OSError, HTTPException):
                return False

    def kill_web(self) -> None:
        """SIGKILL for the whole web server."""
        self.web = _kill(self.web)

    def kill_jobs(self) -> None:
        """SIGKILL for the jobs."""
        self.jobs = _kill(self.jobs)

    def kill_worker(self, random: Random) -> None:
        """SIGKILL for one of the workers; their master starts another."""
        assert self.web
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split()
        if children:
            os.kill(int(random.choice(children)), signal.SIGKILL)

    def close_round(self) -> None:
        """What the maker does at the end, in the midst of it all."""
        app = create_app(settings_in(self.folder))
        with app.app_context():
            with writing() as session:
                close_wave("system", session.get_one(Wave, self.wave_id))
            db.session.remove()
            db.engine.dispose()

    @contextmanager
    def looking(self) -> Iterator[databases.Store]:
        """The database, as it is without the application."""
        with closing(databases.Store(self.folder)) as store:
            yield store

    def count(self, what: str) -> int:
        """Rows of a table (or anything that can stand behind FROM)."""
        with self.looking() as store:
            return int(store.execute(f"SELECT count(*) FROM {what}").fetchone()[0])

    def wait_for(self, what: str, rows: int) -> None:
        """Until so many rows are there."""
        deadline = time.monotonic() + READY_WITHIN
        while (there := self.count(what)) != rows:
            assert time.monotonic() < deadline, f"{there} rows in {what}, not {rows}, at {now()}"
            time.sleep(0.05)

    def tag_of(self, kind: str, key: bytes) -> bytes:
        """What the database keeps of a key: while a letter waits in the box, and for own words."""
        return tag(load(self.folder / "keys").pepper, kind, key)

    def opened(self, tag_: bytes) -> bytes:
        """The tag of the response that a letter with this tag becomes."""
        return tag(load(self.folder / "keys").pepper, OPENED, tag_)

    def stop(self) -> None:
        """End everything, without a chance to clean up."""
        self.kill_web()
        self.kill_jobs()


def _kill(process: subprocess.Popen[Any] | None) -> None:
    if process:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
