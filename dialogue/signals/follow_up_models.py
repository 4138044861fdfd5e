"""One more question to everybody whose answer is in a signal: with answers to choose from, or for own words."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.shared.database import Model, Moment
from dialogue.shared.triggers import refuse_changes
from dialogue.signals.models import Signal

_OPEN = text("closed_at IS NULL")


class FollowUpQuestion(Model):
    """What is asked once more about a signal; one at a time. Once it is closed nothing about it changes."""

    __tablename__ = "follow_up_question"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed"),
        Index("uq_follow_up_question_open", "signal_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), index=True)
    words: Mapped[dict[str, str]] = mapped_column(JSON)  # per language
    options: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)  # code -> per language
    closes_on: Mapped[date]  # the last day on which it can be answered
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)  # early, or because another one is asked
    own_words: Mapped[bool] = mapped_column(default=False, server_default=false())  # then there are no options
    signal: Mapped[Signal] = relationship()


refuse_changes(FollowUpQuestion.__table__, when="OLD.closed_at IS NOT NULL")  # type: ignore[arg-type]
