"""The trace both ways: from anything that was said, heard, decided, done or told to all it hangs together with.

Every way in leads to signals; from there each step is read for all of them at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from dialogue.answering.models import Contribution, Reading
from dialogue.consultations.models import Wave
from dialogue.decisions.advice_models import Advice
from dialogue.decisions.advice_queries import advice_on
from dialogue.decisions.measure_queries import get_measure
from dialogue.decisions.models import Answered, Decision, Measure, Proposal
from dialogue.decisions.queries import get_decision
from dialogue.decisions.rules import has_lapsed
from dialogue.feedback.dead_ends import stages
from dialogue.feedback.fates import Fate
from dialogue.feedback.models import Message
from dialogue.feedback.queries import signals_answered_by
from dialogue.shared.actor import Actor
from dialogue.shared.bands import Band
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound
from dialogue.signals.models import AnswerBasis, Coding, Signal
from dialogue.signals.queries import get_wave_for_reading, signals_of_contribution
from dialogue.signals.rules import SHOWN, sees


@dataclass(frozen=True)
class Step:
    """A decision about a signal, with what was done and told after it; `holds`: no later one took its place."""

    decision: Decision
    message: Message | None
    holds: bool


@dataclass(frozen=True)
class Thread:
    """One signal with all it came from and all that followed."""

    signal: Signal
    fate: Fate
    written: int  # raw: show rounded
    advice: list[Advice] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    decided: list[Step] = field(default_factory=list)

    def has_lapsed(self, proposal: Proposal) -> bool:
        """Whether the signal went to another department before anything was decided about this proposal."""
        return has_lapsed(proposal, [step.decision.recorded_at for step in self.decided])


def get_words(actor: Actor, key: bytes | None) -> Contribution:
    """Words that this person may read; else NotFound or NotAllowed."""
    found = db.session.get(Contribution, key) if key else None
    if found is None or found.reading not in SHOWN:
        raise NotFound
    get_wave_for_reading(actor, found.wave_id)
    return found


def from_words(actor: Actor, words: Contribution) -> list[Thread]:
    """The threads in which these words count."""
    return threads(actor, signals_of_contribution(words))


def from_answer(actor: Actor, wave: Wave, band: Band, item: str, option: str) -> list[Thread]:
    """The threads that rest on 'question X answered Y' of this round."""
    resting = select(Signal).join(AnswerBasis, AnswerBasis.signal_id == Signal.id).order_by(Signal.id)
    resting = resting.where(Signal.wave_id == wave.id, AnswerBasis.band == band)
    found = db.session.scalars(resting.where(AnswerBasis.item == item, AnswerBasis.option == option))
    return threads(actor, list(found))


def from_decision(actor: Actor, decision_id: int) -> list[Thread]:
    """The threads that this decision answers, back and forth."""
    return threads(actor, signals_answered_by(get_decision(actor, decision_id)))


def from_measure(actor: Actor, measure_id: int) -> list[Thread]:
    """The threads for which this measure is carried out."""
    return threads(actor, signals_answered_by(get_measure(actor, measure_id).decision))


def threads(actor: Actor, signals: Iterable[Signal]) -> list[Thread]:
    """The threads of those of these signals that this person may know of."""
    seen = [signal for signal in signals if sees(actor, signal)]
    ids = [signal.id for signal in seen]
    proposals, decided, written = _proposals(ids), _decided(ids), _written(ids)
    fates, advice = stages(actor.municipality_id) if ids else {}, advice_on(ids)
    return [
        Thread(s, fates[s.id], written.get(s.id, 0), advice.get(s.id, []), proposals[s.id], decided[s.id]) for s in seen
    ]


def _written(signal_ids: Sequence[int]) -> dict[int, int]:
    lying = select(Coding.signal_id, func.count()).join(Coding.contribution)
    lying = lying.where(Coding.signal_id.in_(signal_ids), Contribution.reading == Reading.CODED)
    return dict(db.session.execute(lying.group_by(Coding.signal_id)).all())


def _proposals(signal_ids: Sequence[int]) -> defaultdict[int, list[Proposal]]:
    found: defaultdict[int, list[Proposal]] = defaultdict(list)
    made = select(Proposal).where(Proposal.signal_id.in_(signal_ids)).order_by(Proposal.id)
    for proposal in db.session.scalars(made.options(selectinload(Proposal.department))):
        found[proposal.signal_id].append(proposal)
    return found


def _decided(signal_ids: Sequence[int]) -> defaultdict[int, list[Step]]:
    """Everything that was ever decided about each signal, also what was corrected, the first first."""
    found: defaultdict[int, list[Step]] = defaultdict(list)
    taken = select(Answered.signal_id, Decision).join(Decision).where(Answered.signal_id.in_(signal_ids))
    loads = (selectinload(Decision.measures).selectinload(Measure.proofs), selectinload(Decision.department))
    rows = db.session.execute(taken.options(*loads).order_by(Decision.id)).all()
    decisions = {decision.id for _, decision in rows}
    replaced = {decision.corrects_id for _, decision in rows}
    told = select(Message).where(Message.decision_id.in_(decisions), Message.published_at.is_not(None))
    messages = {message.decision_id: message for message in db.session.scalars(told)}
    for signal_id, decision in rows:
        found[signal_id].append(Step(decision, messages.get(decision.id), decision.id not in replaced))
    return found
