"""What waits for a proposal or a decision, and what was decided: the lists of the room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select

from dialogue.decisions.models import Answered, Decision, Proposal
from dialogue.decisions.queries import lies, standing
from dialogue.duties.models import Duty
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.signals.models import Signal
from dialogue.signals.queries import matching, signals_seen

PAGE = 20


@dataclass(frozen=True)
class Waiting:
    """A signal that waits, for a proposal or for a decision about one, and by when it is owed."""

    signal: Signal
    proposal: Proposal | None
    due: date | None


def waiting(actor: Actor, consultation_id: int | None = None, words: str = "") -> list[Waiting]:
    """Signals this person may know of (of one consultation) that hold these words and are owed an answer.

    The most urgent first. What is under study waits too: it is owed an answer by its new day.
    """
    signals = matching(db.session.scalars(_of(consultation_id, signals_seen(actor))), words)
    owed = {duty.object: duty.due for duty in _open_decisions(actor.municipality_id)}
    ids = [signal.id for signal in signals]
    decided, proposed = _last_decided(ids), _proposed(ids)
    rows = []
    for signal in signals:
        due, last, proposal = owed.get(f"signal:{signal.id}"), decided.get(signal.id), proposed.get(signal.id)
        if proposal and last and last >= proposal.at:
            proposal = None
        if due or proposal or last is None:
            rows.append(Waiting(signal, proposal, due))
    return sorted(rows, key=lambda row: (row.due or date.max, row.signal.id))


def with_proposal(signal_ids: list[int]) -> set[int]:
    """Those of these signals about which a proposal waits for a decision."""
    decided, proposed = _last_decided(signal_ids), _proposed(signal_ids)
    return {one for one, proposal in proposed.items() if one not in decided or decided[one] < proposal.at}


def _open_decisions(municipality_id: int) -> Iterable[Duty]:
    still = (Duty.kept_at.is_(None), Duty.cancelled_at.is_(None), Duty.kind == "decision")
    return db.session.scalars(select(Duty).where(Duty.municipality_id == municipality_id, *still))


def _last_decided(signal_ids: list[int]) -> dict[int, datetime]:
    query = select(Answered.signal_id, func.max(Decision.recorded_at)).join(Decision)
    query = query.where(Answered.signal_id.in_(signal_ids)).group_by(Answered.signal_id)
    return dict(db.session.execute(query).all())


def _proposed(signal_ids: list[int]) -> dict[int, Proposal]:
    query = select(Proposal).join(Proposal.signal).where(Proposal.signal_id.in_(signal_ids), lies())
    return {proposal.signal_id: proposal for proposal in db.session.scalars(query.order_by(Proposal.id))}


def _of(consultation_id: int | None, signals: Select[Signal]) -> Select[Signal]:
    return signals if consultation_id is None else signals.where(Signal.consultation_id == consultation_id)


def taken(
    actor: Actor, before: int | None = None, consultation_id: int | None = None, words: str = ""
) -> tuple[list[Decision], int | None]:
    """Decisions that stand about signals this person may know of, newest first, and the id to go on from.

    With `words` only those about signals that hold them.
    """
    seen = _of(consultation_id, signals_seen(actor))
    found = [signal.id for signal in matching(db.session.scalars(seen), words)] if words else None
    answers = select(Answered.decision_id)
    answers = answers.where(Answered.signal_id.in_(seen.with_only_columns(Signal.id) if found is None else found))
    query = select(Decision).where(Decision.id.in_(answers), standing())
    if before:
        query = query.where(Decision.id < before)
    page = list(db.session.scalars(query.order_by(Decision.id.desc()).limit(PAGE + 1)))
    return page[:PAGE], page[PAGE - 1].id if len(page) > PAGE else None
