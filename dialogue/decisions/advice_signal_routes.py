"""The door where an advice of the youth council becomes a signal that goes all the way to what everybody reads."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.consultations.advised import languages_of
from dialogue.decisions import advice_services
from dialogue.decisions.advice_forms import ReplyForm
from dialogue.decisions.advice_queries import advice_on, get_for_making_signals
from dialogue.decisions.advice_routes import ONE, advice_page, bp
from dialogue.decisions.advice_rules import followed_colour, followed_words
from dialogue.decisions.note_routes import proposers
from dialogue.people.queries import get_department
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.signals.forms import title_form
from dialogue.web.access import current_actor

__all__ = ["bp"]


@bp.context_processor
def _words() -> dict[str, object]:
    return {"advice_on": advice_on, "followed_words": followed_words, "followed_colour": followed_colour}


@bp.post(f"{ONE}/signal")
@proposers
def make_signal_of_advice(advice_id: int) -> ResponseReturnValue:
    """From then on a department owes it an answer, as any other signal."""
    actor, reasons = current_actor(), list[str]()
    found = get_for_making_signals(actor, advice_id)
    department_id = request.form.get("department", 0, type=int)
    owner = get_department(actor, department_id)
    form = title_form(languages_of(found.department))
    if form.validate():
        try:
            with writing():
                found, owner = get_for_making_signals(actor, advice_id), get_department(actor, department_id)
                made = advice_services.make_signal_of(actor, found, form.titles, owner)
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            flash(_("%(department)s is nu het antwoord schuldig.", department=owner.name))
            return redirect(url_for("decisions.signal", signal_id=made.id))
    return advice_page(advice_id, ReplyForm.fresh(), sentence=form, reasons_there=reasons), 422
