"""What everybody sees to be late, each with its reason."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from dialogue.decisions.waiting_queries import with_proposal
from dialogue.duties.models import Duty
from dialogue.duties.queries import late_for_everybody
from dialogue.shared.database import db
from dialogue.signals.models import Signal


@dataclass(frozen=True)
class LatePromise:
    """A duty whose promised day is over; of a decision its signal, and whether a proposal waits for the body."""

    duty: Duty
    signal: Signal | None = None
    proposed: bool = False


def late_promises(municipality_id: int, today: date) -> list[LatePromise]:
    """All that this town shows to be late, the longest waiting first."""
    duties = late_for_everybody(municipality_id, today)
    numbers = {duty.id: int(duty.object.partition(":")[2]) for duty in duties if duty.kind == "decision"}
    found = db.session.scalars(select(Signal).where(Signal.id.in_(numbers.values())))
    signals, proposed = {signal.id: signal for signal in found}, with_proposal(list(numbers.values()))
    return [
        LatePromise(duty, signals.get(numbers.get(duty.id, 0)), numbers.get(duty.id) in proposed) for duty in duties
    ]
