"""Doors for what a measure needs: who helps, what it costs, its steps, and how far it is."""

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions import carrying_services as services
from dialogue.decisions.carrying import MeasureStep
from dialogue.decisions.carrying_forms import ChangedNeedsForm, StatedForm, StepForm
from dialogue.decisions.measure_queries import get_for_carrying_out
from dialogue.decisions.measure_routes import carry_out, page
from dialogue.decisions.models import Measure
from dialogue.decisions.plan_queries import plan_codes, plan_of
from dialogue.decisions.proof_routes import bp
from dialogue.places.queries import partners_of
from dialogue.shared.actor import Actor
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.web.access import allow, current_actor

__all__ = ["bp"]
Verb = Callable[[Actor, Measure, MeasureStep], None]


@bp.get("/desk/measures/<int:measure_id>/needs")
@allow()
def needs(measure_id: int) -> str:
    measure = get_for_carrying_out(current_actor(), measure_id)
    return _needs_page(measure, ChangedNeedsForm.of(measure))


@bp.post("/desk/measures/<int:measure_id>/needs")
@allow()
def equip(measure_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), ChangedNeedsForm()
    measure = get_for_carrying_out(actor, measure_id)
    kept = measure.means.plan_codes if measure.means else ()
    if not form.is_right(plan_of(actor.municipality_id, kept)):
        return _needs_page(measure, form), 422
    needed, seen = form.needs(), form.seen.data or ""
    try:
        with writing():
            services.equip(actor, get_for_carrying_out(actor, measure_id), needed, seen=seen)
    except Refused as refusal:
        measure = get_for_carrying_out(actor, measure_id)
        form.was_overtaken(measure)
        return _needs_page(measure, form, refusal.reasons), 422
    flash(_("Bewaard. Iedereen kan dit lezen."))
    return redirect(url_for("decisions.measure", measure_id=measure_id))


@bp.post("/desk/measures/<int:measure_id>/step")
@allow()
def add_step(measure_id: int) -> ResponseReturnValue:
    form = StepForm()
    if not form.validate():
        return page(get_for_carrying_out(current_actor(), measure_id), step=form), 422
    what, due = form.what.data, form.step_due.data
    return carry_out(
        measure_id,
        lambda actor, measure: services.add_step(actor, measure, what, due),
        _("De stap staat in de lijst."),
        step=form,
    )


@bp.post("/desk/measures/<int:measure_id>/stated")
@allow()
def state(measure_id: int) -> ResponseReturnValue:
    form = StatedForm()
    if not form.validate():
        return page(get_for_carrying_out(current_actor(), measure_id), stated=form), 422
    percent = form.percent.data
    return carry_out(
        measure_id,
        lambda actor, measure: services.state(actor, measure, percent),
        _("Bewaard. Iedereen kan dit lezen."),
        stated=form,
    )


@bp.post("/desk/steps/<int:step_id>/do")
@allow()
def do_step(step_id: int) -> ResponseReturnValue:
    return _with_step(step_id, services.do_step, _("Deze stap is klaar."))


@bp.post("/desk/steps/<int:step_id>/undo")
@allow()
def undo_step(step_id: int) -> ResponseReturnValue:
    return _with_step(step_id, services.undo_step, _("Deze stap is nog niet klaar."))


@bp.post("/desk/steps/<int:step_id>/remove")
@allow()
def remove_step(step_id: int) -> ResponseReturnValue:
    return _with_step(step_id, services.remove_step, _("De stap is weg."))


def _with_step(step_id: int, verb: Verb, done: str) -> ResponseReturnValue:
    measure_id = _get(step_id).measure_id
    return carry_out(measure_id, lambda actor, measure: verb(actor, measure, _get(step_id)), done)


def _get(step_id: int) -> MeasureStep:
    """The step; whether somebody may change it, its measure tells."""
    step = db.session.get(MeasureStep, step_id)
    if step is None:
        raise NotFound
    return step


def _needs_page(measure: Measure, form: ChangedNeedsForm, reasons: Sequence[str] = ()) -> str:
    municipality_id = measure.decision.municipality_id
    return render_template(
        "decisions/needs.html",
        measure=measure,
        form=form,
        reasons=reasons,
        plan_codes=plan_codes(municipality_id),
        partners=partners_of(municipality_id),
    )
