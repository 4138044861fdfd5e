"""Pages of the coordinator: colleagues, who stands in for whom, and the way to handing tasks over."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialogue.people import accounts, queries
from dialogue.people.forms import DeputyForm
from dialogue.people.models import StaffMember
from dialogue.people.rules import ROLES, why_not_name_for
from dialogue.shared.actor import Role
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.web.access import allow, current_actor

coordinator = allow(Role.COORDINATOR)


@coordinator
def overview() -> str:
    """Everybody, with what they do and who stands in for them."""
    people = queries.everybody(current_actor().municipality_id)
    return render_template("people/colleagues.html", people=people, deputy_of=queries.deputy_of, roles=ROLES)


@coordinator
def colleague(person_id: int) -> str:
    """One colleague: who stands in, and when."""
    return _page(queries.get_person(current_actor(), person_id))


@coordinator
def name_deputy(person_id: int) -> Response | tuple[str, int]:
    """Somebody else may do on these days what this colleague may do."""
    actor, reasons = current_actor(), list[str]()
    person = queries.get_person(actor, person_id)
    form = _offered(DeputyForm(), person)
    if form.validate_on_submit():
        try:
            with writing():
                deputy = queries.get_person(actor, form.deputy.data)
                person = queries.get_person(actor, person_id)
                accounts.name_deputy(actor, person, deputy, form.begins.data, form.ends.data)
            return _back(person_id, _("De vervanging is genoteerd. Allebei lezen ze het bij hun gegevens."))
        except Refused as refusal:
            reasons = list(refusal.reasons)
    return _page(person, form, reasons), 422


@coordinator
def end_deputy(person_id: int) -> Response:
    """Nobody stands in any more."""
    with writing():
        accounts.end_deputy(current_actor(), queries.get_person(current_actor(), person_id))
    return _back(person_id, _("De vervanging is gestopt."))


def _page(person: StaffMember, form: DeputyForm | None = None, reasons: Any = ()) -> str:
    return render_template(
        "people/colleague.html",
        person=person,
        stand_in=queries.deputy_of(person),
        why_not=why_not_name_for(person),
        form=form or _offered(DeputyForm(formdata=None, begins=today()), person),
        reasons=reasons,
        roles=ROLES,
    )


def _offered(form: DeputyForm, person: StaffMember) -> DeputyForm:
    form.deputy.label.text = _("Wie vervangt %(name)s?", name=person.name)
    return form.offer([one for one in queries.staff_of(person.municipality_id) if one.id != person.id])


def _back(person_id: int, words: str) -> Response:
    flash(words)
    return redirect(url_for("people.colleague", person_id=person_id))
