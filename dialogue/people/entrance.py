"""The entrance: an empty installation, first steps, sign-in and sign-out, joining with a link."""

from collections.abc import Callable
from typing import Any

from flask import current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialogue.ledger.queries import happened
from dialogue.people import queries, second_door, signing_in, team
from dialogue.people.forms import NewPasswordForm, SignInForm
from dialogue.people.models import Invitation
from dialogue.people.passwords import hashed
from dialogue.people.services import hashed_token, signed_in_actor
from dialogue.shared.actor import Actor, Role
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.web.access import allow, current_actor, safe_next

FirstStep = tuple[Any, str, Callable[[Actor], bool]]  # words, endpoint, whether it is done


def welcome() -> Response | str:
    """What to do with a new installation; afterwards this is the way to the sign-in page."""
    if not queries.is_empty():
        return redirect(url_for("people.sign_in"))
    return render_template("people/welcome.html")


@allow(Role.ADMINISTRATOR)
def first_steps() -> str:
    """What a new municipality does first; the higher rooms add theirs through `create_app`."""
    return render_template("people/first_steps.html", steps=steps_for(current_actor()))


def steps_for(actor: Actor) -> list[tuple[Any, str, bool]]:
    """The first steps of this municipality: words, endpoint, and whether each is done."""
    steps = [*own_first_steps(), *current_app.extensions.get("dialogue.first_steps", [])]
    return [(label, endpoint, done(actor)) for label, endpoint, done in steps]


def own_first_steps() -> list[FirstStep]:
    """The first steps within this room."""
    return [
        (
            _("Kijk de gegevens van je gemeente en de hulplijn voor kinderen na"),
            "people.municipality",
            lambda actor: happened("municipality.changed", f"municipality:{actor.municipality_id}"),
        ),
        (
            _("Maak de diensten die kinderen iets willen vragen"),
            "people.team",
            lambda actor: bool(queries.departments(actor.municipality_id)),
        ),
        (
            _("Nodig je collega's uit en geef jezelf de rollen die je nodig hebt"),
            "people.team",
            lambda actor: len(actor.grants) > 1 or len(queries.staff_of(actor.municipality_id)) > 1,
        ),
    ]


def sign_in() -> Response | str:
    """Ask for address and password."""
    if queries.is_empty():
        return redirect(url_for("people.welcome"))
    if signed_in_actor():
        return redirect(safe_next(request.args.get("next"), url_for("desk.today")))
    session.pop("step", None)  # who comes back here begins anew
    return second_door.sign_in_page(SignInForm(next=request.args.get("next", "")))


def sign_in_post() -> Response | tuple[str, int]:
    """Let somebody in; all failures read the same."""
    form = SignInForm()
    if not form.validate_on_submit():
        return second_door.sign_in_page(form), 422
    key = signing_in.attempt_key(form.email.data, request.cookies.get(signing_in.known_cookie_name()))
    attempts = signing_in.attempts()
    seconds = attempts.seconds_to_wait(key)
    if seconds:
        form.password.errors = [_("Wacht %(seconds)d seconden en probeer het dan opnieuw.", seconds=seconds)]
        return second_door.sign_in_page(form), 429
    person = signing_in.identify(form.email.data, form.password.data)
    if person is None:
        attempts.failed(key)
        form.password.errors = [_("Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Kijk ze allebei na.")]
        return second_door.sign_in_page(form), 422
    attempts.succeeded(key)
    signing_in.renew_hash(person, form.password.data)
    return second_door.after_password(person, form.next.data or "")


@allow()
def sign_out() -> Response:
    """Sign this browser out."""
    signing_in.leave()
    return redirect(url_for("people.sign_in"))


def join(token: str) -> str | tuple[str, int]:
    """Ask somebody who was invited for a password."""
    try:
        invitation = queries.invitation_by_hash(hashed_token(token))
    except NotFound:
        return render_template("people/join_gone.html"), 404
    return _join_page(invitation, NewPasswordForm())


def join_post(token: str) -> Response | str | tuple[str, int]:
    """Make the account, or give it its new password, and sign in."""
    try:
        invitation = queries.invitation_by_hash(hashed_token(token))
    except NotFound:
        return render_template("people/join_gone.html"), 404
    form = NewPasswordForm()
    form.own_words = (invitation.name, invitation.email)
    if not form.validate_on_submit():
        return _join_page(invitation, form), 422
    password_hash = hashed(form.password.data)
    try:
        with writing():
            person = team.join(queries.invitation_by_hash(hashed_token(token)), password_hash)
    except (NotFound, Refused):
        return render_template("people/join_gone.html"), 404
    is_administrator = any(m.role == Role.ADMINISTRATOR for m in person.memberships)
    return second_door.after_password(person, url_for("people.first_steps" if is_administrator else "desk.today"))


def _join_page(invitation: Invitation, form: NewPasswordForm) -> str:
    town = queries.municipality(invitation.municipality_id)
    return render_template("people/join.html", form=form, invitation=invitation, town=town)
