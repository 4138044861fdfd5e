"""When people are away or leave: decisions that a deputy recorded, and all tasks of one person handed over."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.people.models import StaffMember
from dialogue.shared.database import Model, Moment
from dialogue.shared.triggers import refuse_changes


class OnBehalf(Model):
    """A deputy recorded this decision in the name of somebody who was away. Never changed."""

    __tablename__ = "on_behalf"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"), primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    staff_member: Mapped[StaffMember] = relationship()


class HandOver(Model):
    """What one person was responsible for went to another one, in one act. Never changed; handed back by another."""

    __tablename__ = "hand_over"
    __table_args__ = (CheckConstraint("from_id <> to_id", name="two"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    to_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    what: Mapped[list[str]] = mapped_column(JSON)  # "measure:3", "duty:7", "deputy:2", "role:5"
    by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(Moment)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("hand_over.id", ondelete="RESTRICT"), unique=True)
    giver: Mapped[StaffMember] = relationship(foreign_keys=from_id)
    taker: Mapped[StaffMember] = relationship(foreign_keys=to_id)

    @property
    def roles(self) -> list[str]:
        """The roles that went along."""
        return [key for key in self.what if key.startswith("role:")]

    @property
    def tasks(self) -> list[str]:
        """All that went but roles."""
        return [key for key in self.what if key not in self.roles]


for _table in (OnBehalf.__table__, HandOver.__table__):
    refuse_changes(_table)  # type: ignore[arg-type]
