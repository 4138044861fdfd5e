"""Where the buckets of the limits are: in this process, or in one Redis that several hosts share (REDIS_URL)."""

import time
from collections import OrderedDict
from contextlib import suppress
from datetime import date
from secrets import token_bytes
from threading import Lock
from typing import Protocol

from dialogue.shared.clock import now
from dialogue.shared.counters import Away, Counters

MINUTE = 60
MOST_BUCKETS = 20_000
SEED_KEPT = 25 * 3600  # seconds in Redis: its day, and the hour by which a day can be longer
AGREED_FOR = 60.0  # seconds, then a host asks again: Redis may have been away, or be another one


class Buckets(Protocol):
    """Where the buckets are."""

    def seed(self, day: date) -> bytes:
        """The random seed of this day; another day has another one."""

    def take(self, bucket: bytes, tokens: int) -> tuple[int, float]:
        """Take `tokens`: how many are taken by now, and the seconds until the bucket is filled again."""


class InMemory:
    """The buckets of this process; of too many, the one that was not used for longest is forgotten."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[bytes, tuple[float, int]] = OrderedDict()
        self._seed = (date.min, b"")
        self._lock = Lock()

    def seed(self, day: date) -> bytes:
        """The random seed of this day; with a new one nothing of the day before can be recognised."""
        with self._lock:
            if self._seed[0] != day:
                self._seed = (day, token_bytes(32))
                self._buckets.clear()
            return self._seed[1]

    def take(self, bucket: bytes, tokens: int) -> tuple[int, float]:
        """Take `tokens`: how many are taken by now, and the seconds until the bucket is filled again."""
        moment = now().timestamp()
        with self._lock:
            filled, taken = self._buckets.pop(bucket, (moment, 0))
            if not 0 <= moment - filled < MINUTE:
                filled, taken = moment, 0
            self._buckets[bucket] = (filled, taken + tokens)
            if len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
        return taken + tokens, filled + MINUTE - moment


class Shared:
    """The buckets of all hosts: limits delay, they never keep everybody out because Redis is away."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self._memory = InMemory()
        self._agreed = (date.min, 0.0, b"")  # of which day, since when, the seed

    def seed(self, day: date) -> bytes:
        """The random seed of this day: what the first host drew; while Redis is away, what this one knows or draws."""
        own = self._memory.seed(day)
        known, since, seed = self._agreed
        seed = seed if known == day else own
        if known != day or time.monotonic() - since > AGREED_FOR:
            with suppress(Away):
                seed = self._counters.agree(f"dialogue:seed:{day}", seed, SEED_KEPT)
                self._agreed = (day, time.monotonic(), seed)
        return seed

    def take(self, bucket: bytes, tokens: int) -> tuple[int, float]:
        """Take `tokens`: how many are taken by now on all hosts, and the seconds until the bucket is filled again."""
        try:
            return self._counters.add(self._counters.name("bucket", bucket), tokens, MINUTE)
        except Away:
            return self._memory.take(bucket, tokens)
