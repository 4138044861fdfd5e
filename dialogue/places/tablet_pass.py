"""The pass of a locked tablet: a cookie that says no more than 'this browser shows the pages of one place'."""

from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

from dialogue.places.models import Tablet
from dialogue.places.tablets import locked_with

KEPT = timedelta(days=365)


def here() -> Tablet | None:
    """The locked tablet that this request comes from."""
    token = request.cookies.get(_name()) if "HTTP_COOKIE" in request.environ else None
    return locked_with(token) if token else None


def give(response: Response, token: str) -> None:
    """Let this browser keep the pass."""
    response.set_cookie(_name(), token, max_age=KEPT, path="/", secure=_https(), httponly=True, samesite="Lax")


def take(response: Response) -> None:
    """Take the pass back."""
    response.delete_cookie(_name(), path="/", secure=_https(), httponly=True, samesite="Lax")


def _name() -> str:
    """Its name binds it to this host and https, where there is https."""
    return "__Host-dialogue-tablet" if _https() else "dialogue-tablet"


def _https() -> bool:
    is_https: bool = current_app.extensions["dialogue"].settings.https
    return is_https
