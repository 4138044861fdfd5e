"""A whole school at once, behind one address: nobody is refused, nobody sees an error (promises.md, 1).

Without `SOAK=1` 300 pupils, of whom 200 at the same moment, and nothing is timed. With it (`make soak`) 1,000 pupils in
one minute, of whom 200 within two seconds: 95 % wait a second at most, 99 % three.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory

import pytest

from tests.promises.phones import Letter, is_saved, open_receipt, post
from tests.promises.processes import SOAK, Installation, make_installation
from tests.promises.redis_server import a_redis

SCHOOL = {"X-Forwarded-For": "198.51.100.23"}
AT_ONCE, PUPILS = 200, 1_000 if SOAK else 300
MINUTE, TWO_SECONDS = (60.0, 2.0) if SOAK else (2.0, 0.0)
P95, P99 = 1.0, 3.0


@pytest.fixture(scope="module")
def school(storage: None) -> Iterator[Installation]:
    """Two workers that share their limits in one Redis, as two hosts would."""
    with TemporaryDirectory() as folder, a_redis(Path(folder)) as redis:  # a short path: Redis listens on a socket
        made = make_installation(Path(folder) / "school", places=1)
        made.environment["REDIS_URL"] = redis.url
        made.start_web()
        yield made
        made.stop()


def one_pupil(school: Installation, letter: Letter, at: float) -> tuple[list[int], float]:
    """Open the page, answer, send; what was answered, and how long this pupil waited for both."""
    time.sleep(max(0.0, at - time.perf_counter()))
    began = time.perf_counter()
    with closing(HTTPConnection("127.0.0.1", school.port, timeout=60)) as connection:
        connection.request("GET", letter.path, headers=SCHOOL)
        page = connection.getresponse()
        page.read()
    answer = post(school.port, letter.path, letter.raw, **SCHOOL)
    saved = [answer.status] if is_saved(letter, answer) else [answer.status, 0]
    return [page.status, *saved], time.perf_counter() - began


def test_a_thousand_pupils_behind_one_address_are_all_heard(school: Installation) -> None:
    random = Random(7)
    letters = [school.letter(random) for _ in range(PUPILS)]
    start = time.perf_counter() + 0.5
    moments = [start + random.random() * TWO_SECONDS for _ in range(AT_ONCE)]
    moments += [start + random.random() * MINUTE for _ in range(PUPILS - AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE + 50) as pupils:
        told = list(pupils.map(one_pupil, [school] * PUPILS, letters, sorted(moments)))
    assert [codes for codes, _ in told if codes != [200, 201]] == []
    assert school.count("letter") >= PUPILS
    *_, p95, _, _, _, p99 = quantiles((seconds for _, seconds in told), n=100)
    print(f"{PUPILS} pupils: p95 {p95:.3f} s, p99 {p99:.3f} s")  # noqa: T201
    if SOAK:
        assert p95 <= P95
        assert p99 <= P99


def test_both_workers_hold_up_who_guesses_receipts(school: Installation) -> None:
    random, home = Random(), "203.0.113.99"
    guesses = [open_receipt(school.port, school.letter(random), home).status for _ in range(100)]
    assert set(guesses) == {422, 429}
    assert 30 <= guesses.count(422) <= 3 * 30, "where Redis is slow, each worker counts by itself for a moment"
    assert open_receipt(school.port, school.letter(random), "203.0.113.98").status == 422, "nobody else waits"
