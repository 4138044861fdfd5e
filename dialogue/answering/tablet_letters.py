"""Letters that wait on a shared tablet: sealed there for this installation, so that nobody can read them on the way.

ECDH on P-256, HKDF and AES-256-GCM: what every browser with WebCrypto knows. docs/protocol.md says the same.
"""

import base64
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app
from flask_babel import gettext as _

from dialogue.shared.errors import Refused

INFO = b"dialogue/1/tablet"
POINT_SIZE = 65
KEY_SIZE = 32
NONCE = bytes(12)  # a key seals one letter only
ORDER = SECP256R1().group_order


@dataclass(frozen=True)
class TabletLetter:
    """What was sealed: the code of the consultation, and a sending as a phone would have sent it."""

    consultation: str
    sending: bytes


def public_key() -> str:
    """For which key tablets seal: a point of P-256, 65 bytes in base64url."""
    return base64.urlsafe_b64encode(_point(_private_key().public_key())).decode()


def opened(sealed: bytes, place_code: str) -> TabletLetter:
    """The letter in `sealed` (point ‖ ciphertext), sealed at this place; raises Refused."""
    try:
        point, own = sealed[:POINT_SIZE], _private_key()
        shared = own.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point))
        key = HKDF(SHA256(), KEY_SIZE, salt=point + _point(own.public_key()), info=INFO).derive(shared)
        letter = json.loads(AESGCM(key).decrypt(NONCE, sealed[POINT_SIZE:], place_code.encode()))
        return TabletLetter(str(letter["consultation"]), json.dumps(letter["sending"]).encode())
    except (InvalidTag, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refused(_("Deze verzegelde brief is niet voor deze plaats, of niet heel aangekomen.")) from error


def _private_key() -> EllipticCurvePrivateKey:
    return _of_secret(current_app.extensions["dialogue"].keys.derived("letters of tablets"))


@lru_cache(maxsize=8)
def _of_secret(secret: bytes) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(secret) % (ORDER - 1) + 1, SECP256R1())


def _point(key: Any) -> bytes:
    point: bytes = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return point
