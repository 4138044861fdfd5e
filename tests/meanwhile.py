"""Something that happens between two statements of the work that is tried: possible on PostgreSQL alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from dialogue.shared.database import db


@contextmanager
def meanwhile(statement: str, happens: Callable[[Connection], object]) -> Iterator[None]:
    """Another connection commits this, right after a statement in which these words stand; once, and surely."""
    happened: list[str] = []

    def executed(_one: Connection, _cursor: object, said: str, *_rest: Any) -> None:
        if statement in said and not happened:
            happened.append(said)
            with db.engine.begin() as other:
                happens(other)

    event.listen(db.engine, "after_cursor_execute", executed)
    try:
        yield
    finally:
        event.remove(db.engine, "after_cursor_execute", executed)
    assert happened
