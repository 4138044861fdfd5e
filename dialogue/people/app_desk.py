"""Turning the code of an app on a phone on and off."""

from flask import redirect, render_template, session, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from dialogue.people import apps, steps, ways
from dialogue.people.sealing import seal, unseal
from dialogue.people.ways_desk import after_adding, keep_to_show, me, refused, to_ways
from dialogue.people.ways_forms import FirstCodeForm, ProofForm
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound
from dialogue.shared.qr import drawn
from dialogue.web.access import allow, current_actor

Shown = str | Response | tuple[str, int]


@allow()
def start_app() -> Response:
    """Make a secret for the phone; it counts once a code shows that the phone has it."""
    staff_id, secret = current_actor().staff_id, apps.new_secret()
    kept = seal(apps.PURPOSE, staff_id, secret.encode())
    with writing():
        steps.drop(session.get("app"))
        session["app"] = steps.begin(steps.Kind.NEW_APP, staff_id, kept)
    return redirect(url_for("people.new_app"))


@allow()
def new_app() -> Shown:
    """Show the secret, as a QR code and as text, and ask for a first code."""
    secret = _waiting()
    return _page(secret, FirstCodeForm(formdata=None)) if secret else redirect(url_for("people.ways"))


@allow()
def confirm_app() -> Shown:
    """The first code is right: from now on the app gives the second step."""
    secret, form = _waiting(), FirstCodeForm()
    if secret is None:
        return to_ways(_("Dat duurde te lang. Begin opnieuw."))
    if not form.validate_on_submit():
        return _page(secret, form), 422
    step = apps.fitting(secret, form.code.data)
    if step is None:
        form.code.errors = [_("Deze code klopt niet. Staat de klok van je telefoon juist? Typ de code van nu.")]
        return _page(secret, form), 422
    actor = current_actor()
    with writing():
        steps.take(session.pop("app", None), steps.Kind.NEW_APP)
        apps.turn_on(actor, me(), secret, step)
        codes = ways.codes_for_the_first(actor, actor.staff_id)
        token = keep_to_show(codes) if codes else None
    return after_adding(token, _("De code van je telefoon staat aan."))


@allow()
def stop_app() -> str:
    """Ask for the password before the app goes."""
    return _sure(ProofForm(formdata=None))


@allow()
def stop_app_post() -> Shown:
    """No codes of an app any more."""
    form = ProofForm()
    status = refused(form)
    if status:
        return _sure(form), status
    with writing():
        apps.turn_off(current_actor(), me())
        ways.tidy(current_actor().staff_id)
    return to_ways(_("De code van je telefoon staat uit."))


def _waiting() -> str | None:
    """The secret that waits for its first code, of this person on this browser."""
    staff_id = current_actor().staff_id
    try:
        step = steps.look(session.get("app"), steps.Kind.NEW_APP)
        return unseal(apps.PURPOSE, staff_id, step.kept).decode()
    except NotFound:
        return None


def _page(secret: str, form: FirstCodeForm) -> str:
    qr = Markup(drawn(apps.address(secret, me())))  # noqa: S704
    return render_template("people/new_app.html", form=form, qr=qr, secret=apps.in_fours(secret))


def _sure(form: ProofForm) -> str:
    title = _("De code van je telefoon uitzetten")
    what = _("Daarna meld je je aan zonder die code. Haal Dialogue ook weg uit de app op je telefoon.")
    return render_template("people/sure.html", form=form, title=title, what=what, verb=_("Zet de code uit"))
