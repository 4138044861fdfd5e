"""The letter box: a sending is sealed until its lot is opened, and every letter looks alike from outside."""

import hmac
import json
import logging
import secrets
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from dialogue.answering.receipt import OPENED
from dialogue.answering.receipt import tag as tag_of
from dialogue.shared.canonical import canonical

log = logging.getLogger(__name__)
NONCE_SIZE = 12
STEP = 512
FINGERPRINT_SIZE = 16


def installation_key() -> bytes:
    """The letter box key of this installation."""
    return cast(bytes, current_app.extensions["dialogue"].keys.letterbox)


def seal(key: bytes, body: dict[str, Any], tag: bytes) -> bytes:
    """`body` under AES-GCM, bound to the tag of its letter: nonce ‖ sealed; filled up to steps of 512 bytes."""
    text = canonical(body)
    filled = text.ljust(-(-len(text) // STEP) * STEP)
    nonce = secrets.token_bytes(NONCE_SIZE)
    return nonce + AESGCM(key).encrypt(nonce, filled, tag)


def unseal(key: bytes, sealed: bytes, tag: bytes) -> dict[str, Any]:
    """The body of a letter; raises cryptography's InvalidTag for another key, tag or a changed letter."""
    text = AESGCM(key).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], tag)
    return cast(dict[str, Any], json.loads(text))


def read(sealed: bytes, tag: bytes) -> dict[str, Any] | None:
    """The body of a letter of this installation; None, and a line in the log, when it cannot be opened."""
    try:
        return unseal(installation_key(), sealed, tag)
    except (InvalidTag, ValueError):
        log.error("a letter cannot be opened with this key; it stays in the box")
        return None


def opened(mark: bytes) -> bytes:
    """What the tag or fingerprint of a letter becomes when it is opened, 16 bytes.

    A log of the database tells for long in what order letters came; without the pepper nobody finds their answers.
    """
    return tag_of(current_app.extensions["dialogue"].keys.pepper, OPENED, mark)


def fingerprint(response_key: bytes, said: dict[str, Any]) -> bytes:
    """Tells the same sending from another without the raw response key, which is stored nowhere; 16 bytes."""
    return hmac.digest(response_key, canonical(said), "sha256")[:FINGERPRINT_SIZE]
