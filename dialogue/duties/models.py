"""A duty: what a department owes, to whom it is visible, and by when."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dialogue.shared.database import Model, Moment


class Duty(Model):
    """Created by promises, never deleted: it ends kept, or cancelled with a reason."""

    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("kind", "object"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    kind: Mapped[str]  # "feedback", "decision", "measure", "concern"
    object: Mapped[str]  # "wave:3", "signal:7", "measure:2", "concern:<hex>"
    subject: Mapped[str]  # one line for the person who owes it
    due: Mapped[date] = mapped_column(index=True)
    kept_at: Mapped[datetime | None] = mapped_column(Moment)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    cancelled_because: Mapped[str | None]
