"""One spelling for a document, so that its hash means something: JSON, sorted keys, no spaces, UTF-8."""

import hashlib
import json
from typing import Any

_SPELLING = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=str)


def canonical(document: Any) -> bytes:
    """`document` (JSON types; dates and enums as text) as canonical bytes."""
    return _SPELLING.encode(document).encode()


def sha256_hex(document: Any) -> str:
    """The SHA-256 of the canonical spelling, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(document)).hexdigest()
