"""Reading the plan codes of a municipality."""

from collections.abc import Sequence

from sqlalchemy import select

from dialogue.decisions.plan import Plan
from dialogue.decisions.plan_models import PlanCode
from dialogue.shared.database import db


def plan_codes(municipality_id: int, *, retired: bool = False) -> list[PlanCode]:
    """The codes that may be chosen (or those that were retired), by period and code."""
    wanted = PlanCode.retired_at.is_not(None) if retired else PlanCode.retired_at.is_(None)
    chosen = select(PlanCode).where(PlanCode.municipality_id == municipality_id, wanted)
    return list(db.session.scalars(chosen.order_by(PlanCode.period.desc(), PlanCode.code)))


def plan_of(municipality_id: int, kept: Sequence[str] = ()) -> Plan:
    """The plan from which codes are chosen for a record that already has the codes `kept`."""
    return Plan(plan_codes(municipality_id), kept)
