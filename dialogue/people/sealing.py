"""What the database keeps of secrets of a second step: sealed or hashed with keys that a copy of it does not hold."""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from dialogue.shared.errors import NotFound

NONCE = 12


def seal(purpose: str, staff_id: int, secret: bytes) -> bytes:
    """`secret`, to be opened for this purpose and person only (AES-256-GCM)."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_key(purpose)).encrypt(nonce, secret, _whose(staff_id))


def unseal(purpose: str, staff_id: int, sealed: bytes) -> bytes:
    """What was sealed; NotFound when it was sealed for another purpose or person, or with another key."""
    try:
        return AESGCM(_key(purpose)).decrypt(sealed[:NONCE], sealed[NONCE:], _whose(staff_id))
    except (InvalidTag, ValueError):
        raise NotFound from None


def mark(purpose: str, staff_id: int, said: str = "") -> bytes:
    """32 bytes that are always the same for this person and text, and say nothing about them (HMAC-SHA-256)."""
    return hmac.digest(_key(purpose), _whose(staff_id) + said.encode("utf-8", "replace"), "sha256")


def _key(purpose: str) -> bytes:
    key: bytes = current_app.extensions["dialogue"].keys.derived(purpose)
    return key


def _whose(staff_id: int) -> bytes:
    return staff_id.to_bytes(8)
