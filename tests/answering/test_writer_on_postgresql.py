"""On PostgreSQL letters commit side by side: what happens while one is being written is seen before it is promised."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, event, insert, update

from dialogue.answering.models import Letter, Response
from dialogue.answering.writer import Row, keep
from dialogue.consultations.models import State, Wave
from dialogue.shared.bands import Band
from dialogue.shared.codes import new_key
from dialogue.shared.database import db
from tests.answering.sendings import letter_count
from tests.answering.test_writer import a_letter
from tests.builders import Cast, a_consultation

pytestmark = pytest.mark.postgresql


@pytest.fixture
def wave(app: Flask, cast: Cast) -> Wave:
    return a_consultation(cast.mobility).waves[-1]


@contextmanager
def meanwhile(happens: Callable[[Connection], object]) -> Iterator[None]:
    """Another connection commits this, once a letter is written and before its sender hears so."""
    happened: list[object] = []

    def written(_one: Connection, _cursor: object, statement: str, *_rest: Any) -> None:
        if "INSERT INTO letter" in statement and not happened:
            happened.append(statement)
            with db.engine.begin() as other:
                happens(other)

    event.listen(db.engine, "after_cursor_execute", written)
    try:
        yield
    finally:
        event.remove(db.engine, "after_cursor_execute", written)
    assert happened


def test_a_letter_that_meets_the_closing_of_its_round_is_not_kept_and_not_promised(wave: Wave) -> None:
    letter, closed = a_letter(wave.id), update(Wave).where(Wave.id == wave.id).values(state=State.CLOSED)
    with meanwhile(lambda other: other.execute(closed)):
        assert keep(letter, []) is False
    assert letter_count() == 0


def test_a_letter_that_was_opened_meanwhile_does_not_come_back_into_the_box(wave: Wave) -> None:
    letter = a_letter(wave.id)
    with meanwhile(lambda other: other.execute(opened(letter, wave))):
        assert keep(letter, []) is False
    assert letter_count() == 0


def test_a_letter_in_whose_way_nothing_comes_is_kept(wave: Wave) -> None:
    with meanwhile(lambda other: other.execute(insert(Letter).values(**kept(a_letter(wave.id))))):
        assert keep(a_letter(wave.id), []) is True
    assert letter_count() == 2


def kept(letter: Row) -> Row:
    """The columns of the box, without what only the writer asks."""
    return {name: value for name, value in letter.items() if name != "opened"}


def opened(letter: Row, wave: Wave) -> Any:
    """As the job that opens the box writes a response."""
    values = {"key": new_key(), "tag": letter["opened"], "wave_id": wave.id, "instrument_id": wave.instruments[-1].id}
    return insert(Response).values(band=Band.B, place_id=None, channel="self", answers={}, **values)
