"""Many hosts: one of them is lost, then the primary database; what a phone was told is saved is there once."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests import databases
from tests.promises.phones import is_saved, open_receipt, pause, post
from tests.promises.processes import READY_WITHIN, SOAK, Installation, free_port, make_installation
from tests.promises.replicas import Replicas
from tests.promises.test_kill import Log, wrong

pytestmark = pytest.mark.postgresql
PHONES = 8
LETTERS = 5000 if SOAK else 150  # before, between and after the losses
RECEIPTS = 25
Hosts = Sequence[Installation]


@pytest.fixture
def pair(request: pytest.FixtureRequest) -> Iterator[Replicas]:
    made = Replicas(synchronous=getattr(request, "param", True))
    yield made
    made.stop()


@pytest.fixture
def hosts(pair: Replicas, tmp_path: Path, storage: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hosts]:
    """Two hosts that share the database and the keys, and nothing else."""
    monkeypatch.setattr(databases, "server", lambda: pair)
    one = make_installation(tmp_path / "one", places=5)
    other = replace(one, folder=shutil.copytree(one.folder, tmp_path / "other"), port=free_port())
    for host in (one, other):
        host.start_web()
        host.start_jobs()
    yield one, other
    for host in (one, other):
        host.stop()


def keep_sending(hosts: Hosts, log: Log, enough: threading.Event, seed: int) -> None:
    """One phone after another; each try goes to any host, as behind a balancer."""
    random = Random(seed)
    while not enough.is_set():
        letter, tries = hosts[0].letter(random), 0
        log.sent.append(letter)
        while not enough.is_set():
            answer = post(random.choice(hosts).port, letter.path, letter.raw)
            if is_saved(letter, answer):
                log.saved.append(letter)
                break
            assert answer.status in (0, 503), answer
            pause(min(tries, 4), random)
            tries += 1


def survive(hosts: Hosts, losses: Sequence[Callable[[], None]]) -> Log:
    """Phones go on sending while this is lost, one after the other; at the end the round closes and all is opened."""
    log, enough = Log(), threading.Event()
    with ThreadPoolExecutor(PHONES) as phones:
        sending = [phones.submit(keep_sending, hosts, log, enough, seed) for seed in range(PHONES)]
        try:
            for lose in (*losses, lambda: None):
                wanted, deadline = len(log.saved) + LETTERS, time.monotonic() + READY_WITHIN
                while len(log.saved) < wanted and not any(one.done() for one in sending):
                    assert time.monotonic() < deadline, f"the phones stand still at {len(log.saved)} letters"
                    time.sleep(0.01)
                lose()
        finally:
            enough.set()
        for one in sending:
            one.result()
    hosts[1].close_round()
    hosts[1].wait_for("letter", 0)
    hosts[1].kill_jobs()
    return log


def test_losing_a_host_and_then_the_primary_loses_nothing_that_was_acknowledged(hosts: Hosts, pair: Replicas) -> None:
    log = survive(hosts, [hosts[0].stop, pair.lose_the_primary])
    assert len(log.saved) >= 3 * LETTERS
    assert wrong(hosts[1], log) == []
    receipts = Random().sample(log.saved, RECEIPTS)
    assert {open_receipt(hosts[1].port, one, "203.0.113.9").status for one in receipts} == {200}


@pytest.mark.parametrize("pair", [False], indirect=True, ids=["asynchronous"])
def test_a_standby_that_nobody_waits_for_would_be_noticed(hosts: Hosts, pair: Replicas) -> None:
    assert "a saved letter is lost" in wrong(hosts[1], survive(hosts, [pair.lose_the_primary]))
