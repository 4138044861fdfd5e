"""The writer of letters: one thread per process puts all letters that wait into the box with one durable commit.

So two hundred children who send at once wait for the disk together, not one after the other, and other writes of this
installation find the lock free between two commits. Every request waits for the answer of the writer, without a lock
and without a connection.
"""

import logging
import os
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from dialogue.answering.models import Concern, Letter, Response
from dialogue.consultations.models import State, Wave
from dialogue.shared.database import db, holds_lock, writing
from dialogue.shared.errors import Busy

log = logging.getLogger(__name__)
AT_ONCE = 200  # letters in one commit
MOST_WAITING = 2000
PATIENCE = 10.0  # seconds that a request waits
IDLE = 5.0  # seconds without letters after which the thread ends
Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Post:
    """A letter with the concerns in it, and the promise to tell whether it is in the box."""

    letter: Row
    concerns: Sequence[Row]
    kept: Future[bool] = field(default_factory=Future)


def keep(letter: Row, concerns: Sequence[Row]) -> bool:
    """Whether the letter is in the box now, durably; not when its round is closed or its tag is known.

    Raises Busy when nothing can be written, when too many wait, or when it takes too long: then the letter may still
    be kept, and the phone that sends it again hears so.
    """
    if holds_lock():
        raise RuntimeError("Inside `writing()` nobody waits for the writer: it needs the lock.")
    db.session.rollback()  # who waits holds no connection
    try:
        return writer().hand_over(letter, concerns).result(PATIENCE)
    except TimeoutError as error:
        raise Busy("the writer of letters takes too long") from error


def writer() -> "Writer":
    """The writer of this application in this process; a fork gets one of its own."""
    app = cast(Any, current_app)._get_current_object()
    return cast(Writer, app.extensions.setdefault(f"dialogue.writer.{os.getpid()}", Writer(app)))


class Writer:
    """A queue, and the thread that empties it: it begins with the first letter and ends when none has come for long."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._waiting: deque[Post] = deque()
        self._changed = Condition()
        self._running = False

    def hand_over(self, letter: Row, concerns: Sequence[Row]) -> Future[bool]:
        """Put a letter in the queue; raises Busy when that is full."""
        post = Post(letter, concerns)
        with self._changed:
            if len(self._waiting) >= MOST_WAITING:
                raise Busy("too many letters wait for the writer")
            self._waiting.append(post)
            if not self._running:
                Thread(target=self._run, name="letters", daemon=True).start()
                self._running = True
            self._changed.notify()
        return post.kept

    def _run(self) -> None:
        while posts := self._next():
            try:
                with self._app.app_context(), writing() as session:
                    kept = _put_in(session.connection(), posts)
            except Exception as error:  # whatever it is: the children hear it, and the next letters are tried
                log.error("letters could not be kept: %s", type(error).__name__)
                for post in posts:
                    post.kept.set_exception(Busy(type(error).__name__))
            else:
                for post, is_kept in zip(posts, kept, strict=True):
                    post.kept.set_result(is_kept)

    def _next(self) -> list[Post]:
        """The letters of the next commit; none: the thread ends."""
        with self._changed:
            self._running = self._changed.wait_for(lambda: bool(self._waiting), IDLE)
            return [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]


def _put_in(connection: Connection, posts: Sequence[Post]) -> list[bool]:
    """Put letters in the box, within one transaction: for each whether it is new and its round open.

    All at once, or one by one when something is wrong with one of them: it touches no other.
    """
    rounds = {post.letter["wave_id"] for post in posts}
    tags = [post.letter["tag"] for post in posts]
    open_ = set(connection.scalars(select(Wave.id).where(Wave.id.in_(rounds), Wave.state == State.OPEN)))
    opened = set(connection.scalars(select(Response.tag).where(Response.tag.in_(tags))))
    new = [post for post in posts if post.letter["wave_id"] in open_ and post.letter["tag"] not in opened]
    kept = set(new) if _put(connection, new) else {post for post in new if _put(connection, [post])}
    return [post in kept for post in posts]


def _put(connection: Connection, posts: Sequence[Post]) -> bool:
    """Put in these letters or none: the keys of the tables, not a look beforehand, tell what is there already."""
    concerns = [concern for post in posts for concern in post.concerns]
    try:
        with connection.begin_nested():
            for table, rows in ((Letter, [post.letter for post in posts]), (Concern, concerns)):
                if rows:
                    connection.execute(insert(table), rows)
    except IntegrityError:
        return False
    return True
