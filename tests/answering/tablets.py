"""What a shared tablet does, for the tests of its doors: sealing as static/js/answering-queue.js does."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDH, SECP256R1, EllipticCurvePublicKey, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def sealed(body: Any, key: str, place: str, consultation: str = "NAARSC") -> bytes:
    """A sending, sealed at `place` for the installation with this public key."""
    own, theirs = generate_private_key(SECP256R1()), base64.urlsafe_b64decode(key)
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), theirs))
    once = HKDF(SHA256(), 32, salt=point + theirs, info=b"dialogue/1/tablet").derive(shared)
    text = json.dumps({"consultation": consultation, "sending": body}).encode()
    filled = text.ljust(-(-len(text) // 1024) * 1024)
    return point + AESGCM(once).encrypt(bytes(12), filled, place.encode())
