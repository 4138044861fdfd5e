"""The floor under the child's path: a bare Flask application, a page in memory, letters that are durable together.

What any program with Flask, gunicorn and SQLite must spend on a child. `gunicorn "tests.bench.floor:serving()"`, with
the page in the file `page` of the folder of the installation. Nothing is checked, sealed or limited here.
"""

import os
import secrets
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from sqlite3 import Connection, connect
from threading import Thread

from flask import Flask, Response, request

AT_ONCE = 200
Post = tuple[bytes, "Future[None]"]


def serving() -> Flask:
    """The application: GET the page, POST a letter."""
    folder = Path(os.environ["DIALOGUE_INSTANCE"])
    app, page = Flask(__name__), (folder / "page").read_bytes()
    queue: SimpleQueue[Post] = SimpleQueue()
    with box(folder):
        Thread(target=keep, args=(folder, queue), daemon=True).start()

    @app.get("/<path:_path>")
    def sheet(_path: str) -> Response:
        response = Response(page, content_type="text/html; charset=utf-8")
        response.headers["Content-Encoding"] = "br"
        return response

    @app.post("/<path:_path>")
    def send(_path: str) -> tuple[dict[str, object], int]:
        kept: Future[None] = Future()
        queue.put((request.get_data(), kept))
        kept.result(10)
        return {"saved": 64 * "0", "help": 0}, 201

    return app


@contextmanager
def box(folder: Path) -> Iterator[Connection]:
    """The database, set as durably as that of Dialogue."""
    with closing(connect(folder / "floor.db", isolation_level=None, timeout=10)) as connection:
        for setting in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("CREATE TABLE IF NOT EXISTS letter (tag BLOB PRIMARY KEY, body BLOB) WITHOUT ROWID")
        yield connection


def keep(folder: Path, queue: SimpleQueue[Post]) -> None:
    """Put all letters that wait into the box with one commit, for ever."""
    with box(folder) as connection:
        while True:
            posts = [queue.get()]
            while len(posts) < AT_ONCE:
                try:
                    posts.append(queue.get_nowait())
                except Empty:
                    break
            connection.execute("BEGIN IMMEDIATE")
            rows = [(secrets.token_bytes(16), body) for body, _kept in posts]
            connection.executemany("INSERT INTO letter VALUES (?, ?)", rows)
            connection.execute("COMMIT")
            for _body, kept in posts:
                kept.set_result(None)
