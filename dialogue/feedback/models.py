"""Told back: the message that answers children."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.decisions.models import Decision
from dialogue.shared.database import Model, Moment
from dialogue.shared.models import StoredFile
from dialogue.shared.triggers import refuse_changes

PARTS = ("you_said", "we_decided", "because", "you_will_see", "disagree")


class Message(Model):
    """You said, we decided, because, you will see, don't agree: one text for all bands, per language."""

    __tablename__ = "message"
    __table_args__ = (CheckConstraint("published_at IS NULL OR published_by_id IS NOT NULL", name="published"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"), unique=True)
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)  # {"nl": {part: text}}
    written_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    written_at: Mapped[datetime] = mapped_column(Moment)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    edition: Mapped[int] = mapped_column(default=0, server_default="0")  # what children read; 0: nothing yet
    decision: Mapped[Decision] = relationship()
    versions: Mapped[list["MessageText"]] = relationship(back_populates="message", order_by="MessageText.id")


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


refuse_changes(MessageText.__table__, when="OLD.told")  # type: ignore[arg-type]
