"""The web server with one care less, for tests that must notice: `gunicorn "tests.promises.careless:serving(…)"`."""

import time
from collections.abc import Sequence
from concurrent.futures import Future
from sqlite3 import Cursor

from flask import Flask

import app
from dialogue.answering import writer
from dialogue.shared.sqlite import PRAGMAS


def serving(**pragmas: str) -> Flask:
    """As app.serving, after these pragmas of SQLite were set aside."""
    PRAGMAS.update(pragmas)
    return app.serving()


def answering_too_soon() -> Flask:
    """As app.serving, but children hear "saved" a moment before the commit."""
    put_in = writer._put_in

    def put_in_and_tell(cursor: Cursor, posts: Sequence[writer.Post]) -> list[bool]:
        kept = put_in(cursor, posts)
        for post, is_kept in zip(posts, kept, strict=True):
            post.kept.set_result(is_kept)
            object.__setattr__(post, "kept", Future())
        time.sleep(0.2)
        return kept

    writer._put_in = put_in_and_tell
    return app.serving()
