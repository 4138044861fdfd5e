"""Told back: the message that answers children."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.decisions.models import Decision
from dialogue.shared.database import Model, Moment

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
    decision: Mapped[Decision] = relationship()
