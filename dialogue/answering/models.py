"""Said: the letter box and what comes out of it.

No table here has a time, an address, a browser or a language; what a child says lies in key order, not in the order
of arrival. There is no column that joins a contribution to a response or to the child's other contributions: `lot` says
only with which ten or more it left the box, which the log of the database tells too.
"""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.consultations.models import Channel, Wave
from dialogue.shared.bands import Band
from dialogue.shared.database import WITHOUT_ROWID, Model


class ImportBatch(Model):
    """Answers collected elsewhere: its letters count only once one statement has made it active."""

    __tablename__ = "import_batch"
    __table_args__ = (UniqueConstraint("wave_id", "sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"))
    name: Mapped[str]
    sha256: Mapped[str]  # of file and mapping together
    rows: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=False)


class Letter(Model):
    """One sending, sealed, until its lot is opened. `body` is AES-GCM under the letter box key."""

    __tablename__ = "letter"
    __table_args__ = (WITHOUT_ROWID,)
    tag: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"), index=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(16))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id", ondelete="RESTRICT"))


class Waiting(Model):
    """Since which day a group of a wave's box is not empty: kept by the job, never written by a sending."""

    __tablename__ = "waiting"
    __table_args__ = (WITHOUT_ROWID,)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"), primary_key=True)
    band: Mapped[Band] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0: no place
    since: Mapped[date]


class Response(Model):
    """One child's closed answers. The fingerprint stays until 30 days after closing."""

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_wave", "wave_id", "band", "place_id"), WITHOUT_ROWID)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    tag: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True)
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"))
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id", ondelete="RESTRICT"))
    band: Mapped[Band]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="RESTRICT"))
    channel: Mapped[Channel]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    lot: Mapped[bytes | None] = mapped_column(LargeBinary(16))  # with which ten or more it left the box


class Reading(StrEnum):
    """How far a contribution has been read."""

    UNREAD = "unread"
    CONCERN = "concern"  # only the safeguarding contact sees it
    HELD = "held"  # a reader wants to come back to it
    CODED = "coded"
    NO_REQUEST = "no_request"  # read, nothing asked
    WITHDRAWN = "withdrawn"


class Contribution(Model):
    """One thing said in own words."""

    __tablename__ = "contribution"
    __table_args__ = (Index("ix_contribution_reading", "wave_id", "reading", "key"), WITHOUT_ROWID)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    tag: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"))
    band: Mapped[Band]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="RESTRICT"))
    channel: Mapped[Channel]
    item: Mapped[str]  # key of the question
    text: Mapped[str]
    reading: Mapped[Reading] = mapped_column(default=Reading.UNREAD)
    lot: Mapped[bytes | None] = mapped_column(LargeBinary(16))  # with which ten or more it left the box
    wave: Mapped[Wave] = relationship()


class Concern(Model):
    """Words that ask for help, copied at once for the safeguarding contact; carries no tag."""

    __tablename__ = "concern"
    __table_args__ = (WITHOUT_ROWID,)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"), index=True)
    band: Mapped[Band]
    text: Mapped[str]
    first_seen: Mapped[date | None]  # day on which the job, not the child, noticed it
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    read_on: Mapped[date | None]
    followed_up: Mapped[str | None]  # what the safeguarding contact did
    wave: Mapped[Wave] = relationship()


class Erasure(Model):
    """A child's wish that one thing it said goes, sealed: all wishes look alike until enough of a group go together."""

    __tablename__ = "erasure"
    __table_args__ = (WITHOUT_ROWID,)
    tag: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
