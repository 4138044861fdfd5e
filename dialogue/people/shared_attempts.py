"""Wrong passwords on all hosts together, in the Redis that they share; every process counts for itself as well."""

from contextlib import suppress
from datetime import timedelta

from dialogue.people.attempts import FORGET_AFTER, Attempts
from dialogue.people.rules import wait_after
from dialogue.shared.counters import Away, Counters


class SharedAttempts(Attempts):
    """Failures in a row per key; while Redis is away, what this process saw of them."""

    def __init__(self, counters: Counters) -> None:
        super().__init__()
        self._counters = counters

    def seconds_to_wait(self, key: str) -> int:
        """How many seconds this account must wait before the next try; 0 when it may try now."""
        here = super().seconds_to_wait(key)
        try:
            count, left = self._counters.look(self._name(key))
        except Away:
            return here
        since = FORGET_AFTER - timedelta(seconds=left)
        elsewhere = -((since - wait_after(count)) // timedelta(seconds=1)) if count else 0
        return max(here, elsewhere)

    def failed(self, key: str) -> None:
        """Count a wrong password."""
        super().failed(key)
        with suppress(Away):
            self._counters.add(self._name(key), 1, FORGET_AFTER.total_seconds(), renew=True)

    def succeeded(self, key: str) -> None:
        """Forget the failures of this account, on every host."""
        super().succeeded(key)
        with suppress(Away):
            self._counters.forget(self._name(key))

    def _name(self, key: str) -> str:
        return self._counters.name("attempts", key.encode())
