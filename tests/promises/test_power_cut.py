"""When the power is cut after a phone read "saved", the letter is on the disk: synced before the answer left.

Killing a process does not show this, because the kernel still writes what it was given. So the system calls of the web
server are read (strace): between the last write of a letter to SQLite's log and the answer there is a sync of that log.
"""

import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from tests.promises.phones import is_saved, post
from tests.promises.processes import Installation, make_installation

pytestmark = pytest.mark.sqlite("looks into its files")
LETTERS = 10
CALLS = "trace=write,writev,pwrite64,pwritev,pwritev2,fsync,fdatasync,sync_file_range,sendto,sendmsg"
ONE_WORKER = ("--preload", "--worker-class", "gthread", "--workers", "1", "--threads", "4", "--log-level", "warning")
CALL = re.compile(r"^\d+ +(?P<name>\w+)\((?P<arguments>.*)")
RESUMED = re.compile(r"^\d+ +<\.\.\. (?P<name>\w+) resumed>.*= (?P<result>-?\d+)")
WRITES = {"write", "writev", "pwrite64", "pwritev", "pwritev2"}
SYNCS = {"fsync", "fdatasync"}


@dataclass(frozen=True)
class Event:
    """The begin or the end of a system call, in the order in which they came."""

    name: str
    log: bool = False  # about SQLite's write-ahead log
    answer: bool = False  # sends "201"
    begins: bool = True
    ends: bool = True


def events_of(trace: str) -> Iterator[Event]:
    """What the lines of strace say; a call that others interrupt has two lines, of its thread."""
    unfinished: dict[str, Event] = {}
    for line in trace.splitlines():
        thread = line.split(maxsplit=1)[0]
        if call := CALL.match(line):
            about = (call["name"], "-wal>" in call["arguments"].split(",")[0], '"HTTP/1.1 201' in call["arguments"])
            if line.endswith("<unfinished ...>"):
                unfinished[thread] = Event(*about, ends=False)
                yield unfinished[thread]
            else:
                yield Event(*about, ends=not re.search(r"= -1 E\w+", line))
        elif (resumed := RESUMED.match(line)) and thread in unfinished and int(resumed["result"]) >= 0:
            yield replace(unfinished.pop(thread), begins=False, ends=True)


def unsynced_answers(trace: str) -> tuple[int, int]:
    """How many answers left, and how many of them before what was written for them was surely on the disk.

    The letters must have been sent one after another: then what was written before an answer belongs to it.
    """
    written, syncing, safe, answers, too_soon = False, False, False, 0, 0
    for event in events_of(trace):
        if event.log and event.name in WRITES and event.begins:
            written, syncing, safe = True, False, False
        if event.log and event.name in SYNCS and event.begins:
            syncing = written
        if event.log and event.name in SYNCS and event.ends:
            safe = syncing
        if event.answer and event.begins:
            answers, too_soon = answers + 1, too_soon + (not safe)
            written, syncing, safe = False, False, False
    return answers, too_soon


@pytest.fixture
def installation(tmp_path: Path, storage: None) -> Iterator[Installation]:
    made = make_installation(tmp_path / "powerless", places=2)
    yield made
    made.stop()


def traced(installation: Installation) -> tuple[int, int]:
    """Send letters one by one to a server whose system calls are read."""
    strace = shutil.which("strace")
    assert strace, "this promise needs strace: `make test` installs it, or `apt-get install strace` does"
    trace, random = installation.folder / "trace", Random()
    installation.start_web(
        ONE_WORKER, [strace, "-f", "-y", "-s", "40", "-e", CALLS, "-e", "signal=none", "-o", str(trace)]
    )
    for _ in range(LETTERS):
        letter = installation.letter(random)
        assert is_saved(letter, post(installation.port, letter.path, letter.raw))
    deadline = time.monotonic() + 20
    while trace.read_text(errors="replace").count('"HTTP/1.1 201') < LETTERS and time.monotonic() < deadline:
        time.sleep(0.05)
    installation.stop()
    return unsynced_answers(trace.read_text(errors="replace"))


def test_a_letter_is_on_the_disk_before_its_answer_leaves(installation: Installation) -> None:
    assert traced(installation) == (LETTERS, 0)


@pytest.mark.parametrize("level", ["OFF", "NORMAL"])
def test_a_database_that_does_not_sync_every_commit_would_be_noticed(installation: Installation, level: str) -> None:
    installation.program = f"tests.promises.careless:serving(synchronous='{level}')"
    answers, too_soon = traced(installation)
    assert (answers, too_soon > LETTERS / 2) == (LETTERS, True)


LINES = {
    "write": "7 pwrite64(12</x/dialogue.db-wal>, ..., 4096, 32) = 4096",
    "sync": "7 fdatasync(12</x/dialogue.db-wal>) = 0",
    "sync begins": "7 fdatasync(12</x/dialogue.db-wal> <unfinished ...>",
    "sync ends": "7 <... fdatasync resumed>) = 0",
    "sync fails": "7 <... fdatasync resumed>) = -1 EIO (Input/output error)",
    "sync fails at once": "7 fdatasync(12</x/dialogue.db-wal>) = -1 EIO (Input/output error)",
    "sync of another file": "7 fdatasync(13</x/dialogue.db>) = 0",
    "answer": '8 sendto(9<socket:[1]>, "HTTP/1.1 201 CREATED"..., 300, 0, NULL, 0) = 300',
}


@pytest.mark.parametrize(
    ("order", "too_soon"),
    [
        ("write, sync, answer", 0),
        ("write, sync begins, sync ends, answer", 0),
        ("write, write, sync, sync of another file, answer", 0),
        ("write, answer, sync", 1),
        ("write, sync, write, answer", 1),
        ("write, sync begins, answer, sync ends", 1),
        ("write, sync begins, sync fails, answer", 1),
        ("write, sync fails at once, answer", 1),
        ("write, sync of another file, answer", 1),
        ("write, sync, answer, write, answer", 1),
        ("sync, answer", 1),
    ],
)
def test_the_trace_is_read_well(order: str, too_soon: int) -> None:
    trace = "\n".join(LINES[name] for name in order.split(", "))
    assert unsynced_answers(trace) == (order.count("answer"), too_soon)
