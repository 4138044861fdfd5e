"""How I sign in, on one page: password, app, passkeys, devices, and where I am signed in now."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialogue.people import devices, passkeys, signing_in, steps, ways
from dialogue.people.models import StaffMember
from dialogue.people.sealing import seal
from dialogue.people.services import current_session, shut_out
from dialogue.people.ways_forms import DeviceForm, ProofForm
from dialogue.shared.actor import Actor
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotAllowed
from dialogue.web.access import allow, current_actor
from dialogue.web.i18n import day

CODES = "codes to show"  # the purpose under which they are sealed
SETTING_UP = frozenset(
    {
        "people.ways",
        "people.start_app",
        "people.new_app",
        "people.confirm_app",
        "people.new_passkey",
        "people.begin_passkey",
        "people.add_passkey",
        "people.sign_out",
    }
)


def detour(actor: Actor) -> str | None:
    """Where somebody goes first who must still set up a second step; None when there is no need."""
    return url_for("people.ways") if request.endpoint not in SETTING_UP and ways.must_set_up(actor) else None


@allow()
def overview() -> str:
    """Everything about how I sign in."""
    return _page(DeviceForm(formdata=None))


@allow()
def remember_device() -> Response | tuple[str, int]:
    """Remember me on this device."""
    form = DeviceForm()
    until = devices.remembered_until(me())
    if until is None:
        raise NotAllowed
    if not form.validate_on_submit():
        return _page(form), 422
    with writing():
        token = devices.remember(current_actor(), me(), form.name.data)
    response = to_ways(_("Dit toestel wordt onthouden tot %(day)s.", day=day(until)))
    devices.set_cookie(response, token)
    return response


@allow()
def forget_device(device_id: int) -> Response:
    """Remember me on that device no longer."""
    with writing():
        devices.forget(current_actor(), devices.get_own(current_actor(), device_id))
    return to_ways(_("Dat toestel wordt niet meer onthouden."))


@allow()
def sign_out_everywhere() -> Response:
    """Sign out on all devices, this one too."""
    with writing():
        shut_out(me())
    session.clear()
    return redirect(url_for("people.sign_in"))


def me() -> StaffMember:
    """Who is signed in."""
    return db.session.get_one(StaffMember, current_actor().staff_id)


def refused(form: ProofForm) -> int:
    """0 when the form is filled in and the password is mine; else the status with which it is shown again."""
    if not form.validate_on_submit():
        return 422
    trouble = signing_in.trouble_with_password(me(), form.old.data)
    if trouble is None:
        return 0
    form.old.errors = [trouble.words]
    return trouble.status


def to_ways(words: str) -> Response:
    """Back to the overview, with what was done."""
    flash(words)
    return redirect(url_for("people.ways"))


def keep_to_show(codes: list[str]) -> str:
    """Keep new recovery codes, sealed, for the page that shows them; returns its token. Inside `writing()`."""
    staff_id = current_actor().staff_id
    return steps.begin(steps.Kind.NEW_CODES, staff_id, seal(CODES, staff_id, "\n".join(codes).encode()))


def after_adding(token: str | None, words: str) -> Response:
    """First the codes that came with it, if any; else back to the overview."""
    if token is None:
        return to_ways(words)
    session["codes"] = token
    flash(words)
    return redirect(url_for("people.codes"))


def _page(device: DeviceForm) -> str:
    person = me()
    return render_template(
        "people/ways.html",
        me=person,
        ways=ways.of(person.id),
        must=ways.must_set_up(current_actor()),
        recommended=ways.is_recommended(person),
        remembered_until=devices.remembered_until(person),
        remembered_here=devices.here(person),
        with_passkey=passkeys.possible(),
        current=current_session(),
        device=device,
    )
