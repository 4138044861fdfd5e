"""How an entry is spelled and sealed: h_n = SHA-256(0x01 ‖ h_{n-1} ‖ canonical entry) (promises.md, 6)."""

import hashlib
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from dialogue.shared.canonical import canonical

FIRST = "0" * 64
FIELDS = ("sequence", "at", "actor", "department_id", "verb", "object", "before", "after")


def spelled(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The FIELDS of `entry` as they are sealed: `at` as ISO text in UTC with microseconds."""
    moment = entry["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return {name: entry[name] for name in FIELDS} | {"at": moment}


def seal(previous: str, entry: Mapping[str, Any]) -> str:
    """The hash of `entry` (its FIELDS, as spelled) after an entry with hash `previous`; both in hex."""
    document = {name: entry[name] for name in FIELDS}
    return hashlib.sha256(b"\x01" + bytes.fromhex(previous) + canonical(document)).hexdigest()
