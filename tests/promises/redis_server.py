"""A real Redis that a test can stop, kill, start again and look through."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis

QUIET = ("--port", "0", "--save", "", "--appendonly", "no", "--dbfilename", "all.rdb", "--loglevel", "warning")


class RedisServer:
    """One redis-server on a socket in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.url = f"unix://{folder / 'redis.sock'}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = ["redis-server", "--unixsocket", str(self._folder / "redis.sock"), "--dir", str(self._folder), *QUIET]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < deadline, "redis-server does not start"
            time.sleep(0.01)

    def send(self, number: signal.Signals) -> None:
        """SIGSTOP makes it slow for ever, SIGCONT goes on, SIGKILL ends it."""
        assert self._process
        self._process.send_signal(number)

    def kill(self) -> None:
        """End it in the midst of everything."""
        if self._process:
            self.send(signal.SIGKILL)
            self._process.wait()

    def client(self) -> Any:
        return redis.Redis.from_url(self.url)

    def everything(self) -> bytes:
        """All that it would ever write to a disk."""
        self.client().save()
        return (self._folder / "all.rdb").read_bytes()

    def _answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except redis.RedisError:
            return False


@contextmanager
def a_redis(folder: Path) -> Iterator[RedisServer]:
    """A Redis that runs while the block does."""
    server = RedisServer(folder)
    server.start()
    yield server
    server.kill()
