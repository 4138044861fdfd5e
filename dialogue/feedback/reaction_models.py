"""What children think of a message: one reaction per receipt, and what followed when most said no.

A reaction has no time and shares no value with an answer: its tag is made from the key of a receipt for this one
message and question, with the pepper.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.feedback.models import Message
from dialogue.shared.database import WITHOUT_ROWID, Model, Moment
from dialogue.shared.triggers import refuse_changes


class Asked(StrEnum):
    """What a child is asked about a message."""

    ANSWER = "answer"  # is this a real answer?
    CHANGED = "changed"  # did anything change?


class Opinion(StrEnum):
    """What it can say."""

    YES = "yes"
    A_BIT = "a_bit"
    NO = "no"


_NEW = text("counted <> opinion")


class Reaction(Model):
    """One reaction as it is now, and as it stands in the figures that are shown ("": not yet)."""

    __tablename__ = "reaction"
    __table_args__ = (
        Index("ix_reaction_message_id", "message_id", "asked", "opinion", "counted"),
        Index("ix_reaction_new", "message_id", "asked", sqlite_where=_NEW, postgresql_where=_NEW),
        WITHOUT_ROWID,
    )
    tag: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="RESTRICT"))
    asked: Mapped[Asked]
    opinion: Mapped[Opinion]
    counted: Mapped[str]


class Review(Model):
    """Most children said no: the coordinator must look at this answer again. Never changed."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("message_id", "asked"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="RESTRICT"))
    asked: Mapped[Asked]
    noticed_on: Mapped[date]
    message: Mapped[Message] = relationship()
    verdict: Mapped["ReviewVerdict | None"] = relationship(back_populates="review")


class ReviewVerdict(Model):
    """What the coordinator did: decide again by a day, or not, and why. Everybody reads it; never changed."""

    __tablename__ = "review_verdict"
    __table_args__ = (CheckConstraint("length(trim(because)) > 0", name="because"),)
    review_id: Mapped[int] = mapped_column(
        ForeignKey("review.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    due: Mapped[date | None]  # by when it is decided again; none: it is not
    because: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(Moment)
    review: Mapped[Review] = relationship(back_populates="verdict")


for _table in (Review.__table__, ReviewVerdict.__table__):
    refuse_changes(_table)  # type: ignore[arg-type]
