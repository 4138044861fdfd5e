"""A passkey in software, as a phone or a stick would hold it; it can be told to lie."""

import json
import secrets
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

ORIGIN = "http://localhost"
PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


class SoftKey:
    """One credential; `count` goes up with each use."""

    def __init__(self) -> None:
        self._key = generate_private_key(SECP256R1())
        self.id = secrets.token_bytes(32)
        self.count = 0
        self.handle = ""
        self.options: dict[str, Any] = {}

    def make(self, options: str, *, origin: str = ORIGIN, site: str | None = None, verified: bool = True) -> str:
        """What a browser sends after making this credential."""
        self.options = asked = json.loads(options)
        self.handle = asked["user"]["id"]
        numbers = self._key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32), numbers.y.to_bytes(32)
        public_key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        about = bytes(16) + len(self.id).to_bytes(2) + self.id + public_key
        data = self._data(site or asked["rp"]["id"], WITH_KEY | (VERIFIED if verified else 0)) + about
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._client_data("webauthn.create", asked["challenge"], origin)
        return self._sent(clientDataJSON=said, attestationObject=attestation)

    def use(
        self,
        options: str,
        *,
        origin: str = ORIGIN,
        site: str | None = None,
        verified: bool = True,
        challenge: str | None = None,
        handle: str | None = None,
    ) -> str:
        """What a browser sends after using this credential."""
        self.options = asked = json.loads(options)
        self.count += 1
        data = self._data(site or asked["rpId"], VERIFIED if verified else 0)
        said = self._client_data("webauthn.get", challenge or asked["challenge"], origin)
        signature = self._key.sign(data + sha256(said).digest(), ECDSA(SHA256()))
        user = base64url_to_bytes(handle or self.handle)
        return self._sent(clientDataJSON=said, authenticatorData=data, signature=signature, userHandle=user)

    def _data(self, site: str, flags: int) -> bytes:
        return sha256(site.encode()).digest() + bytes([PRESENT | flags]) + self.count.to_bytes(4)

    def _client_data(self, type_: str, challenge: str, origin: str) -> bytes:
        return json.dumps({"type": type_, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()

    def _sent(self, **response: bytes) -> str:
        own = bytes_to_base64url(self.id)
        texts = {name: bytes_to_base64url(value) for name, value in response.items()}
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": texts})
