"""Tables of the ground: what this installation is, work that must not be lost, files drawn and files brought."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dialogue.shared.database import Model, Moment
from dialogue.shared.triggers import after_create, refusing


class Installation(Model):
    """One row: the public salt of the receipts, and the check value of the keys."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    keys_check: Mapped[bytes] = mapped_column(LargeBinary(32))


class Outbox(Model):
    """Work to be done after a change, written in the transaction of that change; done at least once."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    due: Mapped[datetime] = mapped_column(Moment, index=True)
    done: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None]


class Bundle(Model):
    """Files drawn in the background for one object: all posters of a consultation, the documents of a dossier.

    They lie in the database, because the host that draws them need not be the one that hands them out.
    """

    __tablename__ = "bundle"
    __table_args__ = (UniqueConstraint("kind", "object"),)
    key: Mapped[str] = mapped_column(primary_key=True)  # random: what is asked anew is another bundle
    kind: Mapped[str]  # as in the outbox
    object: Mapped[str]  # "consultation:7"
    wish: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # how it was asked for
    asked_at: Mapped[datetime] = mapped_column(Moment)
    of: Mapped[int] = mapped_column(default=0)  # how many files it will hold, once that is known
    made_at: Mapped[datetime | None] = mapped_column(Moment)
    keep_until: Mapped[date | None] = mapped_column(index=True)


class BundleFile(Model):
    """One finished file of a bundle."""

    __tablename__ = "bundle_file"
    bundle_key: Mapped[str] = mapped_column(ForeignKey("bundle.key", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class StoredFile(Model):
    """A file that somebody brought: a photo, a document, a sound. Never changed; deleted only with what it shows.

    It lies in the database, because several hosts hand it out, and one backup holds everything.
    """

    __tablename__ = "stored_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]  # as it is offered for download: plain letters, digits, hyphens and an ending
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[str]  # of the content, in hexadecimal
    stored_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


_UPDATES = {dialect: refusing(StoredFile.__tablename__, dialect, ("UPDATE",)) for dialect in ("sqlite", "postgresql")}
after_create(StoredFile.__table__, **_UPDATES)  # type: ignore[arg-type]
