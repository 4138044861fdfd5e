"""The child's front door: no session, no cookie, no staff code, no CSRF token, for there is no authority to abuse.

    /                                            type the code of a place
    /p/<place>                                   the QR on the wall: what is open there
    /p/<place>/class                             the class screen
    /p/<place>/<consultation>                    how old are you
    /p/<place>/<consultation>/<band>/<language>  the questionnaire; with ?lang=… the page around it in another language
    /c/<consultation>…                           the same without a place
    /c/<consultation>/sounds/<questionnaire>/…   what somebody recorded of its questions
    /words/<language>.json                       the words a receipt is made of
    /words/<language>/help.json                  the words that ask for help

The questionnaire and what is sent are in sheet_routes.py, shared tablets (/t/…) in tablet_routes.py. Capitals (/P/…,
/C/…) open too: QR codes are smaller with them. Others lead to these (capital_routes.py).
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dialogue.answering import doors, entrance, pages
from dialogue.answering.queries import class_screen
from dialogue.consultations.queries import open_now, town, town_of
from dialogue.shared.bands import RULES
from dialogue.shared.codes import typed_code
from dialogue.shared.errors import NotFound
from dialogue.web.assets import kept
from dialogue.web.i18n import LANGUAGES, asked_language, liked
from dialogue.web.packed import Packed, respond

bp = Blueprint("child", __name__)
NEUTRAL = "https://www.wikipedia.org/"  # where 'Weg hier' leads while no town is known


@bp.before_request
def allow_the_style() -> None:
    """The critical style stands in the page, let through by its hash; an empty icon saves a request."""
    g.csp = {"style_src": pages.style_source(), "img_src": "data:"}


@bp.after_request
def tell_nobody(response: Response) -> Response:
    """No address of a child's page travels to another site."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.context_processor
def on_every_page() -> dict[str, Any]:
    """What the layout of the child's pages needs."""
    return {"style": pages.critical_style(), "town": None, "neutral": NEUTRAL, "age": RULES.__getitem__}


@bp.get("/")
def start() -> str:
    """Type the code of the place."""
    return render_template("answering/child/start.html")


@bp.get("/p")
def typed() -> ResponseReturnValue:
    """From a typed code to its place."""
    code = typed_code(request.args.get("code", ""))
    return redirect(url_for("child.place", code=code) if code else url_for("child.start"), 303)


@bp.get("/P/<code>")
@bp.get("/p/<code>")
def place(code: str) -> Response:
    """What is open at this place, and always 'Wat wil jij zeggen?'."""
    return by_language(pages.fresh(("place", code, *tongues()), lambda: entrance.place_page(code)))


@bp.get("/p/<code>/class")
def class_(code: str) -> str:
    """The class screen."""
    return entrance.class_page(code)


@bp.get("/p/<code>/class/count.json")
def class_count(code: str) -> Response:
    """How many answered, in tens, in words."""
    return jsonify(counted=entrance.counted(class_screen(doors.place_behind(code)).answers))


@bp.get("/P/<code>/<consultation>")
@bp.get("/p/<code>/<consultation>")
def ages(code: str, consultation: str) -> Response:
    """How old are you, at a place."""
    key = ("ages", code, consultation, *tongues())
    return by_language(pages.fresh(key, lambda: entrance.ages_page(code, consultation)))


@bp.get("/C/<consultation>")
@bp.get("/c/<consultation>")
def ages_anywhere(consultation: str) -> Response:
    """How old are you, from a link without a place."""
    return ages("", consultation)


def tongues() -> tuple[str, ...]:
    """All that a page takes from the languages of a request: which was asked for, and those of the browser in order."""
    return (asked_language(), *liked())


def by_language(page: Packed) -> Response:
    """A page whose language follows the browser."""
    response = respond(page)
    response.headers["Vary"] = "Accept-Encoding, Accept-Language"
    return response


@bp.get("/words/<language>.json")
def words(language: str) -> Response:
    """The frozen words of the receipt."""
    return _list(language, pages.word_list)


@bp.get("/words/<language>/help.json")
def help_words(language: str) -> Response:
    """What a phone looks for by itself while a child types."""
    return _list(language, pages.help_words)


def _list(language: str, read: Callable[[str], Packed]) -> Response:
    """A list of one language; kept for a year under an address with its mark."""
    if language not in LANGUAGES:
        raise NotFound
    return respond(read(language), kept())


@bp.errorhandler(doors.ClosedRound)
def closed(error: doors.ClosedRound) -> str:
    """These questions are over: what happened with the answers stands elsewhere."""
    consultation = error.consultation
    return render_template("answering/child/closed.html", consultation=consultation, town=town(consultation))


@bp.errorhandler(doors.WithdrawnPlace)
def withdrawn(error: doors.WithdrawnPlace) -> ResponseReturnValue:
    """A code that is no longer used: what its town asks now."""
    here = error.place
    found = [entrance.door_to(wave) for wave in open_now(here.municipality_id)]
    return render_template("answering/child/missing.html", town=town_of(here.municipality_id), open=found), 404


@bp.errorhandler(NotFound)
def missing(_error: NotFound) -> ResponseReturnValue:
    """A page that helps: type the code again."""
    if request.is_json:
        return jsonify(error="There is no such address.", code="unknown"), 404
    return render_template("answering/child/missing.html", open=[]), 404
