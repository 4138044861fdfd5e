"""What children answer to one more question: once per receipt, without a time.

An answer shares no value with what a child said before: its tag is made from the key of a receipt for this one
question, with the pepper.
"""

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from dialogue.shared.database import WITHOUT_ROWID, Model

_NEW = text("counted <> option")


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


class FollowUpLetter(Model):
    """What one child wrote, sealed as a letter is, until ten or more come out together: then it is a contribution.

    The letter box itself takes letters only while their round is open, and makes a response of each.
    """

    __tablename__ = "follow_up_letter"
    __table_args__ = (WITHOUT_ROWID,)
    tag: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("follow_up_question.id", ondelete="RESTRICT"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
