"""The codes of a municipality's own plan (BBC), as they were taken in from its list."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dialogue.shared.database import Model, Moment


class PlanLevel(StrEnum):
    """The levels of a plan, each under the one before it."""

    GOAL = "goal"  # beleidsdoelstelling
    PLAN = "plan"  # actieplan
    ACTION = "action"  # actie


class PlanCode(Model):
    """One code of the plan. One that a newer list does not have is retired: it stays with what was decided under it."""

    __tablename__ = "plan_code"
    __table_args__ = (
        CheckConstraint("length(trim(code)) > 0 AND length(trim(name)) > 0", name="said"),
        UniqueConstraint("municipality_id", "period", "code"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"))
    code: Mapped[str]
    name: Mapped[str]
    level: Mapped[PlanLevel]
    period: Mapped[str]  # "2026-2031"
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
