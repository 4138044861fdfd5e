"""Verbs of carrying out a measure: steps, who helps, what it costs, how far it is. Call inside `with writing():`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogue.decisions import progress
from dialogue.decisions.carrying import Means, MeasureStep
from dialogue.decisions.measure_services import start
from dialogue.decisions.models import Measure, MeasureState
from dialogue.decisions.money import Amount
from dialogue.decisions.plan_queries import plan_of
from dialogue.ledger.services import record
from dialogue.places.queries import partners_of
from dialogue.shared.actor import Actor
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.shared.edits import digest, why_overtaken
from dialogue.shared.errors import refuse


@dataclass(frozen=True)
class Needs:
    """What a measure needs: who helps (a partner of ours, or any name), an amount with a note, plan codes."""

    helper: str = ""
    budget: Amount | None = None
    note: str = ""
    plan_codes: Sequence[str] = ()


def equip(actor: Actor, measure: Measure, needs: Needs, *, seen: str | None = None) -> None:
    """Note who helps with a measure, what it costs and which plan codes it has; everybody may read it.

    `seen` is `seen_of(measure)` when the person began (None: whatever stood is replaced).
    """
    before = _needs(measure.means) if measure.means else None
    means = _means(measure)
    plan = plan_of(actor.municipality_id, means.plan_codes or ())
    refuse(plan.why_not(needs.plan_codes))
    same = (one for one in partners_of(actor.municipality_id) if one.name.casefold() == needs.helper.casefold())
    means.partner = next(same, None)
    means.partner_name = "" if means.partner else needs.helper
    means.budget_cents = needs.budget.cents if needs.budget else None
    means.budget_about = bool(needs.budget and needs.budget.about)
    means.budget_note = needs.note
    means.plan_codes = plan.spelled(needs.plan_codes)
    after = _needs(means)
    if seen is not None:
        refuse(why_overtaken(before, after, seen))
    _record(actor, "measure.equipped", measure, before=before, after=after)


def seen_of(measure: Measure) -> str:
    """The digest of what a measure needs, as it stands."""
    return digest(_needs(measure.means) if measure.means else None)


def add_step(actor: Actor, measure: Measure, what: str, due: date) -> MeasureStep:
    """One more step on the way, with its own day."""
    refuse(progress.why_not_add_step(measure))
    step = MeasureStep(measure_id=measure.id, what=what, due=due)
    db.session.add(step)
    db.session.flush()
    _record(actor, "measure.step_added", measure, after=_step(step))
    return step


def do_step(actor: Actor, measure: Measure, step: MeasureStep) -> None:
    """A step was done today; with its first one a measure begins."""
    refuse(progress.why_not_change_steps(measure))
    step.done_on, step.done_by_id = today(), actor.staff_id
    _record(actor, "measure.step_done", measure, after=_step(step))
    if measure.state == MeasureState.PLANNED:
        start(actor, measure)


def undo_step(actor: Actor, measure: Measure, step: MeasureStep) -> None:
    """A step was not done after all."""
    refuse(progress.why_not_change_steps(measure))
    before = _step(step)
    step.done_on = step.done_by_id = None
    _record(actor, "measure.step_undone", measure, before=before, after=_step(step))


def remove_step(actor: Actor, measure: Measure, step: MeasureStep) -> None:
    """A step is not needed; the ledger keeps that it was there."""
    refuse(progress.why_not_change_steps(measure))
    _record(actor, "measure.step_removed", measure, before=_step(step))
    db.session.delete(step)


def state(actor: Actor, measure: Measure, percent: int | None) -> None:
    """Say how far a measure is, instead of counting its steps; None: count them again."""
    refuse(progress.why_not_state(measure, percent))
    means = _means(measure)
    before = means.stated
    means.stated = percent
    means.stated_by_id, means.stated_on = (None, None) if percent is None else (actor.staff_id, today())
    _record(actor, "measure.stated", measure, before=before, after=percent)


def _means(measure: Measure) -> Means:
    if measure.means is None:
        measure.means = Means(measure_id=measure.id, partner_name="", budget_about=False, budget_note="", plan_codes=[])
    return measure.means


def _needs(means: Means) -> dict[str, object]:
    return {
        "helper": means.helper,
        "budget_cents": means.budget_cents,
        "about": means.budget_about,
        "note": means.budget_note,
        "plan_codes": means.plan_codes,
    }


def _step(step: MeasureStep) -> dict[str, object]:
    return {"step": step.id, "what": step.what, "due": step.due, "done_on": step.done_on}


def _record(actor: Actor, verb: str, measure: Measure, before: object = None, after: object = None) -> None:
    department = measure.department_id
    record(actor, verb, f"measure:{measure.id}", department_id=department, before=before, after=after)
