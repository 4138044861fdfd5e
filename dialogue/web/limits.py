"""Nobody keeps a door busy for all others, and no address is kept: buckets of tokens, filled again every minute.

A bucket's name is a hash of door and address under a random seed of that day; both live in memory only and are never
written or logged. A school is one address, so the buckets are wide, and an empty one only delays. Each web process
counts for itself; several hosts would share a store (one that knows INCR and EXPIRE is enough) behind `Buckets`.
"""

from collections import OrderedDict
from datetime import date
from hashlib import blake2b
from ipaddress import IPv6Address
from math import ceil
from secrets import token_bytes
from threading import Lock
from typing import NamedTuple, Protocol, cast

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from dialogue.shared.clock import now, today

MINUTE = 60
MOST_BUCKETS = 20_000
FREE = {"static", "health.healthz"}


class Door(NamedTuple):
    """What is counted together, and how many tokens one address has in a minute."""

    name: str
    tokens: int


# Apart, so that somebody who reloads pages never keeps back an answer of the same school. Both let one address take
# about a quarter of what a machine can do: 1,000 pupils with a few pages each, in one minute, do not come near.
ANSWERS = Door("answers", 12_000)
PAGES = Door("pages", 12_000)
WRONG_RECEIPTS = Door("wrong receipts", 30)


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


def init(app: Flask) -> None:
    """Count every request of `app`, before anything else is done for it."""
    app.extensions["dialogue.limits"] = InMemory()
    proxies = app.extensions["dialogue"].settings.proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0)  # type: ignore[method-assign]

    @app.before_request
    def count() -> None:
        if request.endpoint not in FREE:
            spend(ANSWERS if request.method == "POST" and request.blueprint == "child" else PAGES)


def spend(door: Door, tokens: int = 1) -> None:
    """Take `tokens` of this visitor's (less than 0: give back); raises TooManyRequests when there are not enough."""
    buckets = cast(Buckets, current_app.extensions["dialogue.limits"])
    about = f"{door.name}|{_network(request.remote_addr or '')}"
    bucket = blake2b(about.encode(), key=buckets.seed(today()), digest_size=16).digest()
    taken, seconds = buckets.take(bucket, tokens)
    if taken > door.tokens:
        raise TooManyRequests(retry_after=ceil(seconds))


def _network(address: str) -> str:
    """The address itself; of IPv6 the part that one home or school has for itself."""
    if ":" not in address:
        return address
    try:
        whole = IPv6Address(address)
    except ValueError:
        return address
    return str(whole.ipv4_mapped or whole.packed[:8].hex())
