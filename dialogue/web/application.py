"""Flask, without what it does for every request and no page of ours needs: children would wait for it."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from dialogue.web.logs import QuietFlask

View = TypeVar("View", bound=Callable[..., Any])


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie; who sends none and needs none costs nothing."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What stands in the cookie; without any cookie there is nothing to verify."""
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where the session was touched; else the answer stays as it is."""
        if session or session.accessed or session.modified:
            super().save_session(app, session, response)


class Application(QuietFlask):
    """The application: none of its views is asynchronous."""

    session_interface = Sessions()

    def ensure_sync(self, func: View) -> View:
        """The view itself."""
        return func
