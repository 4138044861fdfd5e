"""Proved: a dossier for one period, and the files made of it."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from dialogue.shared.database import Model, Moment


class Dossier(Model):
    """The proof for criterion 3.4 over one period, with the chains a coordinator chose."""

    __tablename__ = "dossier"
    __table_args__ = (CheckConstraint("ends > begins", name="days"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    period: Mapped[str]  # "school", "calendar" or "plan"
    begins: Mapped[date]
    ends: Mapped[date]  # last day
    chains: Mapped[list[int]] = mapped_column(JSON, default=list)  # decision ids, 3 to 5
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    made_at: Mapped[datetime | None] = mapped_column(Moment)
    ledger_head: Mapped[str | None]
    docx: Mapped[bytes | None] = mapped_column(LargeBinary)
