"""What it takes to carry out a measure: its steps, who helps, what it costs, its plan codes, and how far it is said."""

from datetime import date

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.people.models import StaffMember
from dialogue.places.models import Partner
from dialogue.shared.database import Model


class Means(Model):
    """Who helps to carry out a measure, what it costs, and how far somebody says it is; a measure may do without."""

    __tablename__ = "means"
    __table_args__ = (
        CheckConstraint("partner_id IS NULL OR partner_name = ''", name="partner"),
        CheckConstraint("budget_cents >= 0", name="budget_cents"),
        CheckConstraint("stated BETWEEN 0 AND 100", name="stated"),
        CheckConstraint(
            "(stated IS NULL) = (stated_by_id IS NULL) AND (stated IS NULL) = (stated_on IS NULL)", name="stated_by"
        ),
    )
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id", ondelete="RESTRICT"), primary_key=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id", ondelete="RESTRICT"))
    partner_name: Mapped[str] = mapped_column(default="")  # who is no partner of ours
    budget_cents: Mapped[int | None] = mapped_column(BigInteger)
    budget_about: Mapped[bool] = mapped_column(default=False)  # "±"
    budget_note: Mapped[str] = mapped_column(default="")
    plan_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    stated: Mapped[int | None]  # percent; empty: the steps are counted
    stated_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    stated_on: Mapped[date | None]
    partner: Mapped[Partner | None] = relationship(lazy="joined")
    stated_by: Mapped[StaffMember | None] = relationship()

    @property
    def helper(self) -> str:
        """The name of who helps to carry it out; "" for nobody."""
        return self.partner.name if self.partner else self.partner_name


class MeasureStep(Model):
    """One step on the way to a measure, with its own day."""

    __tablename__ = "measure_step"
    __table_args__ = (
        CheckConstraint("length(trim(what)) > 0", name="what"),
        CheckConstraint("(done_on IS NULL) = (done_by_id IS NULL)", name="done_by"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id", ondelete="RESTRICT"), index=True)
    what: Mapped[str]
    due: Mapped[date]
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    done_by: Mapped[StaffMember | None] = relationship()
