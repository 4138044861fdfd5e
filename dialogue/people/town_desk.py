"""Pages of the administrator: the departments and the settings of the municipality."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialogue.people import queries, towns
from dialogue.people.help_line_forms import filled_in
from dialogue.people.team_desk import administrator, overview_page, to_team
from dialogue.people.town_forms import DepartmentForm, MunicipalityForm
from dialogue.people.towns import TownSettings
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.web.access import current_actor


@administrator
def add_department() -> Response | tuple[str, int]:
    """A new department."""
    form = DepartmentForm()
    if not form.validate_on_submit():
        return overview_page(form), 422
    try:
        with writing():
            towns.add_department(current_actor(), form.name.data)
    except Refused as refusal:
        form.name.errors = list(refusal.reasons)
        return overview_page(form), 422
    return to_team(_("De dienst staat in de lijst."))


@administrator
def department(department_id: int) -> str:
    """Ask for another name."""
    one = queries.get_department(current_actor(), department_id)
    return render_template("people/department.html", department=one, form=DepartmentForm(obj=one))


@administrator
def rename_department(department_id: int) -> Response | tuple[str, int]:
    """Give a department another name."""
    one, form = queries.get_department(current_actor(), department_id), DepartmentForm()
    if not form.validate_on_submit():
        return render_template("people/department.html", department=one, form=form), 422
    try:
        with writing():
            one = queries.get_department(current_actor(), department_id)
            towns.rename_department(current_actor(), one, form.name.data)
    except Refused as refusal:
        form.name.errors = list(refusal.reasons)
        return render_template("people/department.html", department=one, form=form), 422
    return to_team(_("De naam is veranderd."))


@administrator
def municipality() -> str:
    """The settings of the municipality."""
    town = queries.municipality(current_actor().municipality_id)
    return render_template("people/municipality.html", town=town, form=MunicipalityForm(obj=town))


@administrator
def change_municipality() -> Response | tuple[str, int]:
    """Save the settings of the municipality."""
    form = MunicipalityForm()
    reasons: Any = ()
    if form.validate_on_submit():
        filled = {name: form[name].data for name in TownSettings.__dataclass_fields__}
        values: dict[str, Any] = {name: "" if value is None else value for name, value in filled.items()}
        values["disagree_texts"] = {code: text for code, text in values["disagree_texts"].items() if text}
        values["help_lines"] = filled_in(values["help_lines"])
        try:
            with writing():
                town = queries.municipality(current_actor().municipality_id)
                towns.change_municipality(current_actor(), town, TownSettings(**values))
            flash(_("Bewaard."))
            return redirect(url_for("people.municipality"))
        except Refused as refusal:
            reasons = refusal.reasons
    town = queries.municipality(current_actor().municipality_id)
    return render_template("people/municipality.html", town=town, form=form, reasons=reasons), 422
