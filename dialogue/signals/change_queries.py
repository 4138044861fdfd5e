"""Reading what became of signals: split, merged, withdrawn; and whether they are still owed an answer."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from dialogue.shared.clock import midnight
from dialogue.shared.database import db
from dialogue.signals import rules
from dialogue.signals.models import Reshaped, Signal, SignalChange


def ended(*how: Reshaped) -> ColumnElement[bool]:
    """Whether a signal (in the query around it) was merged or withdrawn."""
    return exists().where(SignalChange.signal_id == Signal.id, SignalChange.what.in_(how))


def is_whole() -> ColumnElement[bool]:
    """Whether a signal (in the query around it) is still owed an answer of its own."""
    return ~ended(Reshaped.MERGED, Reshaped.WITHDRAWN)


def end_of(signal_id: int) -> SignalChange | None:
    """How this signal ended, if it was merged or withdrawn."""
    query = select(SignalChange).where(SignalChange.signal_id == signal_id, SignalChange.what != Reshaped.SPLIT)
    return db.session.scalar(query)


def withdrawals(signal_ids: Collection[int]) -> dict[int, SignalChange]:
    """Those of these signals that were withdrawn, each with how."""
    query = select(SignalChange).where(SignalChange.signal_id.in_(signal_ids), SignalChange.what == Reshaped.WITHDRAWN)
    return {change.signal_id: change for change in db.session.scalars(query)}


def why_ended(signals: Iterable[Signal]) -> list[str]:
    """Reasons why nothing can be done any more with these signals."""
    found = [end_of(signal.id) for signal in signals]
    return rules.why_not_on([end.what for end in found if end])


def changes_of(signal_id: int) -> list[SignalChange]:
    """What this signal was split into, merged with or made of, the first first."""
    query = select(SignalChange).where(or_(SignalChange.signal_id == signal_id, SignalChange.other_id == signal_id))
    return list(db.session.scalars(query.order_by(SignalChange.id)))


def changes_in(municipality_id: int, begins: date, ends: date) -> list[SignalChange]:
    """All signals that were split, merged or withdrawn in a period (both days included), the last first."""
    query = select(SignalChange).join(SignalChange.signal).where(Signal.municipality_id == municipality_id)
    query = query.where(SignalChange.at >= midnight(begins), SignalChange.at < midnight(ends + timedelta(days=1)))
    both = (contains_eager(SignalChange.signal), joinedload(SignalChange.other))
    return list(db.session.scalars(query.options(*both).order_by(SignalChange.id.desc())))
