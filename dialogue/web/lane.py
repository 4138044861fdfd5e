"""A short lane for pages that are the same for everybody: what was answered a moment ago is answered again at once.

Only whole answers to GET without a cookie or a query, which say of themselves that they have an ETag and depend on
nothing but the encoding: the questionnaires. Every request is counted (`limits`), and the tests see every change.
"""

import time
from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import Flask

from dialogue.web import limits

MOMENT = 1.0  # seconds
MOST_KEPT = 500
Headers = list[tuple[str, str]]
Key = tuple[str | None, ...]


class Answer(NamedTuple):
    """A whole answer, and until when it may be given."""

    until: float
    status: str
    headers: Headers
    body: bytes


class Lane:
    """Stands before the application `app`, behind the proxies."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._next = app.wsgi_app
        self._kept: dict[Key, Answer] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer as a moment ago, or let the application answer and keep that for a moment."""
        if self._app.testing or not is_plain(environ):
            return self._next(environ, start_response)
        key = tuple(environ.get(name) for name in ("PATH_INFO", "HTTP_HOST", "HTTP_ACCEPT_ENCODING"))
        kept = self._kept.get(key)
        if kept is None or kept.until < time.monotonic():
            return self._ask(key, environ, start_response)
        if limits.wait(self._app, limits.PAGES, environ.get("REMOTE_ADDR")):
            return self._next(environ, start_response)
        start_response(kept.status, kept.headers)
        return [kept.body]

    def _ask(self, key: Key, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        begun: list[tuple[str, Headers]] = []

        def begin(status: str, headers: Headers, *error: Any) -> Any:
            begun.append((status, headers))
            return start_response(status, headers, *error)

        answer = self._next(environ, begin)
        status, headers = begun[-1]
        if not is_for_everybody(status, headers):
            return answer
        body = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = Answer(time.monotonic() + MOMENT, status, headers, body)
        return [body]


def is_plain(environ: dict[str, Any]) -> bool:
    """Whether nothing in this request but its address and encoding can matter."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and environ.keys().isdisjoint(("HTTP_COOKIE", "HTTP_IF_NONE_MATCH"))
    )


def is_for_everybody(status: str, headers: Headers) -> bool:
    """Whether an answer says that all who ask the same way get the same."""
    told = {name.lower(): value for name, value in headers}
    return status.startswith("200") and "etag" in told and told.get("vary") == "Accept-Encoding"
