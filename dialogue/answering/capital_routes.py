"""Addresses typed in capitals, as somebody reads them from a poster, lead to the one true address.

What a QR code opens (/P/<place>, /P/<place>/<consultation>, /C/<consultation>) is answered at once, elsewhere.
"""

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from dialogue.answering.tablet_routes import bp
from dialogue.shared.errors import NotFound

__all__ = ["bp"]


@bp.get("/P")
@bp.get("/R")
@bp.get("/C/<path:_rest>")
@bp.get("/P/<path:_rest>")
@bp.get("/T/<path:_rest>")
@bp.get("/P/<_code>/CARDS")
@bp.get("/P/<_code>/CLASS")
def in_capitals(**_typed: str) -> ResponseReturnValue:
    """The page with this address in small letters; only its codes and its age stay in capitals."""
    try:
        endpoint, values = current_app.url_map.bind("").match(request.path.lower())
    except HTTPException as error:
        raise NotFound from error
    true = {name: value if name == "language" else value.upper() for name, value in values.items()}
    return redirect(url_for(endpoint, **true), 303)
