"""What happens before a body decides: who read a signal, and which proposal was brought before whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.decisions.models import Body, Proposal
from dialogue.shared.database import Model, Moment
from dialogue.shared.triggers import refuse_changes


class ReadBy(Model):
    """Somebody who decides read what a signal rests on; once per person, for children to know. Never changed."""

    __tablename__ = "read_by"
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"), primary_key=True)
    as_who: Mapped[str]  # "schepen van Mobiliteit", as it was that day; never a name
    at: Mapped[datetime] = mapped_column(Moment)


class Brought(Model):
    """A proposal that lies before a body, by who may bring it there. Not public: the body still has to decide."""

    __tablename__ = "brought"
    __table_args__ = (CheckConstraint("length(trim(as_who)) > 0", name="as_who"),)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="RESTRICT"), primary_key=True)
    body: Mapped[Body]
    until: Mapped[date | None]  # of a study
    passed_to: Mapped[str] = mapped_column(default="")  # of what is not ours
    as_who: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(Moment)
    proposal: Mapped[Proposal] = relationship()


for _table in (ReadBy.__table__, Brought.__table__):
    refuse_changes(_table)  # type: ignore[arg-type]
