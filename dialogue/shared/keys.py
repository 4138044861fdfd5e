"""The three secrets that live outside the database: pepper, letter box key and session secret."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from dialogue.shared.errors import SettingsError

NAMES = ("pepper", "letterbox", "session")
SIZE = 32


@dataclass(frozen=True)
class Keys:
    """Each 32 bytes."""

    pepper: bytes
    letterbox: bytes
    session: bytes

    def check_value(self) -> bytes:
        """What the database keeps, to notice that it is opened with another pepper or letter box key."""
        return hmac.digest(self.pepper, b"dialogue/check" + hashlib.sha256(self.letterbox).digest(), "sha256")

    def derived(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose more; whoever has it does not know the pepper."""
        return hmac.digest(self.pepper, f"dialogue/for/{purpose}".encode(), "sha256")


def make(folder: Path) -> None:
    """Write new keys into `folder`, readable by the owner only; a key that exists is never overwritten."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in NAMES:
        path = folder / name
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(SIZE))


def are_in(folder: Path) -> bool:
    """Whether this folder has a file for each of the keys."""
    return all((folder / name).is_file() for name in NAMES)


def load(folder: Path) -> Keys:
    """The keys in `folder`; raises SettingsError where one is missing or short."""
    values = []
    for name in NAMES:
        path = folder / name
        value = path.read_bytes() if path.exists() else b""
        if len(value) != SIZE or len(set(value)) < SIZE // 4:
            raise SettingsError(
                f"The key file {path} is missing, short or not random: run `flask --app app make-keys`."
            )
        values.append(value)
    return Keys(*values)
