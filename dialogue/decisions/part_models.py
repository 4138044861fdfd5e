"""What other departments add before a body decides, and what was decided before they all had."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.decisions.models import Decision
from dialogue.people.models import Department, StaffMember
from dialogue.shared.database import Model, Moment
from dialogue.shared.triggers import refuse_changes
from dialogue.signals.models import Signal

_ASKED = text("dropped_at IS NULL")


class Part(Model):
    """Another department is asked for its part of an answer, by the day of the duty "part:ID"; and what it wrote."""

    __tablename__ = "part"
    __table_args__ = (
        CheckConstraint("length(trim(asked)) > 0", name="asked"),
        CheckConstraint("(given_at IS NULL) = (length(trim(answer)) = 0)", name="answer"),
        Index("uq_part_asked", "signal_id", "department_id", unique=True, sqlite_where=_ASKED, postgresql_where=_ASKED),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    asked: Mapped[str]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(default="")
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    given_at: Mapped[datetime | None] = mapped_column(Moment)
    dropped_at: Mapped[datetime | None] = mapped_column(Moment)  # asked no more
    signal: Mapped[Signal] = relationship()
    department: Mapped[Department] = relationship(lazy="joined")
    asked_by: Mapped[StaffMember] = relationship(foreign_keys=asked_by_id)


class Early(Model):
    """This was decided before these parts were in, because it could not wait. Never changed."""

    __tablename__ = "early"
    __table_args__ = (CheckConstraint("length(trim(because)) > 0", name="because"),)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"), primary_key=True)
    because: Mapped[str]
    missing: Mapped[list[int]] = mapped_column(JSON)  # ids of parts
    decision: Mapped[Decision] = relationship()


refuse_changes(Early.__table__)  # type: ignore[arg-type]
