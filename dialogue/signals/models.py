"""Heard: signals, and what they rest on."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.answering.models import Contribution
from dialogue.consultations.models import Consultation, Wave
from dialogue.people.models import Department
from dialogue.shared.bands import Band
from dialogue.shared.database import Model, Moment
from dialogue.shared.triggers import refuse_changes

_ENDS = text("what IN ('merged', 'withdrawn')")


class Signal(Model):
    """What children tell us, in one sentence; owed by a department. Never deleted."""

    __tablename__ = "signal"
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="RESTRICT"), index=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"), index=True)
    titles: Mapped[dict[str, str]] = mapped_column(JSON)  # per language, as a child would say it
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    consultation: Mapped[Consultation] = relationship()
    wave: Mapped[Wave] = relationship()
    department: Mapped[Department] = relationship()
    bases: Mapped[list["AnswerBasis"]] = relationship(back_populates="signal")


class Coding(Model):
    """A person laid this contribution with that signal."""

    __tablename__ = "coding"
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), primary_key=True)
    contribution_key: Mapped[bytes] = mapped_column(
        LargeBinary(16), ForeignKey("contribution.key", ondelete="RESTRICT"), primary_key=True, index=True
    )
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(Moment)
    quote: Mapped[str | None]  # approved for publication by a person, without names
    quote_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    contribution: Mapped[Contribution] = relationship()
    signal: Mapped[Signal] = relationship()


class EarlierSentence(Model):
    """How a signal was worded until then: whoever decided on it decided on these words. Never changed."""

    __tablename__ = "earlier_sentence"
    id: Mapped[int] = mapped_column(primary_key=True)
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), index=True)
    titles: Mapped[dict[str, str]] = mapped_column(JSON)  # per language
    until: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))


class AnswerBasis(Model):
    """Question X answered Y counts for this signal."""

    __tablename__ = "answer_basis"
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), primary_key=True)
    band: Mapped[Band] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    option: Mapped[str] = mapped_column(primary_key=True)
    signal: Mapped[Signal] = relationship(back_populates="bases")


class Reshaped(StrEnum):
    """What was done with a signal as a whole; merged or withdrawn it is owed no answer of its own any more."""

    SPLIT = "split"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class SignalChange(Model):
    """A signal was split, merged or withdrawn, and why: everybody may read it, and nobody can change it."""

    __tablename__ = "signal_change"
    __table_args__ = (
        CheckConstraint("length(trim(because)) > 0", name="because"),
        CheckConstraint("(what = 'withdrawn') = (other_id IS NULL)", name="other"),
        Index("uq_signal_change_end", "signal_id", unique=True, sqlite_where=_ENDS, postgresql_where=_ENDS),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), index=True)
    what: Mapped[Reshaped]
    other_id: Mapped[int | None] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), index=True)
    because: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(Moment)
    signal: Mapped[Signal] = relationship(foreign_keys=signal_id)
    other: Mapped[Signal | None] = relationship(foreign_keys=other_id)  # what it was split into, or merged with


for _table in (SignalChange.__table__, EarlierSentence.__table__):
    refuse_changes(_table)  # type: ignore[arg-type]
