"""Coming in: is this the person, and what does a browser keep of it? The session starts anew each time."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from flask import current_app, flash, session
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from dialogue.people import steps
from dialogue.people.attempts import Attempts
from dialogue.people.models import RememberedDevice, StaffMember
from dialogue.people.passwords import fits, hashed, is_outdated
from dialogue.people.queries import person_by_email
from dialogue.people.services import end_session, forget_old_sessions, start_session
from dialogue.people.shared_attempts import SharedAttempts
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound

KNOWN_DAYS = 365


class Trouble(NamedTuple):
    """Why a guess was not accepted, in words and as an HTTP status."""

    words: str
    status: int


def identify(email: str, password: str) -> StaffMember | None:
    """The person, when the password fits and they may come in; the work is the same for everybody."""
    person = person_by_email(email)
    right = fits(password, person.password_hash if person else None)
    return person if person and right and person.disabled_at is None else None


def renew_hash(person: StaffMember, password: str) -> None:
    """Hash the password again when it was hashed with the costs of another day."""
    if is_outdated(person.password_hash):
        renewed = hashed(password)
        with writing() as store:
            store.get_one(StaffMember, person.id).password_hash = renewed


def wait_half_way(staff_id: int, wanted: str) -> None:
    """The password was right: this browser now waits for the second step, and nobody is signed in on it."""
    leave()
    with writing():
        session["step"] = steps.begin(steps.Kind.SECOND_STEP, staff_id)
    session["wanted"] = wanted


def half_way() -> StaffMember | None:
    """The person whose second step this browser waits for."""
    try:
        step = steps.look(session.get("step"), steps.Kind.SECOND_STEP)
    except NotFound:
        return None
    person = db.session.get_one(StaffMember, step.staff_id)
    return None if person.disabled_at else person


def enter(staff_id: int, device: RememberedDevice | None = None, reach: str | None = None) -> None:
    """Sign this browser in: the session of before ends, and nothing of it remains.

    `device` is the remembered device this is; `reach` the one page a link in a mail opens.
    """
    old, step, device_id = session.get("staff"), session.get("step"), device.id if device else None
    with writing() as store:
        if old:
            end_session(old)
        steps.drop(step)
        steps.forget_old()
        forget_old_sessions()
        token = start_session(staff_id, reach=reach, device_id=device_id)
        if device_id:
            store.get_one(RememberedDevice, device_id).used_on = today()
        was_reset = reach is None and _tell_once(store.get_one(StaffMember, staff_id))
    session.clear()
    session["staff"] = token
    if was_reset:
        flash(_("Je beheerder heeft je tweede stap uitgezet. Zet hem weer aan bij “Mijn gegevens”."), "error")


def _tell_once(person: StaffMember) -> bool:
    told, person.second_step_reset_at = person.second_step_reset_at is not None, None
    return told


def leave() -> None:
    """Sign this browser out."""
    old = session.get("staff")
    with writing():
        if old:
            end_session(old)
    session.clear()


def trouble(key: str, is_right: Callable[[], bool], wrong: str) -> Trouble | None:
    """Nothing when the guess is right; else why not, with a growing wait. It counts before it is known to be wrong."""
    counted = attempts()
    seconds = counted.seconds_to_wait(key)
    if seconds:
        return Trouble(_("Wacht %(seconds)d seconden en probeer het dan opnieuw.", seconds=seconds), 429)
    counted.failed(key)
    if not is_right():
        return Trouble(wrong, 422)
    counted.succeeded(key)
    return None


def trouble_with_password(person: StaffMember, password: str) -> Trouble | None:
    """Nothing when somebody who is signed in proves to be `person` with the password; else why not."""
    password_hash = person.password_hash
    wrong = _("Dit is niet je wachtwoord van nu.")
    return trouble(f"{person.email}/proof", lambda: fits(password, password_hash), wrong)


def attempts() -> Attempts:
    """The failures counted on all hosts where there are several, else in this process."""
    if "dialogue.attempts" not in current_app.extensions:
        counters = current_app.extensions["dialogue.counters"]
        current_app.extensions["dialogue.attempts"] = SharedAttempts(counters) if counters else Attempts()
    counted: Attempts = current_app.extensions["dialogue.attempts"]
    return counted


def attempt_key(email: str, known_cookie: str | None) -> str:
    """Under which name a wrong password counts: the account, apart for a browser that was signed in to it before."""
    email = email.strip().lower()
    person = person_by_email(email)
    known = bool(person) and _read_known(known_cookie) == (person.id if person else None)
    return f"{email}/{'known' if known else 'stranger'}"


def remember_browser(response: Response, staff_id: int) -> None:
    """Let this browser prove later that it was signed in before; the cookie travels to /sign-in only."""
    secure = current_app.extensions["dialogue"].settings.https
    response.set_cookie(
        known_cookie_name(),
        _signer().dumps(staff_id),
        max_age=timedelta(days=KNOWN_DAYS),
        path="/sign-in",
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def known_cookie_name() -> str:
    """Its name tells the browser to send it over https only, where there is https."""
    return "__Secure-dialogue-known" if current_app.extensions["dialogue"].settings.https else "dialogue-known"


def _read_known(cookie: str | None) -> int | None:
    try:
        return int(_signer().loads(cookie or "", max_age=KNOWN_DAYS * 86400))
    except (BadData, TypeError, ValueError):
        return None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or b"", salt="known browser")
