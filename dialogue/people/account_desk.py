"""One's own account: details, password and deputy; how one signs in is in `ways_desk`."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialogue.people import accounts, queries, signing_in, ways
from dialogue.people.forms import ChangePasswordForm, DeputyForm, DetailsForm
from dialogue.people.models import StaffMember
from dialogue.people.passwords import hashed
from dialogue.people.rules import ROLES
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import Refused
from dialogue.web.access import allow, current_actor


@allow()
def account() -> str:
    """Everything about me."""
    return _page()


@allow()
def change_details() -> Response | tuple[str, int]:
    """Save name, title and language."""
    form = DetailsForm()
    if not form.validate_on_submit():
        return _page(details=form), 422
    with writing():
        accounts.change_details(current_actor(), _me(), form.name.data, form.title.data or "", form.language.data)
    return _back(_("Bewaard."))


@allow()
def change_password() -> Response | tuple[str, int]:
    """Another password; other browsers are signed out, this one stays."""
    me, form = _me(), ChangePasswordForm()
    form.own_words = (me.name, me.email, me.municipality.name)
    if not form.validate_on_submit():
        return _page(password=form), 422
    trouble = signing_in.trouble_with_password(me, form.old.data)
    if trouble:
        form.old.errors = [trouble.words]
        return _page(password=form), trouble.status
    password_hash = hashed(form.password.data)
    with writing():
        accounts.change_password(current_actor(), _me(), password_hash)
    signing_in.enter(current_actor().staff_id)
    return _back(_("Je wachtwoord is veranderd. Op andere toestellen ben je afgemeld."))


@allow()
def name_deputy() -> Response | tuple[str, int]:
    """Let somebody stand in for me."""
    form = DeputyForm().offer(_others())
    if not form.validate_on_submit():
        return _page(deputy=form), 422
    try:
        with writing():
            deputy = queries.get_person(current_actor(), form.deputy.data)
            accounts.name_deputy(current_actor(), _me(), deputy, form.begins.data, form.ends.data)
    except Refused as refusal:
        return _page(deputy=form, reasons=refusal.reasons), 422
    return _back(_("Je vervanger is genoteerd."))


@allow()
def end_deputy() -> Response:
    """Nobody stands in for me any more."""
    with writing():
        accounts.end_deputy(current_actor(), _me())
    return _back(_("Niemand vervangt je nog."))


def _page(reasons: Any = (), **forms: Any) -> str:
    me = _me()
    shown = {
        "details": DetailsForm(formdata=None, obj=me),
        "password": ChangePasswordForm(formdata=None),
        "deputy": DeputyForm(formdata=None, begins=today()).offer(_others()),
    }
    return render_template(
        "people/account.html",
        me=me,
        roles=ROLES,
        reasons=reasons,
        stand_in=queries.deputy_of(me),
        replaced=queries.replaced_by(me),
        ways=ways.of(me.id),
        today=today(),
        **(shown | forms),
    )


def _me() -> StaffMember:
    return db.session.get_one(StaffMember, current_actor().staff_id)


def _others() -> list[StaffMember]:
    actor = current_actor()
    return [person for person in queries.staff_of(actor.municipality_id) if person.id != actor.staff_id]


def _back(words: str) -> Response:
    flash(words)
    return redirect(url_for("people.account"))
