"""The writer of letters: one thread per process puts all letters that wait into the box with one durable commit.

So two hundred children who send at once wait for the disk together, not one after the other, and other writes of this
installation find the lock free between two commits. Every request waits for the answer of the writer, without a lock
and without a connection. The thread speaks to SQLite's driver itself: what a letter costs, it costs for every child.

PostgreSQL needs no writer: it lets many commit at once, so there every request puts its own letter in the box.
"""

import logging
import os
import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Thread
from typing import Any, cast

from flask import current_app
from sqlalchemy import CursorResult, Engine, insert, text
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from dialogue.answering.models import Concern
from dialogue.shared.database import db, holds_lock, on_postgresql, writing
from dialogue.shared.errors import Busy
from dialogue.shared.sqlite import file_lock

log = logging.getLogger(__name__)
AT_ONCE = 200  # letters in one commit
MOST_WAITING = 2000
PATIENCE = 10.0  # seconds that a request waits
IDLE = 5.0  # seconds without letters after which the thread ends
Row = dict[str, Any]

# The keys of the tables, not a look beforehand, tell what is there already.
PUT = """
INSERT INTO letter (tag, wave_id, fingerprint, body) SELECT :tag, :wave_id, :fingerprint, :body
WHERE EXISTS (SELECT 1 FROM wave WHERE id = :wave_id AND state = 'open')
AND NOT EXISTS (SELECT 1 FROM response WHERE tag = :opened) ON CONFLICT DO NOTHING
"""
STILL_WELCOME = """
SELECT 1 FROM wave WHERE id = :wave_id AND state = 'open'
AND NOT EXISTS (SELECT 1 FROM response WHERE tag = :opened) FOR SHARE
"""
TELL = "INSERT INTO concern (key, wave_id, band, text) VALUES (:key, :wave_id, :band, :text)"


@dataclass(frozen=True, eq=False)
class Post:
    """A letter with the concerns in it, and the promise to tell whether it is in the box.

    Besides its columns a letter has `opened`: the tag that its answers will bear.
    """

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
    if db.session.registry.has():
        db.session.rollback()  # who waits holds no connection
    if on_postgresql():
        return _keep_now(letter, concerns)
    try:
        return writer().hand_over(letter, concerns).result(PATIENCE)
    except TimeoutError as error:
        raise Busy("the writer of letters takes too long") from error


def _keep_now(letter: Row, concerns: Sequence[Row]) -> bool:
    """Put a letter in the box of PostgreSQL, with one commit of its own.

    A letter that was opened, or a round that was closed, while this one waited is seen by a second look.
    """
    try:
        with writing(in_turn=False) as session:
            if not cast(CursorResult[Any], session.execute(text(PUT), letter)).rowcount:
                return False
            if concerns:
                session.execute(insert(Concern), concerns)
            if session.scalar(text(STILL_WELCOME), letter) is None:
                session.rollback()
                return False
    except IntegrityError:
        return False
    except (OperationalError, InternalError, NoConnection) as error:  # full, locked, or a standby that only reads
        raise Busy("the database cannot keep a letter now") from error
    return True


def writer() -> "Writer":
    """The writer of this application in this process; a fork gets one of its own."""
    name = f"dialogue.writer.{os.getpid()}"
    found = current_app.extensions.get(name)
    if found is None:
        made = Writer(db.engine, current_app.extensions["dialogue"].settings.lock)
        found = current_app.extensions.setdefault(name, made)
    return cast(Writer, found)


class Writer:
    """A queue, and the thread that empties it: it begins with the first letter and ends when none has come for long."""

    def __init__(self, engine: Engine, lock: Path) -> None:
        self._engine = engine
        self._lock = lock
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
                with self._writing() as cursor:
                    kept = _put_in(cursor, posts)
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

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Cursor]:
        """The `writing()` of the driver: the lock, one transaction, and its commit; an error rolls everything back."""
        with file_lock(self._lock), closing(self._engine.raw_connection()) as connection:
            cursor = cast(sqlite3.Cursor, connection.cursor())
            cursor.execute("BEGIN IMMEDIATE")
            yield cursor
            cursor.execute("COMMIT")


def _put_in(cursor: sqlite3.Cursor, posts: Sequence[Post]) -> list[bool]:
    """Put letters in the box, within one transaction: for each whether it is new and its round open."""
    return [_put(cursor, post) for post in posts]


def _put(cursor: sqlite3.Cursor, post: Post) -> bool:
    """Put a letter in the box with its concerns, or not at all: what is wrong with it touches no other."""
    try:
        if not post.concerns:
            return cursor.execute(PUT, post.letter).rowcount == 1
        cursor.execute("SAVEPOINT letter")
        kept = cursor.execute(PUT, post.letter).rowcount == 1
        if kept:
            cursor.executemany(TELL, post.concerns)
        cursor.execute("RELEASE letter")
    except sqlite3.IntegrityError:
        if post.concerns:
            cursor.execute("ROLLBACK TO letter")
            cursor.execute("RELEASE letter")
        return False
    return kept
