"""Hashing passwords with argon2: at most two at once, and as much work for an address that nobody has."""

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dialogue.people.rules import NO_PASSWORD

AT_ONCE = 2  # each takes 64 MiB and a core that children wait for
_turn = BoundedSemaphore(AT_ONCE)
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """The argon2id hash of `password`. Call it outside `with writing():`."""
    with _turn:
        return _hasher.hash(_spelled(password))


def fits(password: str, password_hash: str | None) -> bool:
    """Whether `password` belongs to the hash; None and "no password yet" cost as much and never fit."""
    known = password_hash not in (None, NO_PASSWORD)
    with _turn:
        try:
            return _hasher.verify(str(password_hash) if known else _nobody(), _spelled(password)) and known
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other costs than those of today."""
    return _hasher.check_needs_rehash(password_hash)


@cache
def _nobody() -> str:
    return _hasher.hash("")


def _spelled(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace")
