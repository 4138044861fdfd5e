"""A job in a process of its own that is killed at a chosen moment, and what the database says afterwards."""

import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from flask import Flask
from sqlalchemy import Engine, event, select

from dialogue import jobs
from dialogue.shared.database import db, holds_lock

Work = Callable[[], None]
CHANGES = ("INSERT", "UPDATE", "DELETE")
DRAWN = {"key", "tag", "fingerprint", "code", "hash", "ledger_head", "before", "after", "svg", "docx"}  # at random
Found = dict[str, list[tuple[str, ...]]]
DRAW = """
import pickle, sys, typst
arguments, options = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write(typst.compile(*arguments, **options))
"""


def everything_due() -> None:
    """What the jobs do after they were started again, until nothing is left."""
    jobs.run_all()
    jobs.run_all()


def in_a_process(app: Flask, work: Work, killed_at: int = 0, *, each_statement: bool = False) -> int:
    """Do `work` in a process of its own, then let it go; how many moments it had.

    A moment is just before or just after a commit; with `each_statement` also before every change. At moment
    `killed_at` (from 1) the process gets SIGKILL.
    """
    rest(app)
    reading, telling = os.pipe()
    child = os.fork()
    if not child:
        _be_killed(app, work, killed_at, each_statement, telling)
    os.close(telling)
    with os.fdopen(reading) as told:
        moments = told.read()
    _, status = os.waitpid(child, 0)
    if killed_at:
        assert os.WIFSIGNALED(status), "it ended before it could be killed"
        assert os.WTERMSIG(status) == signal.SIGKILL
        return killed_at
    assert status == 0, "the job failed"
    return int(moments)


def _be_killed(app: Flask, work: Work, killed_at: int, each_statement: bool, telling: int) -> None:
    """In the child: works, or dies; never returns."""
    status = 1
    try:
        typst.compile = _drawn_elsewhere  # type: ignore[assignment]
        app.extensions.pop("dialogue.results", None)  # what the process before this one had seen
        moments = _count_moments(killed_at, each_statement)
        work()
        os.write(telling, str(len(moments)).encode())
        status = 0
    finally:
        os._exit(status)


def _drawn_elsewhere(*arguments: Any, **options: Any) -> bytes:
    """typst draws with threads, which the fork of a process that has drawn before lacks: it would wait for ever."""
    drawing = [sys.executable, "-c", DRAW]
    return subprocess.run(drawing, input=pickle.dumps((arguments, options)), stdout=subprocess.PIPE, check=True).stdout


def _count_moments(killed_at: int, each_statement: bool) -> list[str]:
    moments: list[str] = []

    def moment(what: str) -> None:
        moments.append(what)
        if len(moments) == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "before_cursor_execute")
    def before(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if each_statement and statement.lstrip().upper().startswith(CHANGES):
            moment(statement)

    @event.listens_for(db.session, "before_commit")
    def before_commit(_session: Any) -> None:
        moment("before a commit")

    @event.listens_for(db.session, "after_commit")
    def after_commit(_session: Any) -> None:
        if holds_lock():
            moment("after a commit")

    return moments


def put_back(app: Flask, saved: Path) -> None:
    """Let the installation be as it was saved."""
    rest(app)
    folder = app.extensions["dialogue"].settings.instance
    shutil.rmtree(folder)
    shutil.copytree(saved, folder)


def rest(app: Flask) -> None:
    """Let go of the database, so that a fork opens its own and its folder can be copied."""
    db.session.remove()
    with app.app_context():
        db.engine.dispose()


def found() -> Found:
    """Every row there is, without what is drawn at random and without the hour: the same for two runs that agree."""
    db.session.rollback()
    rows = {table.name: db.session.execute(select(table)).mappings().all() for table in db.metadata.sorted_tables}
    return {name: sorted(_settled(row) for row in several) for name, several in rows.items()}


def _settled(row: Any) -> tuple[str, ...]:
    return tuple(f"{name}={_value(name, value)}" for name, value in row.items())


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return repr(value)
    return "something" if name in DRAWN or isinstance(value, bytes | datetime) else repr(value)
