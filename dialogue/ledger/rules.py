"""How an entry is spelled and sealed: h_n = SHA-256(0x01 ‖ h_{n-1} ‖ canonical entry) (promises.md, 6)."""

import hashlib
from typing import Any

from dialogue.shared.canonical import canonical

FIRST = "0" * 64
FIELDS = ("sequence", "at", "actor", "department_id", "verb", "object", "before", "after")


def seal(previous: str, entry: dict[str, Any]) -> str:
    """The hash of `entry` (its FIELDS; `at` as ISO text in UTC) after an entry with hash `previous`; both in hex."""
    spelled = canonical({name: entry[name] for name in FIELDS})
    return hashlib.sha256(b"\x01" + bytes.fromhex(previous) + spelled).hexdigest()
