"""What the ledger keeps of signals."""

from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.signals.models import Signal


def note(actor: Actor, verb: str, signal: Signal, **pictures: object) -> None:
    """Record what was done with the signal, with its `before` and `after`; never a child's words."""
    record(actor, verb, f"signal:{signal.id}", department_id=signal.department_id, **pictures)
