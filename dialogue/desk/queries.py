"""Reading over all rooms for the staff home: a fixed number of queries, however many answers there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from dialogue.answering.models import Contribution, Letter, Reading
from dialogue.consultations.models import Consultation, State, Wave
from dialogue.consultations.queries import was_asked
from dialogue.decisions.models import Answered, Decision, Measure, MeasureState
from dialogue.desk.rules import Progress
from dialogue.feedback.models import Message
from dialogue.results.queries import totals
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.signals.models import Signal
from dialogue.signals.queries import departments_read


@dataclass(frozen=True)
class Row:
    """One line of the list: the latest round of a consultation, its answers and its place in the thread."""

    consultation: Consultation
    wave: Wave
    answers: int
    waiting: int
    progress: Progress


def rows(actor: Actor) -> list[Row]:
    """The latest round of every consultation this person may see; drafts last."""
    waves = _latest_waves(actor)
    ids = [wave.id for wave in waves]
    counted, waiting, unread = totals(ids), _by_wave(_letters(ids)), _by_wave(_unread(ids))
    signals, decided, told = (_by_wave(_signals(ids, until)) for until in ("heard", "decided", "told"))
    measures, finished = (_by_wave(_measures(ids, done)) for done in (False, True))
    made = [
        Row(
            wave.consultation,
            wave,
            counted.get(wave.id, 0),
            waiting.get(wave.id, 0),
            Progress(
                opened=wave.state != State.DRAFT,
                closed=wave.state in (State.CLOSED, State.ANSWERED),
                said=counted.get(wave.id, 0),
                unread=unread.get(wave.id, 0),
                signals=signals.get(wave.id, 0),
                decided=decided.get(wave.id, 0),
                measures=measures.get(wave.id, 0),
                measures_done=finished.get(wave.id, 0),
                told=told.get(wave.id, 0),
            ),
        )
        for wave in waves
    ]
    return sorted(made, key=lambda row: (row.wave.hear_back_by is None, row.wave.hear_back_by, row.consultation.id))


def unread_by_wave(actor: Actor) -> list[tuple[Wave, int]]:
    """Rounds with own words that nobody read yet, and how many, for those who read."""
    chosen = (
        select(Wave, func.count())
        .join(Contribution, Contribution.wave_id == Wave.id)
        .join(Consultation, Consultation.id == Wave.consultation_id)
        .where(Contribution.reading == Reading.UNREAD, Consultation.municipality_id == actor.municipality_id)
        .options(joinedload(Wave.consultation))
        .group_by(Wave.id)
    )
    if not actor.sees_all:
        chosen = chosen.where(Consultation.department_id.in_(departments_read(actor)))
    return [(wave, count) for wave, count in db.session.execute(chosen)]


def drafts(actor: Actor) -> Sequence[Wave]:
    """Rounds in preparation, of the departments of this person."""
    chosen = select(Wave).join(Consultation).where(Wave.state == State.DRAFT).options(joinedload(Wave.consultation))
    return db.session.scalars(_seen(chosen, actor)).all()


def _latest_waves(actor: Actor) -> Sequence[Wave]:
    latest = select(func.max(Wave.number)).where(Wave.consultation_id == Consultation.id).correlate(Consultation)
    chosen = select(Wave).join(Consultation).where(Wave.number == latest.scalar_subquery(), was_asked())
    return db.session.scalars(_seen(chosen, actor).options(joinedload(Wave.consultation))).all()


def _seen(chosen: Select[Wave], actor: Actor) -> Select[Wave]:
    chosen = chosen.where(Consultation.municipality_id == actor.municipality_id)
    return chosen if actor.sees_all else chosen.where(Consultation.department_id.in_(actor.departments))


def _letters(ids: list[int]) -> Select[int, int]:
    return select(Letter.wave_id, func.count()).where(Letter.wave_id.in_(ids)).group_by(Letter.wave_id)


def _unread(ids: list[int]) -> Select[int, int]:
    waiting = (Reading.UNREAD, Reading.HELD)
    chosen = select(Contribution.wave_id, func.count()).where(Contribution.wave_id.in_(ids))
    return chosen.where(Contribution.reading.in_(waiting)).group_by(Contribution.wave_id)


def _signals(ids: list[int], until: str) -> Select[int, int]:
    chosen = select(Signal.wave_id, func.count(Signal.id.distinct())).where(Signal.wave_id.in_(ids))
    if until != "heard":
        chosen = chosen.join(Answered, Answered.signal_id == Signal.id)
    if until == "told":
        chosen = chosen.join(Message, Message.decision_id == Answered.decision_id)
        chosen = chosen.where(Message.published_at.is_not(None))
    return chosen.group_by(Signal.wave_id)


def _measures(ids: list[int], done: bool) -> Select[int, int]:
    chosen = (
        select(Signal.wave_id, func.count(Measure.id.distinct()))
        .join(Answered, Answered.signal_id == Signal.id)
        .join(Decision, Decision.id == Answered.decision_id)
        .join(Measure, Measure.decision_id == Decision.id)
        .where(Signal.wave_id.in_(ids))
    )
    if done:
        chosen = chosen.where(Measure.state.in_((MeasureState.DONE, MeasureState.DROPPED)))
    return chosen.group_by(Signal.wave_id)


def _by_wave(chosen: Select[int, int]) -> dict[int, int]:
    return dict(db.session.execute(chosen).all())
