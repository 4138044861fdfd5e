"""One more question to everybody whose answer is in a signal: a closed one, answered once per receipt.

An answer has no time and shares no value with what a child said before: its tag is made from the key of a receipt for
this one question, with the pepper.
"""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.shared.database import WITHOUT_ROWID, Model, Moment
from dialogue.shared.triggers import refuse_changes
from dialogue.signals.models import Signal

_OPEN = text("closed_at IS NULL")
_NEW = text("counted <> option")


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
    signal: Mapped[Signal] = relationship()


class FollowUpAnswer(Model):
    """One answer as it is now ("": taken back), and as it stands in the figures that are shown ("": not yet)."""

    __tablename__ = "follow_up_answer"
    __table_args__ = (
        Index("ix_follow_up_answer_question_id", "question_id", "option", "counted"),
        Index("ix_follow_up_answer_new", "question_id", sqlite_where=_NEW, postgresql_where=_NEW),
        WITHOUT_ROWID,
    )
    tag: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("follow_up_question.id", ondelete="RESTRICT"))
    option: Mapped[str]
    counted: Mapped[str]


refuse_changes(FollowUpQuestion.__table__, when="OLD.closed_at IS NOT NULL")  # type: ignore[arg-type]
