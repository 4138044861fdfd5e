"""Wrong passwords, counted per account in memory: they delay, they never lock out.

A browser that signed in before counts for itself, so that a stranger who keeps guessing holds up nobody else.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from dialogue.people.rules import wait_after
from dialogue.shared.clock import now

FORGET_AFTER = timedelta(hours=1)
MOST_ACCOUNTS = 10_000


class Attempts:
    """Failures in a row per key, with the moment of the last one."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._lock = Lock()

    def seconds_to_wait(self, key: str) -> int:
        """How many seconds this account must wait before the next try; 0 when it may try now."""
        with self._lock:
            count, last = self._recent(key)
        return max(0, -((now() - last - wait_after(count)) // timedelta(seconds=1)))

    def failed(self, key: str) -> None:
        """Count a wrong password."""
        with self._lock:
            self._failures[key] = (self._recent(key)[0] + 1, now())
            self._failures.move_to_end(key)
            while len(self._failures) > MOST_ACCOUNTS:
                self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures of this account."""
        with self._lock:
            self._failures.pop(key, None)

    def _recent(self, key: str) -> tuple[int, datetime]:
        count, last = self._failures.get(key, (0, now()))
        return (count, last) if now() - last < FORGET_AFTER else (0, last)
