"""A child's phone that follows docs/protocol.md: it sends the same bytes until it reads its own echo."""

import json
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from random import Random
from urllib.parse import urlencode

from dialogue.answering.receipt import echo, key
from dialogue.feedback.receipts import NAMES
from tests.answering.sendings import spelled

SECOND = 0.004  # a phone waits from one second on; a test cannot
LONGEST_PAUSE = 60
OPTIONS = "abcd?"


@dataclass(frozen=True)
class Letter:
    """What a phone keeps until it is sure: where it goes, its bytes, and the secret it came from."""

    path: str
    raw: bytes
    master: bytes
    text: str

    @property
    def response_key(self) -> bytes:
        return key(self.master, "response")

    @property
    def said_key(self) -> bytes:
        return key(self.master, "said/0")

    @property
    def echo(self) -> str:
        return echo(self.response_key)

    @property
    def receipt(self) -> str:
        """The seventeen keys, as the receipt page takes them."""
        return json.dumps([spelled(key(self.master, name)) for name in NAMES])


def write_letter(path: str, instrument: str, random: Random, text: str = "", master: bytes = b"") -> Letter:
    """An answer of this child, with words of its own."""
    master = master or random.randbytes(32)
    text = text or f"Ik wil {random.randrange(10**12)} bomen {'en gras ' * random.randrange(12)}".strip()
    body = {
        "protocol": 1,
        "instrument": instrument,
        "key": spelled(key(master, "response")),
        "answers": {"q1": random.choice(OPTIONS)},
        "words": {"q2": {"text": text, "key": spelled(key(master, "said/0"))}},
    }
    return Letter(path, json.dumps(body).encode(), master, text)


@dataclass(frozen=True)
class Answer:
    """What came back: status 0 when nothing did."""

    status: int
    body: bytes = b""


def post(port: int, path: str, raw: bytes, kind: str = "application/json", **headers: str) -> Answer:
    """One POST over a connection of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    with closing(connection):
        try:
            connection.request("POST", path, raw, {"Content-Type": kind, **headers})
            response = connection.getresponse()
            return Answer(response.status, response.read())
        except (OSError, HTTPException):
            return Answer(0)


def open_receipt(port: int, letter: Letter, visitor: str) -> Answer:
    """The page behind a receipt."""
    form = urlencode({"keys": letter.receipt}).encode()
    return post(port, "/r", form, "application/x-www-form-urlencoded", **{"X-Forwarded-For": visitor})


def is_saved(letter: Letter, answer: Answer) -> bool:
    """Only a 200 or 201 with its own echo tells a phone that its letter is kept."""
    try:
        return answer.status in (200, 201) and json.loads(answer.body).get("saved") == letter.echo
    except (ValueError, AttributeError):
        return False


def pause(tries: int, random: Random) -> None:
    """Doubling from a second to a minute, up to a half longer or shorter."""
    time.sleep(min(2**tries, LONGEST_PAUSE) * SECOND * random.uniform(0.5, 1.5))


def send_until_saved(
    port: int,
    letter: Letter,
    random: Random,
    believes: Callable[[Letter, Answer], bool] = is_saved,
    most_tries: int = 1000,
    **headers: str,
) -> bool:
    """Send the same bytes until the phone believes they are kept; False: it gave up."""
    for tries in range(most_tries):
        if believes(letter, post(port, letter.path, letter.raw, **headers)):
            return True
        pause(tries, random)
    return False
