"""Whatever is killed, and whenever: what a phone was told is saved is there once, and its receipt opens.

`SOAK=1` (`make soak`): 500 kills, 50,000 letters. Without it 25 kills and 2,500 letters, on PostgreSQL 10 and 1,000.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from dialogue import create_app
from tests.conftest import settings_in
from tests.databases import ON_POSTGRESQL
from tests.promises.phones import Letter, is_saved, open_receipt, pause, post
from tests.promises.processes import READY_WITHIN, SOAK, Installation, make_installation

VICTIMS = ("jobs that open the box", "worker", "web", "jobs", "all")
KILLS = 500 if SOAK else 10 if ON_POSTGRESQL else 25
LETTERS = 100  # between two kills
PHONES = 8
GIVES_UP = 0.1  # the share of phones that are switched off after one try
RECEIPTS = 300 if SOAK else 25


@pytest.fixture
def installation(tmp_path: Path, storage: None) -> Iterator[Installation]:
    made = make_installation(tmp_path / "killed", places=5)
    yield made
    made.stop()


@dataclass
class Log:
    """What the phones know: all they sent, and what they were told is saved."""

    sent: list[Letter] = field(default_factory=list)
    saved: list[Letter] = field(default_factory=list)
    forgotten: list[Letter] = field(default_factory=list)  # saved, and yet not known when sent once more


def keep_sending(installation: Installation, log: Log, enough: threading.Event, seed: int) -> None:
    """One phone after another; an answer is sent now and then once more after it was saved."""
    random = Random(seed)
    visitor = {"X-Forwarded-For": f"203.0.113.{seed}"}
    while not enough.is_set():
        letter, tries, asks_again = installation.letter(random), 0, random.random() < 0.1
        log.sent.append(letter)
        most_tries = 1 if random.random() < GIVES_UP else 1000
        while tries < most_tries and not enough.is_set():
            answer = post(installation.port, letter.path, letter.raw, **visitor)
            if is_saved(letter, answer):
                log.saved.append(letter)
                if asks_again:
                    earlier = random.choice(log.saved)  # by now perhaps out of the box
                    again = post(installation.port, earlier.path, earlier.raw, **visitor)
                    log.forgotten += [earlier] if again.status not in (0, 200, 503) else []
                break
            assert answer.status in (0, 503), answer
            pause(min(tries, 4), random)
            tries += 1


def kill(victim: str, installation: Installation, random: Random) -> None:
    """End something in the midst of it, and start it again."""
    match victim:
        case "worker":
            installation.kill_worker(random)
        case "web":
            installation.kill_web()
        case "jobs":
            installation.kill_jobs()
        case "jobs that open the box":
            while_it_opens(installation, random)
            installation.kill_jobs()
        case _:
            while_it_opens(installation, random)
            installation.stop()
    if not installation.jobs:
        installation.start_jobs()
    if not installation.web:
        installation.start_web()


def while_it_opens(installation: Installation, random: Random) -> None:
    """Wait, not for long, until letters leave the box, and a moment more."""
    before, deadline = installation.count("response"), time.monotonic() + 2
    while installation.count("response") == before and time.monotonic() < deadline:
        time.sleep(0.001)
    time.sleep(random.random() * 0.02)


def run(installation: Installation, victims: Sequence[str], letters: int) -> Log:
    """Phones send, and after so many letters the next is killed; at the end the round closes and everything opens."""
    log, random, enough = Log(), Random(), threading.Event()
    installation.start_web()
    installation.start_jobs()
    with ThreadPoolExecutor(PHONES) as phones:
        sending = [phones.submit(keep_sending, installation, log, enough, seed) for seed in range(PHONES)]
        try:
            for number, victim in enumerate(victims, 1):
                deadline = time.monotonic() + READY_WITHIN
                while len(log.saved) < number * letters and not any(one.done() for one in sending):
                    assert time.monotonic() < deadline, f"the phones stand still after {number - 1} kills"
                    time.sleep(0.01)
                time.sleep(random.random() * 0.3)
                kill(victim, installation, random)
        finally:
            enough.set()
        for one in sending:
            one.result()
    installation.close_round()
    while_it_opens(installation, random)
    installation.stop()
    return log


def wrong(installation: Installation, log: Log) -> list[str]:
    """What does not hold in the database that the killed processes left."""
    tags = {installation.opened(installation.tag_of("response", letter.response_key)) for letter in log.saved}
    sent = {installation.opened(installation.tag_of("response", letter.response_key)) for letter in log.sent}
    said = {installation.tag_of("said", letter.said_key) for letter in log.sent}
    with installation.looking() as store:
        intact = ON_POSTGRESQL or store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        opened = [row[0] for row in store.execute("SELECT tag FROM response")]
        there = opened + [installation.opened(row[0]) for row in store.execute("SELECT tag FROM letter")]
        words = [row[0] for row in store.execute("SELECT tag FROM contribution")]
        (counted,) = store.execute("SELECT coalesce(sum(count), 0) FROM tally WHERE item = ''").fetchone()
    found = {
        "the database is damaged": not intact,
        "a saved letter is lost": log.forgotten or tags - set(there),
        "a letter is there twice": len(there) != len(set(there)),
        "a letter comes from nowhere": set(there) - sent,
        "words are there twice": len(words) != len(set(words)),
        "words come from nowhere": set(words) - said,
        "words are lost or too many": len(words) != len(opened),
        "the count is not that of the responses": counted != len(opened),
    }
    return [trouble for trouble, is_so in found.items() if is_so]


def test_nothing_that_was_acknowledged_is_lost_or_doubled_by_kills(installation: Installation) -> None:
    log = run(installation, [VICTIMS[number % len(VICTIMS)] for number in range(KILLS)], LETTERS)
    assert len(log.saved) >= KILLS * LETTERS
    assert wrong(installation, log) == []
    installation.start_web()
    installation.start_jobs()
    installation.wait_for("letter", 0)
    installation.kill_jobs()
    assert wrong(installation, log) == []
    receipts = Random().sample(log.saved, RECEIPTS)
    opened = [open_receipt(installation.port, one, f"203.0.113.{number % 250}") for number, one in enumerate(receipts)]
    assert {answer.status for answer in opened} == {200}


@pytest.mark.sqlite("the comparison is the same on both, and seen to be awake here")
def test_an_answer_that_leaves_before_the_commit_would_be_noticed(installation: Installation) -> None:
    installation.program = "tests.promises.careless:answering_too_soon()"
    log = run(installation, ["web"] * 2, 20)
    assert "a saved letter is lost" in wrong(installation, log)


@pytest.mark.sqlite("the comparison is the same on both, and seen to be awake here")
def test_a_loss_or_a_double_would_be_noticed(installation: Installation) -> None:
    random, log = Random(), Log()
    log.sent = log.saved = [installation.letter(random) for _ in range(3)]
    door = create_app(settings_in(installation.folder)).test_client()
    for letter in log.saved:
        assert door.post(letter.path, data=letter.raw, content_type="application/json").status_code == 201
    assert wrong(installation, log) == []
    with installation.looking() as store:
        (tag,) = store.execute("SELECT tag FROM letter LIMIT 1").fetchone()
        store.execute(
            "INSERT INTO response SELECT tag, ?, NULL, wave_id, 1, 'B', NULL, 'self', '{}', NULL FROM letter LIMIT 1",
            [installation.opened(tag)],
        )
    assert "a letter is there twice" in wrong(installation, log)
    with installation.looking() as store:
        store.execute("DELETE FROM response")
        store.execute("DELETE FROM letter WHERE tag = ?", [tag])
    assert "a saved letter is lost" in wrong(installation, log)
