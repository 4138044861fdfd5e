"""Pages of the administrator: people, their roles and invitations."""

from typing import Any

from flask import current_app, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialogue.people import queries, team, ways
from dialogue.people.forms import InviteForm, RoleForm
from dialogue.people.models import Department, StaffMember
from dialogue.people.rules import INVITATION_DAYS, ROLES, why_not_disable
from dialogue.people.town_forms import DepartmentForm
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.web.access import allow, current_actor

administrator = allow(Role.ADMINISTRATOR)


@administrator
def overview() -> str:
    """Everybody, the links that wait, and the departments."""
    return overview_page(DepartmentForm())


@administrator
def invite() -> str:
    """Ask who to invite."""
    return render_template("people/invite.html", form=InviteForm().offer(_departments()), days=INVITATION_DAYS)


@administrator
def invite_post() -> Response | tuple[str, int]:
    """Make an invitation; its link is shown once, on the next page."""
    form = InviteForm().offer(_departments())
    reasons: Any = ()
    if form.validate_on_submit():
        try:
            with writing():
                invitation, token = team.invite(
                    current_actor(), form.name.data, form.email.data, form.chosen_role, _chosen_department(form)
                )
            return _show_link(invitation.id, token)
        except Refused as refusal:
            reasons = refusal.reasons
    return render_template("people/invite.html", form=form, days=INVITATION_DAYS, reasons=reasons), 422


@administrator
def invitation(invitation_id: int) -> str:
    """The invitation, and right after making it the link, once."""
    one = queries.get_invitation(current_actor(), invitation_id)
    kept_id, token = session.pop("invitation", (None, None))
    public_url = current_app.extensions["dialogue"].settings.public_url
    link = public_url + url_for("people.join", token=token) if kept_id == one.id else None
    return render_template("people/invitation.html", invitation=one, link=link, roles=ROLES)


@administrator
def withdraw(invitation_id: int) -> Response:
    """Let the link stop working."""
    with writing():
        team.withdraw(current_actor(), queries.get_invitation(current_actor(), invitation_id))
    return to_team(_("De link werkt niet meer."))


@administrator
def person(person_id: int) -> str:
    """One person: roles, link, disabling."""
    return _person(queries.get_person(current_actor(), person_id), RoleForm().offer(_departments()))


@administrator
def give_role(person_id: int) -> Response | tuple[str, int]:
    """Let somebody do more."""
    one, form = queries.get_person(current_actor(), person_id), RoleForm().offer(_departments())
    if not form.validate_on_submit():
        return _person(one, form), 422
    try:
        with writing():
            one = queries.get_person(current_actor(), person_id)
            team.give_role(current_actor(), one, form.chosen_role, _chosen_department(form))
    except Refused as refusal:
        return _person(one, form, refusal.reasons), 422
    return _to_person(person_id, _("De rol geldt vanaf nu."))


@administrator
def take_role(person_id: int, membership_id: int) -> Response:
    """Let somebody do less."""
    with writing():
        membership = queries.get_membership(current_actor(), membership_id)
        if membership.staff_member_id != person_id:
            raise NotFound
        team.take_role(current_actor(), membership)
    return _to_person(person_id, _("De rol geldt niet meer."))


@administrator
def new_link(person_id: int) -> Response:
    """A link to choose a (new) password, for somebody who forgot it."""
    with writing():
        invitation, token = team.new_link(current_actor(), queries.get_person(current_actor(), person_id))
    return _show_link(invitation.id, token)


@administrator
def reset_second_step(person_id: int) -> Response:
    """For a colleague who lost phone and codes: the password is enough once more."""
    with writing():
        ways.reset(current_actor(), queries.get_person(current_actor(), person_id))
    return _to_person(person_id, _("De tweede stap is uitgezet. Deze persoon leest dat bij het volgende aanmelden."))


@administrator
def disable(person_id: int) -> Response:
    """Out at once."""
    with writing():
        team.disable(current_actor(), queries.get_person(current_actor(), person_id))
    return _to_person(person_id, _("Deze persoon is afgemeld en kan zich niet meer aanmelden."))


@administrator
def enable(person_id: int) -> Response:
    """Let somebody in again."""
    with writing():
        team.enable(current_actor(), queries.get_person(current_actor(), person_id))
    return _to_person(person_id, _("Deze persoon kan zich weer aanmelden."))


def overview_page(form: DepartmentForm) -> str:
    """The overview, with the form for a new department as it was filled in."""
    town_id = current_actor().municipality_id
    return render_template(
        "people/team.html",
        people=queries.everybody(town_id),
        invitations=queries.waiting_invitations(town_id),
        departments=_departments(),
        roles=ROLES,
        form=form,
    )


def _person(one: StaffMember, form: RoleForm, reasons: Any = ()) -> str:
    why_not = why_not_disable(one, queries.administrators(one.municipality_id))
    return render_template(
        "people/person.html",
        person=one,
        form=form,
        reasons=reasons,
        why_not_disable=why_not,
        has_second_step=ways.has_second_step(one.id),
        oneself=one.id == current_actor().staff_id,
        roles=ROLES,
    )


def _departments() -> list[Department]:
    return queries.departments(current_actor().municipality_id)


def _chosen_department(form: RoleForm) -> Department | None:
    return queries.get_department(current_actor(), form.department.data) if form.department.data else None


def _show_link(invitation_id: int, token: str) -> Response:
    session["invitation"] = (invitation_id, token)
    return redirect(url_for("people.invitation", invitation_id=invitation_id))


def to_team(words: str) -> Response:
    """Back to the overview, with what was done."""
    flash(words)
    return redirect(url_for("people.team"))


def _to_person(person_id: int, words: str) -> Response:
    flash(words)
    return redirect(url_for("people.person", person_id=person_id))
