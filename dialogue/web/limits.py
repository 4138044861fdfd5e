"""Nobody keeps a door busy for all others, and no address is kept: buckets of tokens, filled again every minute.

A bucket's name is a hash of door and address under a random seed of that day; both are never written to a disk or
logged. A school is one address, so the buckets are wide, and an empty one only delays. Each web process counts for
itself, in memory; several hosts share their buckets in Redis.
"""

from hashlib import blake2b
from ipaddress import IPv6Address
from math import ceil
from typing import NamedTuple, cast

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from dialogue.shared.clock import today
from dialogue.shared.counters import Counters
from dialogue.shared.startup import Dialogue
from dialogue.web.buckets import Buckets, InMemory, Shared

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
WRONG_DIGITS = Door("wrong digits", 10)  # of the six that unlock a tablet


def init(app: Flask) -> None:
    """Count every request of `app`, before anything else is done for it."""
    dialogue: Dialogue = app.extensions["dialogue"]
    counters = Counters(dialogue.settings.redis_url, dialogue.keys) if dialogue.settings.redis_url else None
    app.extensions["dialogue.counters"] = counters
    app.extensions["dialogue.limits"] = Shared(counters) if counters else InMemory()
    proxies = dialogue.settings.proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0)  # type: ignore[method-assign]

    @app.before_request
    def count() -> None:
        if request.endpoint not in FREE:
            spend(ANSWERS if request.method == "POST" and request.blueprint == "child" else PAGES)


def spend(door: Door, tokens: int = 1) -> None:
    """Take `tokens` of this visitor's (less than 0: give back); raises TooManyRequests when there are not enough."""
    if seconds := wait(current_app, door, request.remote_addr, tokens):
        raise TooManyRequests(retry_after=seconds)


def wait(app: Flask, door: Door, address: str | None, tokens: int = 1) -> int:
    """Take `tokens` of the visitor at this address; the seconds until there are enough again, 0 where there are."""
    buckets = cast(Buckets, app.extensions["dialogue.limits"])
    about = f"{door.name}|{_network(address or '')}"
    bucket = blake2b(about.encode(), key=buckets.seed(today()), digest_size=16).digest()
    taken, seconds = buckets.take(bucket, tokens)
    return max(1, ceil(seconds)) if taken > door.tokens else 0


def _network(address: str) -> str:
    """The address itself; of IPv6 the part that one home or school has for itself."""
    if ":" not in address:
        return address
    try:
        whole = IPv6Address(address)
    except ValueError:
        return address
    return str(whole.ipv4_mapped or whole.packed[:8].hex())
