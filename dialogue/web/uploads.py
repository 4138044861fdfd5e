"""Doors through which files come: only those, and only for who is signed in, take more than a form full of text."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, request, session

from dialogue.shared.models import StoredFile

View = TypeVar("View", bound=Callable[..., object])
ROUND_IT = 256 * 1024  # what was typed besides, and what a browser writes around the parts


def takes_files(most_bytes: int) -> Callable[[View], View]:
    """Mark a staff view that takes files of together at most `most_bytes`."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes + ROUND_IT  # type: ignore[attr-defined]
        return view

    return mark


def init(app: Flask) -> None:
    """Let marked views take more; called before whatever reads a form."""

    @app.before_request
    def widen() -> None:
        most = getattr(app.view_functions.get(request.endpoint or ""), "most_bytes", None)
        if most and "staff" in session:
            request.max_content_length = most


def brought(name: str) -> tuple[bytes, str] | None:
    """The content and the name of the file in this field; None when none was chosen."""
    file = request.files.get(name)
    if file is None or not file.filename:
        return None
    return file.read(), file.filename


def handed_out(stored: StoredFile, *, shown: bool = False) -> Response:
    """A stored file, to be downloaded; `shown`: a photo or sound that stands in a page. It can never run anything.

    A part of it, where that is asked for: some phones play no sound otherwise.
    """
    response = Response(stored.content, mimetype=stored.media_type)
    response.headers["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{stored.name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.set_etag(stored.sha256)
    response.make_conditional(request, accept_ranges=True, complete_length=stored.size)
    return response
