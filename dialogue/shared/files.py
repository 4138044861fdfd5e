"""Files that somebody brought: looked into before the lock, stored whole in the transaction of what they belong to."""

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sqlalchemy import delete

from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound
from dialogue.shared.models import StoredFile
from dialogue.shared.text import slug

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What is ever stored, and how its name ends: nothing else is handed out.
ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/webm": ".weba",
    "audio/wav": ".wav",
    DOCX: ".docx",
}


@dataclass(frozen=True)
class Checked:
    """A file that was found good. Make it outside the lock: its hash is counted here."""

    content: bytes = field(repr=False)
    name: str  # as it was brought; odd characters, folders and its ending go
    media_type: str  # one of ENDINGS, by its content
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.content).hexdigest())

    @property
    def safe_name(self) -> str:
        """'../Foto van de drempel.JPEG' → 'foto-van-de-drempel.jpg'."""
        last = PurePosixPath(self.name.replace("\\", "/").replace("\0", "")).name
        return (slug(last.rpartition(".")[0] or last) or "bestand") + ENDINGS[self.media_type]


def store(file: Checked) -> StoredFile:
    """Keep a file. Call inside `with writing():`."""
    stored = StoredFile(
        name=file.safe_name,
        media_type=file.media_type,
        size=len(file.content),
        sha256=file.sha256,
        stored_at=now(),
        content=file.content,
    )
    db.session.add(stored)
    db.session.flush()
    return stored


def read(file_id: int) -> StoredFile:
    """A stored file; its content is fetched once it is asked for. Raises NotFound."""
    found = db.session.get(StoredFile, file_id)
    if found is None:
        raise NotFound
    return found


def forget(file_id: int) -> None:
    """Delete a file that nothing refers to any more. Call inside `with writing():`."""
    db.session.execute(delete(StoredFile).where(StoredFile.id == file_id))
