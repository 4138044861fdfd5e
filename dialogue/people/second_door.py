"""The second door of the entrance: a code, a recovery code, a passkey, a remembered device, or a link in a mail."""

from flask import Response as Answer
from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from dialogue.people import apps, devices, links, passkeys, recovery, signing_in, steps, ways
from dialogue.people.forms import SignInForm
from dialogue.people.models import RememberedDevice, StaffMember
from dialogue.people.services import new_token, signed_in_actor
from dialogue.people.ways_forms import CodeForm, PasskeySignInForm, RecoveryForm
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.web.access import safe_next
from dialogue.web.limits import Door, spend

BEGINNINGS = Door("passkeys", 120)  # each writes a row, so a stranger gets few of them in a minute
Shown = str | Response | tuple[str, int]


def after_password(person: StaffMember, wanted: str) -> Response:
    """The password was right: in at once, or first the second step."""
    device = devices.here(person)
    if device is None and ways.has_second_step(person.id):
        signing_in.wait_half_way(person.id, wanted)
        return redirect(url_for("people.second_step"))
    return _come_in(person.id, wanted, device)


def second_step() -> Shown:
    """Ask for the second step."""
    person = signing_in.half_way()
    return _page(person) if person else redirect(url_for("people.sign_in"))


def second_step_post() -> Shown:
    """A code of the app on a phone."""
    person, form = signing_in.half_way(), CodeForm()
    if person is None:
        return redirect(url_for("people.sign_in"))
    if not form.validate_on_submit():
        return _page(person, code=form), 422
    staff_id, typed = person.id, form.code.data
    trouble = signing_in.trouble(
        _key(person),
        lambda: _use_code(staff_id, typed),
        _("Deze code klopt niet. Wacht op de volgende code en typ die."),
    )
    if trouble:
        form.code.errors = [trouble.words]
        return _page(person, code=form), trouble.status
    response = _come_in(staff_id, session.get("wanted", ""))
    if form.remember.data and devices.may_be_remembered(person):
        with writing() as store:
            mine = store.get_one(StaffMember, staff_id)
            token = devices.remember(f"staff:{staff_id}", mine, form.device.data or _("Toestel zonder naam"))
        devices.set_cookie(response, token)
    return response


def recovery_post() -> Shown:
    """A code from the paper, for who has not got the phone."""
    person, form = signing_in.half_way(), RecoveryForm()
    if person is None:
        return redirect(url_for("people.sign_in"))
    if not form.validate_on_submit():
        return _page(person, paper=form), 422
    staff_id, typed = person.id, form.recovery.data
    wrong = _("Deze herstelcode klopt niet, of je gebruikte hem al.")
    trouble = signing_in.trouble(_key(person), lambda: _use_recovery(staff_id, typed), wrong)
    if trouble:
        form.recovery.errors = [trouble.words]
        return _page(person, paper=form), trouble.status
    response, left = _come_in(staff_id, session.get("wanted", "")), recovery.left(staff_id)
    flash(ngettext("Je hebt nog %(num)d herstelcode.", "Je hebt nog %(num)d herstelcodes.", left))
    return response


def passkey_begin() -> Answer:
    """What a browser needs for signing in with a passkey, as JSON."""
    from dialogue.people import passkey_exchange  # noqa: PLC0415 - its library is large, and few need it

    spend(BEGINNINGS)
    person, challenge = signing_in.half_way(), new_token().encode()
    staff_id = person.id if person else None
    with writing():
        session["challenge"] = steps.begin(steps.Kind.PASSKEY, staff_id, challenge)
    return Answer(passkey_exchange.options(challenge, staff_id), mimetype="application/json")


def passkey_post() -> Shown:
    """A passkey was used: it is who you are and that you are there, so it is enough by itself."""
    from dialogue.people import passkey_exchange  # noqa: PLC0415 - its library is large, and few need it

    form = PasskeySignInForm()
    try:
        with writing():
            step = steps.take(session.pop("challenge", None), steps.Kind.PASSKEY)
        passkey, count = passkey_exchange.read_use(form.credential.data or "", step.kept, step.staff_id)
        staff_id, passkey_id, before = passkey.staff_member_id, passkey.id, passkey.sign_count
        with writing():
            passkeys.note_use(passkey_id, before, count)
    except (NotFound, Refused):
        form.credential.errors = ["refused"]  # the page has the words
        person = signing_in.half_way()
        return (_page(person, passkey=form) if person else sign_in_page(SignInForm(formdata=None), form)), 422
    return _come_in(staff_id, session.get("wanted") or form.next.data or "")


def open_link(token: str) -> Shown:
    """A link in a mail: opens its page on a remembered device, else it asks to sign in; never enough by itself."""
    try:
        person, path = links.read(token)
    except NotFound:
        return render_template("people/link_gone.html", other=None), 404
    actor, device = signed_in_actor(), devices.here(person)
    if actor and actor.staff_id != person.id:
        return render_template("people/link_gone.html", other=actor), 404
    if not actor and not device:
        return redirect(url_for("people.sign_in", next=path))
    if not actor:
        signing_in.enter(person.id, device, reach=path.partition("?")[0])
    return redirect(path)


def sign_in_page(form: SignInForm, passkey: PasskeySignInForm | None = None) -> str:
    """The page that asks for address and password, or for a passkey."""
    passkey = passkey or PasskeySignInForm(formdata=None, next=form.next.data)
    return render_template("people/sign_in.html", form=form, passkey=passkey, with_passkey=passkeys.possible())


def _come_in(staff_id: int, wanted: str, device: RememberedDevice | None = None) -> Response:
    signing_in.enter(staff_id, device)
    response = redirect(safe_next(wanted, url_for("desk.today")))
    signing_in.remember_browser(response, staff_id)
    return response


def _use_code(staff_id: int, typed: str) -> bool:
    step = apps.step_of(staff_id, typed)
    if step is None:
        return False
    with writing():
        return apps.use(staff_id, step)


def _use_recovery(staff_id: int, typed: str) -> bool:
    with writing():
        return recovery.use(staff_id, typed)


def _key(person: StaffMember) -> str:
    """Wrong codes count apart from wrong passwords, and apart for a browser that was signed in before."""
    return signing_in.attempt_key(person.email, request.cookies.get(signing_in.known_cookie_name())) + "/code"


def _page(
    person: StaffMember,
    code: CodeForm | None = None,
    paper: RecoveryForm | None = None,
    passkey: PasskeySignInForm | None = None,
) -> str:
    return render_template(
        "people/second_step.html",
        ways=ways.of(person.id),
        form=code or CodeForm(formdata=None),
        paper=paper or RecoveryForm(formdata=None),
        passkey=passkey or PasskeySignInForm(formdata=None),
        with_passkey=passkeys.possible(),
        remembered_until=devices.remembered_until(person),
    )
