"""The web server with one care less, for tests that must notice: `gunicorn "tests.promises.careless:serving(…)"`."""

import time
from collections.abc import Sequence
from concurrent.futures import Future
from sqlite3 import Cursor
from threading import Thread
from typing import Any

from flask import Flask, current_app

import app
from dialogue.answering import writer
from dialogue.feedback import receipt_routes
from dialogue.shared.sqlite import PRAGMAS


def serving(**pragmas: str) -> Flask:
    """As app.serving, after these pragmas of SQLite were set aside."""
    PRAGMAS.update(pragmas)
    return app.serving()


def answering_too_soon() -> Flask:
    """As app.serving, but children hear "saved" a moment before the commit."""
    put_in, keep_now = writer._put_in, writer._keep_now

    def put_in_and_tell(cursor: Cursor, posts: Sequence[writer.Post]) -> list[bool]:
        kept = put_in(cursor, posts)
        for post, is_kept in zip(posts, kept, strict=True):
            post.kept.set_result(is_kept)
            object.__setattr__(post, "kept", Future())
        time.sleep(0.2)
        return kept

    def tell_and_keep(letter: writer.Row, concerns: Sequence[writer.Row]) -> bool:
        here = current_app._get_current_object()

        def keep_later() -> None:
            time.sleep(0.2)
            with here.app_context():
                keep_now(letter, concerns)

        Thread(target=keep_later).start()
        return True

    writer._put_in, writer._keep_now = put_in_and_tell, tell_and_keep
    return app.serving()


def reacting_too_soon() -> Flask:
    """As app.serving, but a reaction is said to be kept a moment before it is."""
    keep = receipt_routes.react

    def keep_later(*reaction: Any) -> None:
        here = current_app._get_current_object()

        def later() -> None:
            time.sleep(2)
            with here.app_context():
                keep(*reaction)

        Thread(target=later).start()

    receipt_routes.react = keep_later
    return app.serving()
