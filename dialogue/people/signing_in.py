"""Coming in: is this the person, and what does a browser keep of it? The session starts anew each time."""

from datetime import timedelta

from flask import current_app, session
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from dialogue.people.attempts import Attempts
from dialogue.people.models import StaffMember
from dialogue.people.passwords import fits, hashed, is_outdated
from dialogue.people.queries import person_by_email
from dialogue.people.services import end_session, forget_old_sessions, start_session
from dialogue.people.shared_attempts import SharedAttempts
from dialogue.shared.database import writing

KNOWN_DAYS = 365


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


def enter(staff_id: int) -> None:
    """Sign this browser in: the session of before ends, and nothing of it remains."""
    old = session.get("staff")
    with writing():
        if old:
            end_session(old)
        forget_old_sessions()
        token = start_session(staff_id)
    session.clear()
    session["staff"] = token


def leave() -> None:
    """Sign this browser out."""
    old = session.get("staff")
    with writing():
        if old:
            end_session(old)
    session.clear()


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
