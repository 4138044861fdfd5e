"""Told back: the message that answers children."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.decisions.models import Decision
from dialogue.shared.database import Model, Moment
from dialogue.shared.models import StoredFile
from dialogue.shared.triggers import refuse_changes

# What a message tells, in this order; older messages have neither the first nor the last.
PARTS = ("we_asked", "you_said", "we_decided", "because", "you_will_see", "disagree", "hear_again")


class Version(NamedTuple):
    """For whom a text is: the age ("": everybody) and the language."""

    band: str
    language: str

    @property
    def code(self) -> str:
        """How it stands in an address: "nl", or "A-nl" for the youngest."""
        return "-".join(filter(None, self))


class Message(Model):
    """What children are told about one decision. Its texts come in editions: the last one told is what they read."""

    __tablename__ = "message"
    __table_args__ = (CheckConstraint("published_at IS NULL OR published_by_id IS NOT NULL", name="published"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"), unique=True)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    written_at: Mapped[datetime] = mapped_column(Moment)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    edition: Mapped[int] = mapped_column(default=0, server_default="0")  # what children read; 0: nothing yet
    decision: Mapped[Decision] = relationship()
    versions: Mapped[list["MessageText"]] = relationship(back_populates="message", order_by="MessageText.id")

    @property
    def told(self) -> list["MessageText"]:
        """What children can read now."""
        return [text for text in self.versions if text.edition == self.edition]

    @property
    def draft(self) -> list["MessageText"]:
        """The edition that is being written; empty when nothing changed since it was told."""
        return [text for text in self.versions if text.edition > self.edition]


class MessageText(Model):
    """A message for one age and in one language. An edition that was told stays as it is: what changes is a next one.

    It was seen when `seen` is the digest of what a child would read now; whatever changes must be seen again.
    """

    __tablename__ = "message_text"
    __table_args__ = (
        UniqueConstraint("message_id", "edition", "band", "language"),
        CheckConstraint("band IN ('', 'A', 'B', 'C', 'D')", name="band"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="RESTRICT"))
    edition: Mapped[int]
    band: Mapped[str] = mapped_column(default="")  # "": the general text, for every age that has none of its own
    language: Mapped[str]
    parts: Mapped[dict[str, str]] = mapped_column(JSON)  # part -> text; an empty one is as in the general text
    picture: Mapped[str] = mapped_column(default="")  # a name of our own set, "" for none
    sound_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="RESTRICT"))
    seen: Mapped[str] = mapped_column(default="")
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    told: Mapped[bool] = mapped_column(default=False)
    message: Mapped[Message] = relationship(back_populates="versions")
    sound: Mapped[StoredFile | None] = relationship()

    @property
    def version(self) -> Version:
        """For whom this text is."""
        return Version(self.band, self.language)


refuse_changes(MessageText.__table__, when="OLD.told")  # type: ignore[arg-type]
