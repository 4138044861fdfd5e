"""Proved: a dossier for one period; the files made of it lie in its bundle."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from dialogue.shared.database import Model


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
    ledger_head: Mapped[str | None]  # the seal in the documents that were made last
