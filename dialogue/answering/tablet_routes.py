"""Doors of the tablets that children share, and of what hangs in the class beside them.

    /t/<place>                                   where each child begins
    /t/<place>/<consultation>/<band>/<language>  the questionnaire
    /t/<place>/letters                           letters that a tablet sealed
    /t/<place>/supervisor                        how many wait on it, and how to unlock it
    /t/<place>/unlock                            with six digits
    /t/worker.js                                 what opens these pages without a connection; its reach is /t/
    /p/<place>/cards                             cards to write the four words on

A locked tablet has a pass. It proves nothing but that this browser stays on these pages; no letter needs or bears it.
"""

import json

from flask import Response, current_app, redirect, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from dialogue.answering import doors, pages, tablet_letters, tablet_pages
from dialogue.answering.child_routes import by_language
from dialogue.answering.sheet_routes import bp, send, take
from dialogue.consultations.queries import town_of
from dialogue.places import tablet_pass, tablets
from dialogue.shared.codes import typed_code
from dialogue.shared.database import writing
from dialogue.web.assets import STATIC
from dialogue.web.i18n import asked_language, liked
from dialogue.web.limits import WRONG_DIGITS, spend
from dialogue.web.packed import respond

__all__ = ["bp"]
# And what begins so.
OPEN_TO_PASS = ("static", "health.healthz", "child.words", "child.sound", "child.tablet")


@bp.before_app_request
def a_locked_tablet_opens_nothing_else() -> ResponseReturnValue | None:
    """Whatever else a browser with a pass asks for, also who is signed in there, it gets the beginning for a child."""
    if (request.endpoint or "").startswith(OPEN_TO_PASS):
        return None
    locked = tablet_pass.here()
    return redirect(url_for("child.tablet", code=locked.place.code), 303) if locked else None


@bp.get("/t/worker.js")
def tablet_worker() -> Response:
    """The service worker: it must lie above the pages that it opens."""
    response = send_from_directory(STATIC / "js", "answering-worker.js")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/t/<code>")
def tablet(code: str) -> ResponseReturnValue:
    """Where each child begins."""
    if code != typed_code(code):
        return redirect(url_for("child.tablet", code=typed_code(code) or "?"), 303)
    key = ("tablet", code, asked_language(), *liked())
    return not_kept(by_language(pages.fresh(key, lambda: tablet_pages.start_page(code))))


@bp.get("/t/<code>/<consultation>/<band>/<language>")
def tablet_sheet(code: str, consultation: str, band: str, language: str) -> Response:
    """The questionnaire."""
    key = ("tablet sheet", code, consultation, band, language, asked_language())
    page = pages.fresh(key, lambda: tablet_pages.questionnaire(code, consultation, band, language))
    return not_kept(respond(page))


bp.add_url_rule("/t/<code>/<consultation>/<band>/<language>", "tablet_send", send, methods=["POST"])


def not_kept(response: Response) -> Response:
    """No browser keeps a page of a shared tablet to go back to; the worker keeps empty ones."""
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/t/<code>/letters")
def tablet_letter(code: str) -> Response:
    """Take one sealed letter as if it came from a phone now."""
    letter = tablet_letters.opened(request.get_data(), typed_code(code))
    status, answer = take(letter.sending, code, letter.consultation)
    return Response(json.dumps(answer), status, content_type="application/json")


@bp.get("/t/<code>/supervisor")
def tablet_supervisor(code: str) -> str:
    """How many letters wait, and how to unlock this tablet."""
    return _supervisor(code)


@bp.post("/t/<code>/unlock")
def tablet_unlock(code: str) -> ResponseReturnValue:
    """Unlock this tablet with its six digits; wrong ones are counted."""
    locked = tablet_pass.here()
    if locked is None:
        return redirect(url_for("child.tablet_supervisor", code=code), 303)
    try:
        spend(WRONG_DIGITS)
    except TooManyRequests as wait:
        again = {"Retry-After": str(wait.retry_after)}
        return _supervisor(code, _("Dat was te vaak fout. Wacht even en probeer het dan opnieuw.")), 429, again
    if not tablets.opens(locked, request.form.get("pin", "")):
        return _supervisor(code, _("Die zes cijfers zijn het niet.")), 422
    spend(WRONG_DIGITS, -1)
    with writing():
        tablets.unlock(tablets.AT_THE_TABLET, locked)
    response = redirect(url_for("child.place", code=code), 303)
    tablet_pass.take(response)
    return response


def _supervisor(code: str, trouble: str = "") -> str:
    place = doors.place_behind(code)
    return render_template(
        "answering/child/tablet_supervisor.html",
        place=place,
        town=town_of(place.municipality_id),
        tablet=tablet_pages.tablet_at(place),
        locked=tablet_pass.here(),
        trouble=trouble,
    )


@bp.get("/p/<code>/cards")
def cards(code: str) -> str:
    """Twelve cards on a sheet to write the four words on."""
    place = doors.place_behind(code)
    settings = current_app.extensions["dialogue"].settings
    return render_template(
        "answering/child/cards.html",
        place=place,
        town=town_of(place.municipality_id),
        receipt_address=f"{settings.public_host}/r",
    )
