"""Taking in a list of plan codes: new ones come, names follow, missing ones retire, none is ever deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from dialogue.decisions.plan_file import Line
from dialogue.decisions.plan_models import PlanCode
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.database import db


@dataclass(frozen=True)
class Differences:
    """What a list changes: codes that come, that come back or get another name or level, that go, and the rest."""

    new: Sequence[Line]
    changed: Sequence[tuple[PlanCode, Line]]
    retired: Sequence[PlanCode]
    same: int


def compare(municipality_id: int, lines: Sequence[Line]) -> Differences:
    """What taking in these lines would change."""
    present = {(one.period, one.code.casefold()): one for one in _all(municipality_id)}
    listed = {line.key for line in lines}
    pairs = [(present[line.key], line) for line in lines if line.key in present]
    changed = [(one, line) for one, line in pairs if _differs(one, line)]
    gone = [one for key, one in present.items() if key not in listed and one.retired_at is None]
    return Differences([line for line in lines if line.key not in present], changed, gone, len(pairs) - len(changed))


def take_in(actor: Actor, lines: Sequence[Line]) -> Differences:
    """Make these the codes of the actor's municipality. Call inside `with writing():`."""
    found = compare(actor.municipality_id, lines)
    for line in found.new:
        fields = {"code": line.code, "name": line.name, "level": line.level, "period": line.period}
        db.session.add(PlanCode(municipality_id=actor.municipality_id, **fields))
    for one, line in found.changed:
        one.code, one.name, one.level, one.retired_at = line.code, line.name, line.level, None
    for one in found.retired:
        one.retired_at = now()
    picture = {"lines": [[line.code, line.name, line.level, line.period] for line in lines]}
    record(actor, "plan.taken_in", f"municipality:{actor.municipality_id}", after=picture)
    return found


def _all(municipality_id: int) -> Sequence[PlanCode]:
    return db.session.scalars(select(PlanCode).where(PlanCode.municipality_id == municipality_id)).all()


def _differs(one: PlanCode, line: Line) -> bool:
    return (one.code, one.name, one.level, one.retired_at) != (line.code, line.name, line.level, None)
