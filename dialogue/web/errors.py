"""One table from refusals to pages, so that every door answers in the same plain words."""

import logging

from flask import Flask, g, json, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from dialogue.shared.database import db
from dialogue.shared.errors import Busy, NotAllowed, NotFound, Refused

log = logging.getLogger(__name__)
RETRY_AFTER = "20"
OUT_OF_RANGE = "22003"  # PostgreSQL's numeric_value_out_of_range


def init(app: Flask) -> None:
    """Register a page for every refusal and every HTTP error."""
    app.register_error_handler(NotFound, lambda _error: page(404, _not_found()))
    app.register_error_handler(NotAllowed, lambda _error: page(403, _("Dit mag je niet doen met jouw rol.")))
    app.register_error_handler(Refused, lambda error: page(422, _("Dit kan niet."), list(error.reasons)))
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(NoConnection, _busy)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(OverflowError, lambda _error: page(404, _not_found()))  # a number no record can have
    app.register_error_handler(CSRFError, lambda _error: page(400, _expired()))
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(HTTPException, _http)


def page(code: int, message: str, reasons: list[str] | None = None) -> Response:
    """A page that says what is wrong and what to do; JSON for those who asked for JSON."""
    db.session.rollback()
    if request.is_json or request.accept_mimetypes.best == "application/json":
        response = Response(_json(message, reasons), code, content_type="application/json")
    else:
        g.setdefault("actor", None)
        html = render_template("error.html", code=code, message=message, reasons=reasons or [])
        response = Response(html, code, content_type="text/html; charset=utf-8")
    if code == 503:
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def _json(message: str, reasons: list[str] | None) -> str:
    return json.dumps({"error": message, "reasons": [str(reason) for reason in reasons or []]})


def _not_found() -> str:
    return str(_("Deze pagina is er niet, of ze is niet voor jou."))


def _expired() -> str:
    return str(_("Dit formulier is verlopen. Ga terug, laad de pagina opnieuw en probeer het nog eens."))


def _wrong_host(_error: SecurityError) -> Response:
    """No page: a forged Host header has no addresses, and nothing of it is repeated."""
    return Response(_("Dit adres is niet van deze website."), 400, content_type="text/plain; charset=utf-8")


def _busy(_error: Exception) -> Response:
    return page(503, _("Het lukt nu even niet om te bewaren. Probeer het zo meteen opnieuw: er ging niets verloren."))


def _database(error: DBAPIError) -> Response:
    """A full, locked or read-only disk is not the visitor's fault: 503, never a 2xx, never a trace."""
    if getattr(error.orig, "sqlstate", None) == OUT_OF_RANGE:
        return page(404, _not_found())  # PostgreSQL: a number no record can have
    log.error("database refused: %s", type(error.orig).__name__)
    if isinstance(error, OperationalError | InternalError):
        return _busy(error)
    return page(422, _("Dit kan niet bewaard worden. Kijk na wat je invulde en probeer het opnieuw."))


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:
        return error.get_response()  # type: ignore[return-value]
    messages = {
        404: _not_found(),
        405: _("Dit kan niet op deze manier. Ga terug en gebruik de knoppen op de pagina."),
        413: _("Dit is te groot. Maak het korter of kleiner en probeer het opnieuw."),
        429: _("Dat ging te vlug na elkaar. Wacht even en probeer het opnieuw."),
        500: _("Er ging iets mis bij ons. Probeer het zo meteen opnieuw."),
    }
    response = page(code, messages.get(code, _("Dit begrijpen we niet. Ga terug en probeer het opnieuw.")))
    response.headers.extend({name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")})
    return response
