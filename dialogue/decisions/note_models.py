"""Notes that put what departments propose before the college, and the paper of the town on which they are written."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.people.models import StaffMember
from dialogue.shared.database import Model, Moment
from dialogue.shared.models import StoredFile
from dialogue.signals.models import Signal


class CollegeNote(Model):
    """What lies before the college on one day. The document is drawn of what is proposed when it is asked for."""

    __tablename__ = "college_note"
    __table_args__ = (CheckConstraint("length(trim(title)) > 0", name="title"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    title: Mapped[str]
    meets_on: Mapped[date]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)  # it was noted what the college decided, or taken back
    agenda_point: Mapped[str] = mapped_column(default="")  # under which the college decided; "": it was taken back
    made_by: Mapped[StaffMember] = relationship()
    lines: Mapped[list["NoteLine"]] = relationship(back_populates="note", order_by="NoteLine.signal_id")


class NoteLine(Model):
    """One signal of a note, with what the college must know besides: what it costs, and to which plan it belongs."""

    __tablename__ = "note_line"
    note_id: Mapped[int] = mapped_column(ForeignKey("college_note.id", ondelete="RESTRICT"), primary_key=True)
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), primary_key=True, index=True)
    budget: Mapped[str] = mapped_column(default="")
    plan_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[CollegeNote] = relationship(back_populates="lines")
    signal: Mapped[Signal] = relationship(lazy="joined")


class NoteTemplate(Model):
    """The town's own paper (docx) for its notes; without it they are written on ours."""

    __tablename__ = "note_template"
    municipality_id: Mapped[int] = mapped_column(
        ForeignKey("municipality.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="RESTRICT"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(Moment)
    stored: Mapped[StoredFile] = relationship(lazy="joined")
