"""Doors for measures: what is done after decisions, by whom, how far, and what shows it."""

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions import measure_rules, measure_services
from dialogue.decisions.carrying_forms import MeasureForm, StatedForm, StepForm
from dialogue.decisions.carrying_services import Needs, equip
from dialogue.decisions.forms import DropForm, FinishForm, ProofForm
from dialogue.decisions.measure_queries import get_for_carrying_out, get_measure, measures_of
from dialogue.decisions.models import Decision, Measure
from dialogue.decisions.plan_queries import plan_codes, plan_of
from dialogue.decisions.proof_files import MOST_BYTES
from dialogue.decisions.queries import get_for_planning, person
from dialogue.decisions.words import OF_MEASURES, body_words, child_words, measure_words, outcome_colour
from dialogue.people.queries import get_person, staff_of
from dialogue.places.queries import partners_of
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.signals.reading_routes import typed_words
from dialogue.signals.words import band_words, said_words
from dialogue.web.access import allow, current_actor
from dialogue.web.forms import options

bp = Blueprint("decisions", __name__)


@bp.context_processor
def _words() -> dict[str, object]:
    words = (child_words, outcome_colour, body_words, measure_words, band_words, said_words, person)
    return {word.__name__: word for word in words} | OF_MEASURES | {"today": today()}


@bp.get("/desk/measures")
@allow()
def measures() -> str:
    find = typed_words()
    goes_on, over = measures_of(current_actor(), find)
    return render_template("decisions/measures.html", goes_on=goes_on, over=over, find=find)


@bp.get("/desk/measures/new/<int:decision_id>")
@allow()
def new_measure(decision_id: int) -> str:
    decision = get_for_planning(current_actor(), decision_id)
    return _plan_page(decision, _with_staff(MeasureForm(formdata=None)))


@bp.post("/desk/measures/new/<int:decision_id>")
@allow()
def plan(decision_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), _with_staff(MeasureForm())
    decision = get_for_planning(actor, decision_id)
    if not form.is_right(plan_of(actor.municipality_id)):
        return _plan_page(decision, form), 422
    owner, needs = get_person(actor, form.owner.data), form.needs()
    with writing():
        decision = get_for_planning(actor, decision_id)
        measure = measure_services.plan(actor, decision, form.title.data, owner.id, form.due.data)
        if needs != Needs():
            equip(actor, measure, needs)
    flash(_("Gepland. %(name)s zorgt ervoor.", name=owner.name))
    return redirect(url_for("decisions.measure", measure_id=measure.id))


@bp.get("/desk/measures/<int:measure_id>")
@allow()
def measure(measure_id: int) -> str:
    return page(get_measure(current_actor(), measure_id))


@bp.post("/desk/measures/<int:measure_id>/start")
@allow()
def start(measure_id: int) -> ResponseReturnValue:
    return carry_out(measure_id, measure_services.start, _("Bezig."))


@bp.post("/desk/measures/<int:measure_id>/finish")
@allow()
def finish(measure_id: int) -> ResponseReturnValue:
    form = FinishForm()
    if not form.validate():
        return page(get_for_carrying_out(current_actor(), measure_id), finish=form), 422
    return carry_out(
        measure_id,
        lambda actor, measure: measure_services.finish(actor, measure, form.done_on.data),
        _("Klaar. Voeg bewijs toe, dan kan iedereen het zien."),
        finish=form,
    )


@bp.post("/desk/measures/<int:measure_id>/drop")
@allow()
def drop(measure_id: int) -> ResponseReturnValue:
    form = DropForm()
    if not form.validate():
        return page(get_for_carrying_out(current_actor(), measure_id), drop=form), 422
    return carry_out(
        measure_id,
        lambda actor, measure: measure_services.drop(actor, measure, form.because.data),
        _("Gestopt, met de reden erbij."),
        drop=form,
    )


def carry_out(measure_id: int, verb: Callable[..., object], done: str, **forms: object) -> ResponseReturnValue:
    """Do it, say so and show the measure; when it is refused, why, with these forms as they were filled in."""
    actor = current_actor()
    try:
        with writing():
            verb(actor, get_for_carrying_out(actor, measure_id))
    except Refused as refusal:
        return page(get_measure(actor, measure_id), refusal.reasons, **forms), 422
    flash(done)
    return redirect(url_for("decisions.measure", measure_id=measure_id))


def _with_staff(form: MeasureForm) -> MeasureForm:
    form.owner.choices = options((person.id, person.name) for person in staff_of(current_actor().municipality_id))
    return form


def _plan_page(decision: Decision, form: MeasureForm) -> str:
    return render_template(
        "decisions/plan.html",
        decision=decision,
        form=form,
        plan_codes=plan_codes(decision.municipality_id),
        partners=partners_of(decision.municipality_id),
    )


def page(measure: Measure, reasons: Sequence[str] = (), **forms: object) -> str:
    """The page of a measure, with these forms as they were filled in."""
    fresh = {"finish": FinishForm.now(), "drop": DropForm(formdata=None), "proof": ProofForm.seen_today()}
    fresh |= {"step": StepForm(formdata=None), "stated": StatedForm.of(measure)}
    return render_template(
        "decisions/measure.html",
        measure=measure,
        reasons=reasons,
        may_carry_out=measure_rules.may_carry_out(current_actor(), measure),
        forms=fresh | forms,
        most_bytes=MOST_BYTES,
    )
