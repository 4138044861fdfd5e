"""No write of staff and no job holds up a child: little is done inside the lock, and nothing slow (promises.md, 1).

`SOAK=1` (`make soak`) asks with 20,000 answers in the round, and measures: nobody holds the lock for 50 ms.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from dialogue import jobs
from dialogue.consultations.models import Consultation
from dialogue.people.passwords import hashed
from dialogue.shared.database import db, holds_lock, writing
from tests.builders import Cast, a_consultation, responses
from tests.lock_guard import HEAVY, QUICK_TO_LOAD, nothing_slow_inside_the_lock, place
from tests.pages import Pages
from tests.promises.house import House, Records, fields_of_forms, typed
from tests.promises.nonsense import FORM, Request
from tests.promises.processes import SOAK
from tests.promises.test_restarts import CASES, all_jobs
from tests.results.box import post
from tests.web.routes import doors

MOST_STATEMENTS = 60  # a tenth of a millisecond each: far below the 50 ms
MOST_BYTES = 500_000  # what a lot of 500 letters needs, and a dossier with its annexes not
MOST_SECONDS = 0.05


@dataclass
class Held:
    """What was done inside the lock, each time it was held."""

    statements: list[int] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def worst(self) -> tuple[int, int, float]:
        return max(self.statements, default=0), max(self.bytes, default=0), max(self.seconds, default=0.0)


@contextmanager
def watching_the_lock() -> Iterator[Held]:
    """What is done inside the lock while the block runs."""
    held, began = Held(), [0.0]

    def execute(_connection: Any, _cursor: Any, _statement: str, parameters: Any, *_more: Any) -> None:
        if not holds_lock():
            return
        if not began[0]:
            began[0] = time.perf_counter()
            held.statements.append(0)
            held.bytes.append(0)
        held.statements[-1] += 1
        held.bytes[-1] += len(str(parameters))

    def end(_connection: Any) -> None:
        if began[0]:
            held.seconds.append(time.perf_counter() - began[0])
            began[0] = 0.0

    listeners: list[tuple[str, Callable[..., None]]] = [
        ("before_cursor_execute", execute),
        ("commit", end),
        ("rollback", end),
    ]
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    try:
        yield held
    finally:
        for name, listener in listeners:
            event.remove(Engine, name, listener)


def too_long(held: Held) -> bool:
    statements, size, seconds = held.worst()
    return statements > MOST_STATEMENTS or size > MOST_BYTES or (SOAK and seconds > MOST_SECONDS)


def test_no_page_holds_the_lock_for_long(house: House, records: Records) -> None:
    if SOAK:
        responses(db.session.get_one(Consultation, records["consultation_id"]), 20_000)
    forms, found, long = fields_of_forms(house, records), {}, {}
    for door in doors(house.app):
        if door.method != "POST":
            continue
        path = door.address(records | records.get(door.endpoint.split(".")[0], {})).encode()
        with watching_the_lock() as held:
            house.answer(Request(door, "mighty", "POST", path, b"", FORM, typed(forms, door.endpoint)))
        found[door.endpoint] = held.worst()
        if too_long(held):
            long[door.endpoint] = held.worst()
    print("statements, bytes, seconds:", sorted(found.items(), key=lambda one: one[1])[-3:])  # noqa: T201
    assert long == {}
    assert sum(bool(statements) for statements, _, _ in found.values()) > 25, "pages that write: this test can fail"


@pytest.mark.parametrize("name", CASES)
def test_no_job_holds_the_lock_for_long(app: Flask, cast: Cast, pages: Pages, name: str) -> None:
    CASES[name](cast, pages)
    with watching_the_lock() as held, nothing_slow_inside_the_lock(HEAVY) as caught:
        all_jobs()[name]()
    assert caught == []
    assert held.worst()[0]
    assert not too_long(held), held.worst()


def test_a_full_box_is_opened_in_lots_that_hold_up_nobody(app: Flask, cast: Cast) -> None:
    post(a_consultation(cast.mobility), 5_000 if SOAK else 700)
    with watching_the_lock() as held:
        jobs.results.open_boxes()
    assert len(held.statements) > 2
    assert not too_long(held), held.worst()


@pytest.mark.usefixtures("app")
def test_whatever_is_slow_is_refused_inside_the_lock_and_only_there() -> None:
    for name in (*QUICK_TO_LOAD, *HEAVY):
        with nothing_slow_inside_the_lock([name]) as caught:
            holder, attribute = place(name)
            slow = getattr(holder, attribute)
            with pytest.raises(AssertionError, match="inside the write lock"), writing():
                slow()
            with pytest.raises(Exception, match=r"argument|required"):  # outside it is only called wrongly
                slow()
        assert caught == [name]


@pytest.mark.usefixtures("app")
def test_a_password_hashed_inside_the_lock_would_be_noticed() -> None:
    with nothing_slow_inside_the_lock(QUICK_TO_LOAD) as caught, pytest.raises(AssertionError), writing():
        hashed("een lang wachtwoord")
    assert caught == ["argon2:PasswordHasher.hash"]
