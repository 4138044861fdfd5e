"""Counting what became of everything children said: a fixed number of queries, none of which reads an answer.

The report for staff, the dossier and the figure for everybody all come from `report`.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import CTE, BigInteger, Select, and_, case, cast, exists, func, literal, select

from dialogue.answering.models import Contribution, Reading
from dialogue.consultations.models import Consultation, Wave
from dialogue.decisions.advice_queries import counted
from dialogue.decisions.models import Proposal
from dialogue.decisions.queries import holding, lies
from dialogue.feedback.fates import Fate, Report, Unit
from dialogue.feedback.follow_up_words import waiting_words
from dialogue.feedback.models import Message
from dialogue.people.models import Municipality
from dialogue.questions.kinds import CHOSE, DONT_KNOW, SKIPPED
from dialogue.questions.kinds.order import FIRST
from dialogue.results.models import Tally
from dialogue.results.queries import totals, waiting
from dialogue.shared.database import db
from dialogue.signals.change_queries import ended
from dialogue.signals.models import AnswerBasis, Coding, Reshaped, Signal

_STAGES = (
    Fate.NO_PROPOSAL,
    Fate.UNDECIDED,
    Fate.UNTOLD,
    Fate.TOLD,
    Fate.WITHDRAWN,
)  # of signals, in order
_SHIFT = 2**32  # a stage and a signal in one number: stage * _SHIFT + signal id
_FATES = {
    Reading.UNREAD: Fate.UNREAD,
    Reading.HELD: Fate.UNREAD,
    Reading.CODED: Fate.NO_SIGNAL,  # unless it lies with one
    Reading.NO_REQUEST: Fate.READ,
    Reading.CONCERN: Fate.ELSEWHERE,
    Reading.WITHDRAWN: Fate.ELSEWHERE,
}


@dataclass
class _Counting:
    """A report in the making: who asked in each round, each signal with its department and stage, and the cells."""

    municipality_id: int
    askers: dict[int, int]
    signals: dict[int, Any]
    cells: Counter[tuple[int, Unit, Fate]] = field(default_factory=Counter)

    def add(self, wave_id: int, unit: Unit, fate: Fate, count: int) -> None:
        """So many that still lie with the department that asked."""
        self.cells[self.askers[wave_id], unit, fate] += count

    def add_behind(self, behind: int, unit: Unit, count: int) -> None:
        """So many that lie with a signal (`_behind`), with the department that owes an answer to it."""
        stage, signal_id = divmod(behind, _SHIFT)
        self.cells[self.signals[signal_id].department_id, unit, _STAGES[stage]] += count


def report(municipality_id: int) -> Report:
    """What became of everything that was said in this municipality, by department."""
    town = db.session.get_one(Municipality, municipality_id)
    signals = {signal.id: signal for signal in db.session.execute(_stages_of(municipality_id))}
    counting = _Counting(municipality_id, _askers(municipality_id), signals)
    for signal in signals.values():
        counting.cells[signal.department_id, Unit.SIGNALS, _STAGES[signal.stage]] += 1
    for (department_id, answered), count in counted(municipality_id).items():
        counting.cells[department_id, Unit.ADVICE, Fate.TOLD if answered else Fate.UNDECIDED] += count
    in_boxes = Counter(waiting(counting.askers)) + waiting_words(counting.askers)
    for wave_id, count in in_boxes.items():
        counting.add(wave_id, Unit.LETTERS, Fate.BOX, count)
    _count_words(counting)
    _count_ticks(counting)
    return Report(counting.cells, _responses(counting.askers), town.smallest_group)


def stages(municipality_id: int) -> dict[int, Fate]:
    """How far each signal is."""
    return {signal.id: _STAGES[signal.stage] for signal in db.session.execute(_stages_of(municipality_id))}


def _stages_of(municipality_id: int) -> Select[Any]:
    """Per signal its department and stage, by the decision that holds now; what was merged is not there."""
    holds = holding()
    proposed = exists().where(Proposal.signal_id == Signal.id, lies())
    stage = case(
        (ended(Reshaped.WITHDRAWN), _STAGES.index(Fate.WITHDRAWN)),
        (Message.published_at.is_not(None), _STAGES.index(Fate.TOLD)),
        (holds.c.decision_id.is_not(None), _STAGES.index(Fate.UNTOLD)),
        (proposed, _STAGES.index(Fate.UNDECIDED)),
        else_=_STAGES.index(Fate.NO_PROPOSAL),
    )
    chosen = select(Signal.id, Signal.department_id, stage.label("stage"))
    chosen = chosen.outerjoin(holds, and_(holds.c.signal_id == Signal.id, holds.c.place == 1))
    chosen = chosen.outerjoin(Message, Message.decision_id == holds.c.decision_id)
    return chosen.where(Signal.municipality_id == municipality_id, ~ended(Reshaped.MERGED))


def _behind(stages: CTE) -> Any:
    """The signal that is furthest behind, with its stage, in one number that can be compared."""
    return func.min(cast(stages.c.stage, BigInteger) * literal(_SHIFT, BigInteger) + stages.c.id)


def _askers(municipality_id: int) -> dict[int, int]:
    """The department that asked, of each round."""
    chosen = select(Wave.id, Consultation.department_id).join(Wave.consultation)
    return dict(db.session.execute(chosen.where(Consultation.municipality_id == municipality_id)).all())


def _count_words(counting: _Counting) -> None:
    """Words by how they were read; those that lie with signals are moved to the one furthest behind."""
    state = (Contribution.wave_id, Contribution.reading)
    read = select(*state, func.count()).where(Contribution.wave_id.in_(counting.askers)).group_by(*state)
    for wave_id, reading, count in db.session.execute(read):
        counting.add(wave_id, Unit.WORDS, _FATES[reading], count)
    stages = _stages_of(counting.municipality_id).cte("stages")
    laid = select(Coding.contribution_key, _behind(stages).label("behind")).join(
        stages, stages.c.id == Coding.signal_id
    )
    lying = laid.group_by(Coding.contribution_key).subquery()
    coded = select(Contribution.wave_id, lying.c.behind, func.count())
    coded = coded.join(lying, lying.c.contribution_key == Contribution.key)
    coded = coded.where(Contribution.reading == Reading.CODED).group_by(Contribution.wave_id, lying.c.behind)
    for wave_id, behind, count in db.session.execute(coded):
        counting.add(wave_id, Unit.WORDS, Fate.NO_SIGNAL, -count)
        counting.add_behind(behind, Unit.WORDS, count)


def _count_ticks(counting: _Counting) -> None:
    """Ticks by the signals that rest on them, from the tallies: how many answered makes no difference."""
    stages = _stages_of(counting.municipality_id).cte("stages")
    basis = (AnswerBasis.band, AnswerBasis.item, AnswerBasis.option)
    resting = select(Signal.wave_id, *basis, _behind(stages).label("behind")).join(stages, stages.c.id == Signal.id)
    resting = resting.join(AnswerBasis, AnswerBasis.signal_id == Signal.id).group_by(Signal.wave_id, *basis)
    rests = resting.subquery()
    same = [rests.c[name] == getattr(Tally, name) for name in ("wave_id", "band", "item", "option")]
    cell = (Tally.wave_id, Tally.item, Tally.option, rests.c.behind)
    ticks = select(*cell, func.sum(Tally.count)).outerjoin(rests, and_(*same)).group_by(*cell)
    rows = db.session.execute(ticks.where(Tally.wave_id.in_(counting.askers), Tally.item != "")).all()
    several = {(wave_id, item) for wave_id, item, option, *_ in rows if option == CHOSE}
    for wave_id, item, option, behind, count in rows:
        if (wave_id, item) in several and option.startswith((CHOSE, FIRST)):
            continue  # tallied once more, under the option itself
        if behind is not None:
            counting.add_behind(behind, Unit.TICKS, int(count))
        else:
            fate = Fate.SKIPPED if option in (SKIPPED, DONT_KNOW) else Fate.NO_SIGNAL
            counting.add(wave_id, Unit.TICKS, fate, int(count))


def _responses(askers: dict[int, int]) -> Counter[int]:
    """How many responses each department got."""
    found: Counter[int] = Counter()
    for wave_id, count in totals(askers).items():
        found[askers[wave_id]] += int(count)
    return found
