"""Reading measures: whose they are, getters that refuse, and whether they are proven."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, selectinload

from dialogue.decisions import measure_rules
from dialogue.decisions.models import Answered, Decision, Measure, MeasureState, Proof
from dialogue.decisions.queries import get_decision
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound


def measures_of(actor: Actor, words: str = "") -> tuple[list[Measure], list[Measure]]:
    """Measures of this person's departments and those they own, that hold these words: still open, and over.

    Open is also what was done without proof. Open ones come by day, those that are over the last one first.
    """
    query = select(Measure).join(Measure.department).join(Measure.decision)
    query = query.where(Decision.municipality_id == actor.municipality_id)
    if not actor.sees_all:
        mine = (Measure.department_id.in_(list(actor.departments)), Measure.owner_id == actor.staff_id)
        query = query.where(or_(*mine))
    query = query.options(contains_eager(Measure.department), contains_eager(Measure.decision))
    query = query.options(selectinload(Measure.proofs)).order_by(Measure.due, Measure.id)
    found = [measure for measure in db.session.scalars(query) if _holds(measure, words)]
    return [one for one in found if not _is_over(one)], [one for one in reversed(found) if _is_over(one)]


def _holds(measure: Measure, words: str) -> bool:
    text = f"{measure.title} {measure.decision.what}".casefold()
    return all(word in text for word in words.casefold().split())


def _is_over(measure: Measure) -> bool:
    return measure.state == MeasureState.DROPPED or (measure.state == MeasureState.DONE and bool(measure.proofs))


def get_measure(actor: Actor, measure_id: int) -> Measure:
    """The measure, for its owner and for whoever may know of its decision."""
    measure = db.session.get(Measure, measure_id)
    if measure is None:
        raise NotFound
    if measure.owner_id != actor.staff_id:
        get_decision(actor, measure.decision_id)
    return measure


def get_for_carrying_out(actor: Actor, measure_id: int) -> Measure:
    """The measure, for somebody who may say how far it is."""
    measure = get_measure(actor, measure_id)
    if not measure_rules.may_carry_out(actor, measure):
        raise NotAllowed
    return measure


def is_proven(signal_ids: Iterable[int]) -> bool:
    """Whether a finished measure after a decision about these signals has proof."""
    query = select(Proof.id).join(Proof.measure).where(Measure.state == MeasureState.DONE)
    decided = select(Answered.decision_id).where(Answered.signal_id.in_(list(signal_ids)))
    return db.session.scalar(query.where(Measure.decision_id.in_(decided)).limit(1)) is not None
