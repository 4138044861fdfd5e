"""Counts that several hosts share, in Redis: each forgets itself, and a Redis that is away or slow holds up nobody.

What is counted is named by a hash with a key that Redis never sees: whoever has all of Redis finds no address in it,
and no account, also not by trying them all.
"""

import logging
import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar, cast

from dialogue.shared.errors import DialogueError
from dialogue.shared.keys import Keys

log = logging.getLogger(__name__)
PATIENCE = 0.1  # seconds that a request waits for Redis at most: half to connect, half for the answer
PAUSE = 5.0  # seconds in which nobody asks again, after it did not answer
ADD = """
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 or ARGV[3] == '1' then
  left = tonumber(ARGV[2])
  redis.call('PEXPIRE', KEYS[1], left)
end
return {count, left}
"""
Found = TypeVar("Found")


class Away(DialogueError):
    """Redis does not answer, or not in time: count in memory."""


class Count(NamedTuple):
    """How many, and for how many seconds that is remembered still."""

    number: int
    seconds: float


class Counters:
    """The counts of one installation. Every verb raises Away when Redis does not answer."""

    def __init__(self, url: str, keys: Keys) -> None:
        import redis  # noqa: PLC0415 - one host does not need it
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        half = PATIENCE / 2
        quick = {"socket_connect_timeout": half, "socket_timeout": half, "retry": Retry(NoBackoff(), 0)}
        # nothing is said beforehand: every greeting would be one more answer to wait for
        self._redis: Any = redis.Redis.from_url(url, protocol=2, driver_info=None, **quick)
        self._add = self._redis.register_script(ADD)
        self._trouble = (redis.RedisError, OSError)
        self._secret = blake2b(b"dialogue/counters", key=keys.session).digest()
        self._not_before = 0.0

    def name(self, what: str, about: bytes, seed: bytes = b"") -> str:
        """Under which name this is counted: the same on every host, and only there."""
        return f"dialogue:{what}:{blake2b(about + seed, key=self._secret, digest_size=16).hexdigest()}"

    def add(self, name: str, number: int, seconds: float, *, renew: bool = False) -> Count:
        """Add in one step; forgotten `seconds` after the first time, or with `renew` after the last."""
        count, left = self._ask(lambda: self._add([name], [number, round(seconds * 1000), int(renew)]))
        return Count(int(count), left / 1000)

    def look(self, name: str) -> Count:
        """What is counted; 0 when nothing is."""
        count, left = self._ask(lambda: self._redis.pipeline().get(name).pttl(name).execute())
        return Count(int(count or 0), max(left, 0) / 1000)

    def forget(self, name: str) -> None:
        """Count from nothing again."""
        self._ask(lambda: self._redis.delete(name))

    def agree(self, name: str, proposed: bytes, seconds: int) -> bytes:
        """What the first host proposed for this name, for so many seconds."""
        said = self._ask(lambda: self._redis.pipeline().set(name, proposed, nx=True, ex=seconds).get(name).execute())
        return cast(bytes, said[1])

    def answers(self) -> bool:
        """Whether Redis is there."""
        try:
            return bool(self._ask(self._redis.ping))
        except Away:
            return False

    def _ask(self, question: Callable[[], Found]) -> Found:
        if time.monotonic() < self._not_before:
            raise Away
        try:
            return question()
        except self._trouble as error:
            self._not_before = time.monotonic() + PAUSE
            log.warning("Redis does not answer (%s): this process counts for itself", type(error).__name__)
            raise Away from error
