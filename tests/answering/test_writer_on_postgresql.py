"""On PostgreSQL letters commit side by side: what happens while one is being written is seen before it is promised."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update

from dialogue.answering.models import Letter, Response
from dialogue.answering.writer import Row, keep
from dialogue.consultations.models import State, Wave
from dialogue.shared.bands import Band
from dialogue.shared.codes import new_key
from tests.answering.sendings import letter_count
from tests.answering.test_writer import a_letter
from tests.builders import Cast, a_consultation
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.postgresql
WRITTEN = "INSERT INTO letter"  # and its sender did not hear so yet


@pytest.fixture
def wave(app: Flask, cast: Cast) -> Wave:
    return a_consultation(cast.mobility).waves[-1]


def test_a_letter_that_meets_the_closing_of_its_round_is_not_kept_and_not_promised(wave: Wave) -> None:
    letter, closed = a_letter(wave.id), update(Wave).where(Wave.id == wave.id).values(state=State.CLOSED)
    with meanwhile(WRITTEN, lambda other: other.execute(closed)):
        assert keep(letter, []) is False
    assert letter_count() == 0


def test_a_letter_that_was_opened_meanwhile_does_not_come_back_into_the_box(wave: Wave) -> None:
    letter = a_letter(wave.id)
    with meanwhile(WRITTEN, lambda other: other.execute(opened(letter, wave))):
        assert keep(letter, []) is False
    assert letter_count() == 0


def test_a_letter_in_whose_way_nothing_comes_is_kept(wave: Wave) -> None:
    with meanwhile(WRITTEN, lambda other: other.execute(insert(Letter).values(**kept(a_letter(wave.id))))):
        assert keep(a_letter(wave.id), []) is True
    assert letter_count() == 2


def kept(letter: Row) -> Row:
    """The columns of the box, without what only the writer asks."""
    return {name: value for name, value in letter.items() if name != "opened"}


def opened(letter: Row, wave: Wave) -> Any:
    """As the job that opens the box writes a response."""
    values = {"key": new_key(), "tag": letter["opened"], "wave_id": wave.id, "instrument_id": wave.instruments[-1].id}
    return insert(Response).values(band=Band.B, place_id=None, channel="self", answers={}, **values)
