"""Advice of the youth council, asked or not, and what was answered to it: always with a reason, also when followed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.decisions.models import Body
from dialogue.people.models import Department
from dialogue.shared.database import Model, Moment
from dialogue.shared.models import StoredFile
from dialogue.shared.triggers import refuse_changes
from dialogue.signals.models import Signal


class Followed(StrEnum):
    """How far an advice is followed."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NOT = "not"


class Advice(Model):
    """What the youth council advises, as it came in. Never changed; answered by the day of the duty "advice:ID"."""

    __tablename__ = "advice"
    __table_args__ = (
        CheckConstraint("length(trim(title)) > 0", name="title"),
        CheckConstraint("length(trim(text)) > 0 OR file_id IS NOT NULL", name="said"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    received_on: Mapped[date]
    title: Mapped[str]
    text: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="RESTRICT"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(Moment)
    department: Mapped[Department] = relationship(lazy="joined")
    stored: Mapped[StoredFile | None] = relationship(lazy="joined")
    about: Mapped[list["AdviceSignal"]] = relationship(lazy="selectin")
    answers: Mapped[list["AdviceAnswer"]] = relationship(order_by="AdviceAnswer.id.desc()", lazy="selectin")

    @property
    def answer(self) -> "AdviceAnswer | None":
        """What holds: the latest answer."""
        return self.answers[0] if self.answers else None


class AdviceSignal(Model):
    """This advice is about that signal."""

    __tablename__ = "advice_signal"
    advice_id: Mapped[int] = mapped_column(ForeignKey("advice.id", ondelete="RESTRICT"), primary_key=True)
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), primary_key=True, index=True)
    signal: Mapped[Signal] = relationship(lazy="joined")


class AdviceAnswer(Model):
    """What a body answered on a day, with its reason. Answered anew by a new row, never changed."""

    __tablename__ = "advice_answer"
    __table_args__ = (CheckConstraint("length(trim(reason)) > 0", name="reason"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    advice_id: Mapped[int] = mapped_column(ForeignKey("advice.id", ondelete="RESTRICT"), index=True)
    followed: Mapped[Followed]
    reason: Mapped[str]
    body: Mapped[Body]
    decided_on: Mapped[date]
    document_title: Mapped[str]
    document_uri: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(Moment)


class AdviceRule(Model):
    """Within how many days a town answers advice; without a row: the usual number."""

    __tablename__ = "advice_rule"
    __table_args__ = (CheckConstraint("days BETWEEN 14 AND 180", name="days"),)
    municipality_id: Mapped[int] = mapped_column(
        ForeignKey("municipality.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    days: Mapped[int]


for _table in (Advice.__table__, AdviceSignal.__table__, AdviceAnswer.__table__):
    refuse_changes(_table)  # type: ignore[arg-type]
