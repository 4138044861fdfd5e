"""The receipt: four words, the keys that follow from them, and the tags that are all the server keeps.

docs/protocol.md says the same with test vectors, so that a stranger can write another client.
"""

import hashlib
import hmac
import secrets
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dialogue.shared.errors import Busy

ROUNDS = 300_000
KEY_SIZE = 32
TAG_SIZE = 16
WORDS = 4
MOST_OWN_WORDS = 16  # said/0 … said/15
RESPONSE = "response"
SAID = "said"
OPENED = "opened"  # of what a letter leaves behind when it goes out of the box
PROTOCOL = b"dialogue/1/"
AT_ONCE = 2
LONGEST_QUEUE = 50
LISTS = Path(__file__).parent / "words"

_turn = threading.Semaphore(AT_ONCE)
_waiting = threading.Semaphore(AT_ONCE + LONGEST_QUEUE)


@cache
def word_list(language: str) -> tuple[str, ...]:
    """The frozen list of 2,048 words of this language; Dutch where there is none."""
    return tuple((LISTS / f"{list_for(language, 'nl')}.txt").read_text().split())


def list_for(language: str, of_town: str) -> str:
    """The language of the four words: that of the child where it has a list, else that of the town, else Dutch."""
    lists = {path.stem for path in LISTS.glob("*.txt")}
    return next((one for one in (language, of_town) if one in lists), "nl")


def new_words(language: str) -> list[str]:
    """Four random words: 44 bits."""
    return [secrets.choice(word_list(language)) for _ in range(WORDS)]


def typed_words(text: str) -> str:
    """What a child typed, as the secret: small letters, single spaces; capitals, commas and accents don't matter."""
    plain = unicodedata.normalize("NFKD", text.encode("utf-8", "replace").decode()).lower()
    bare = (char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalpha() else " " for char in bare).split())


def derive(words: str, salt: bytes) -> bytes:
    """The master key of the words (some 0.15 s of work); raises Busy when more than fifty wait for their turn."""
    with _queue():
        return hashlib.pbkdf2_hmac("sha256", words.encode(), salt, ROUNDS, KEY_SIZE)


@contextmanager
def _queue() -> Iterator[None]:
    if not _waiting.acquire(blocking=False):
        raise Busy("too many receipts are being worked out")
    try:
        with _turn:
            yield
    finally:
        _waiting.release()


def key(master: bytes, name: str) -> bytes:
    """The key for `name`: "response", or "said/0" … "said/15" for the own-words questions in their order."""
    return HKDF(SHA256(), KEY_SIZE, salt=bytes(KEY_SIZE), info=PROTOCOL + name.encode()).derive(master)


def tag(pepper: bytes, kind: str, key: bytes, object_: bytes = b"") -> bytes:
    """What the server stores of a key, 16 bytes; with `object_` a tag for that one object only."""
    parts = [kind.encode(), key, *([object_] if object_ else [])]
    return hmac.digest(pepper, b"\0".join(parts), "sha256")[:TAG_SIZE]


def echo(response_key: bytes) -> str:
    """The proof to the phone that this server has its sending, 64 hexadecimal digits."""
    return hashlib.sha256(b"dialogue/1/echo\0" + response_key).hexdigest()


def said_names(document: Mapping[str, Any]) -> dict[str, str]:
    """Which key belongs to which own-words question of this questionnaire: item -> "said/0", "said/1", …"""
    items = [item["key"] for item in document["items"] if item["kind"] == "own_words"]
    return {item: f"{SAID}/{position}" for position, item in enumerate(items[:MOST_OWN_WORDS])}
