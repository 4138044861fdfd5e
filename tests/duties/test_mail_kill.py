"""Whatever is killed while mail leaves: every mail arrives, and one that arrives twice has the same Message-ID."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask_migrate import upgrade

from dialogue import create_app
from dialogue.duties.models import Notice, NoticeKind, NoticeRound
from dialogue.duties.services import owe
from dialogue.shared.actor import Role
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from tests import databases
from tests.builders import a_staff_member, the_cast
from tests.conftest import settings_in
from tests.duties.mailbox import Mailbox, served

ROOT = Path(__file__).parents[2]
PEOPLE = 12
KILLS = 4
WAITING = "SELECT count(*) FROM notice WHERE state = 'waiting'"


@pytest.fixture
def folder(tmp_path: Path, storage: None) -> Path:
    """An installation in which twelve people have a mail coming."""
    app = create_app(settings_in(tmp_path / "mailing"))
    with app.app_context():
        upgrade()
        app.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
        cast = the_cast()
        people = [a_staff_member(cast.town, f"P{n}", (Role.MAKER, cast.mobility)).id for n in range(PEOPLE)]
        with writing() as session:
            due = today() + timedelta(days=3)
            place = {"municipality_id": cast.town.id, "department_id": cast.mobility.id}
            duty = owe("test", "decision", "signal:1", subject="Te snel", due=due, **place)
            session.flush()
            session.add(NoticeRound(day=today()))
            session.add_all(
                Notice(kind=NoticeKind.REMINDER, day=today(), staff_member_id=one, duties=[duty.id]) for one in people
            )
        db.session.remove()
        db.engine.dispose()
    return tmp_path / "mailing"


def jobs(folder: Path, mail_server: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "DIALOGUE_INSTANCE": str(folder),
        "DATABASE_URL": databases.address(folder),
        "DIALOGUE_PUBLIC_URL": "http://localhost",
        "DIALOGUE_SMTP_URL": f"smtp://{mail_server}",
        "DIALOGUE_MAIL_FROM": "dialogue@oudenhove.example",
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "jobs", "--every", "0.2"]
    with (folder / "jobs.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)


def waiting(folder: Path) -> int:
    with closing(databases.Store(folder)) as store:
        return int(store.execute(WAITING).fetchone()[0])


def test_no_mail_is_lost_by_kills_and_one_that_comes_twice_is_known_by_its_id(folder: Path) -> None:
    box, random = Mailbox(), Random()
    box.while_receiving = lambda: time.sleep(0.05)
    with served(box) as at:
        for number in range(1, KILLS + 1):
            process, deadline = jobs(folder, at), time.monotonic() + 60
            while len(box.mails) < number * 2 and waiting(folder):
                assert time.monotonic() < deadline, (folder / "jobs.log").read_text()
                time.sleep(0.005)
            time.sleep(random.random() * 0.06)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        process, deadline = jobs(folder, at), time.monotonic() + 60
        while waiting(folder):
            assert time.monotonic() < deadline, (folder / "jobs.log").read_text()
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    per_address = {str(mail["To"].addresses[0].addr_spec): mail["Message-ID"] for mail in box.mails}
    assert len(per_address) == len(set(box.ids)) == PEOPLE
    assert len(box.mails) <= PEOPLE + KILLS, "each kill repeats one mail at most"
