"""Short codes that a person can read from a wall and type, and random keys that nobody reads."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O, 1 I L, U
LENGTH = 6
_READ_AS = str.maketrans({"0": "Q", "O": "Q", "1": "7", "I": "7", "L": "7", "U": "V"})


def new_code(length: int = LENGTH) -> str:
    """A random code of `length` signs (six: 30^6 = 729 million)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def typed_code(text: str, length: int = LENGTH) -> str:
    """What a person typed, as a code of `length` signs: capitals, without spaces, dashes and look-alikes."""
    return "".join(c for c in text.upper().translate(_READ_AS) if c in ALPHABET)[:length]


def new_key() -> bytes:
    """A random record key of 16 bytes: says nothing about when or in what order it was made."""
    return secrets.token_bytes(16)
