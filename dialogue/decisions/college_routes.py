"""Doors for what comes back from the college: its answers to all signals of a note, in one form."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions import note_services
from dialogue.decisions.note_forms import CollegeForm, OutcomeForm, are_right, verdict
from dialogue.decisions.note_models import CollegeNote
from dialogue.decisions.note_queries import get_for_settling, items_of
from dialogue.decisions.note_routes import NOTE, bp
from dialogue.decisions.note_services import Answer
from dialogue.decisions.plan_queries import plan_codes, plan_of
from dialogue.decisions.queries import get_proposal
from dialogue.decisions.turn_routes import deciders
from dialogue.shared.actor import Actor
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.web.access import current_actor

__all__ = ["bp"]


@bp.get(f"{NOTE}/college")
@deciders
def college(note_id: int) -> str:
    """Ask what the college decided, filled in as it was proposed."""
    note = get_for_settling(current_actor(), note_id)
    outcomes = {item.signal.id: OutcomeForm.proposed(item) for item in items_of(note)}
    data = {"decided_on": min(note.meets_on, today()), "document_title": note.title}
    return _page(note, CollegeForm(formdata=None, data=data), outcomes)


@bp.post(f"{NOTE}/college")
@deciders
def college_decided(note_id: int) -> ResponseReturnValue:
    """Note what the college decided about every signal of the note; everybody can read it at once."""
    actor, form, reasons = current_actor(), CollegeForm(), []
    note = get_for_settling(actor, note_id)
    outcomes = {item.signal.id: OutcomeForm.sent(item) for item in items_of(note)}
    if are_right(form, outcomes, plan_of(note.municipality_id)):
        try:
            with writing():
                note = get_for_settling(actor, note_id)
                answers = {id_: _answer(actor, form, one) for id_, one in outcomes.items() if not one.left_out.data}
                note_services.settle(actor, note, form.agenda_point.data, answers)
        except Refused as refusal:
            reasons, note = list(refusal.reasons), get_for_settling(actor, note_id)
        else:
            flash(_("Genoteerd. Iedereen kan het nu lezen. Vertel het aan de kinderen."))
            return redirect(url_for("decisions.note", note_id=note_id))
    return _page(note, form, outcomes, reasons), 422


def _answer(actor: Actor, college_: CollegeForm, form: OutcomeForm) -> Answer:
    proposal = get_proposal(actor, form.proposal.data) if form.proposal.data else None
    return Answer(verdict(college_, form), proposal, form.seen.data or 0, form.cannot_wait.data or "")


def _page(
    note: CollegeNote, form: CollegeForm, outcomes: Mapping[int, OutcomeForm], reasons: Sequence[str] = ()
) -> str:
    items = [item for item in items_of(note) if item.signal.id in outcomes]
    codes = plan_codes(note.municipality_id)
    return render_template(
        "decisions/college.html",
        note=note,
        items=items,
        form=form,
        outcomes=outcomes,
        reasons=reasons,
        plan_codes=codes,
    )
