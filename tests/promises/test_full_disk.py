"""On a disk that is full or read-only nobody hears "saved"; the same letter is taken once there is room again."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from dialogue.answering.receipt import word_list
from dialogue.consultations.models import Consultation
from dialogue.shared.database import db
from tests.answering.sendings import a_body, letter_count
from tests.builders import Cast, a_consultation
from tests.pages import Pages

ADDRESS = "/c/NAARSC/B/nl"
FILLERS = 40  # letters that take what room is left on the pages there are
pytestmark = pytest.mark.sqlite("makes its disk full by pragmas")
Trouble = Callable[[sqlite3.Connection, object], None]


def full(connection: sqlite3.Connection, _record: object) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")


def read_only(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA query_only=ON")


@contextmanager
def in_trouble(trouble: Trouble) -> Iterator[None]:
    """Every connection to the database that is made in this block has this trouble."""
    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", trouble)
    yield
    event.remove(db.engine, "connect", trouble)
    db.session.remove()
    db.engine.dispose()


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility, code="NAARSC")


def bodies(consultation: Consultation) -> list[dict[str, object]]:
    return [a_body(consultation, master=number.to_bytes(32)) for number in range(FILLERS)]


@pytest.mark.parametrize("trouble", [full, read_only])
def test_the_script_hears_503_and_the_same_letter_is_taken_later(
    pages: Pages, consultation: Consultation, trouble: Trouble
) -> None:
    sent = bodies(consultation)
    with in_trouble(trouble):
        answers = [pages.client.post(ADDRESS, json=body) for body in sent]
        refused = [number for number, answer in enumerate(answers) if answer.status_code == 503]
        assert refused
        assert letter_count() == len(sent) - len(refused)  # whoever heard 201 is there
    for number, answer in enumerate(answers):
        assert answer.status_code == (503 if number in refused else 201)
        assert (int(answer.headers.get("Retry-After", 0)) > 0) == (number in refused)
        assert ("saved" in answer.json) == (number not in refused)
    for number, body in enumerate(sent):
        assert pages.client.post(ADDRESS, json=body).status_code == (201 if number in refused else 200)
    assert letter_count() == len(sent)


@pytest.mark.parametrize("trouble", [full, read_only])
def test_the_page_without_script_keeps_everything_and_saves_it_later(
    pages: Pages, consultation: Consultation, trouble: Trouble
) -> None:
    form = {
        "instrument": consultation.waves[0].instruments[0].sha256,
        "step": "send",
        "q1": "a",
        "q2": "Meer bomen",
        "words": " ".join(word_list("nl")[:4]),
    }
    fillers = bodies(consultation)
    with in_trouble(trouble):
        for body in fillers:
            pages.client.post(ADDRESS, json=body)
        before = letter_count()
        page = pages.post(ADDRESS, form, status=503)
        assert page.response.headers["Retry-After"]
        assert "Bewaard" not in page.text
        assert letter_count() == before
        fields = {str(field.get("name")): str(field.get("value")) for field in page.all("input", type="hidden")}
        assert fields.items() >= {"q1": "a", "q2": "Meer bomen", "words": form["words"]}.items()
    assert "Bewaard" in pages.post(ADDRESS, fields | {"step": "send"}).text
    assert letter_count() == before + 1


@pytest.mark.parametrize("trouble", [full, read_only])
def test_the_questions_can_still_be_read(pages: Pages, consultation: Consultation, trouble: Trouble) -> None:
    with in_trouble(trouble):
        assert pages.get(ADDRESS).all("form")


def test_a_lock_file_that_cannot_be_made_is_no_success_either(
    app: Flask, pages: Pages, consultation: Consultation
) -> None:
    lock = app.extensions["dialogue"].settings.lock
    lock.unlink(missing_ok=True)
    lock.mkdir()
    answer = pages.client.post(ADDRESS, json=a_body(consultation))
    assert (answer.status_code, letter_count()) == (503, 0)
    assert answer.headers["Retry-After"]
    lock.rmdir()
    assert pages.client.post(ADDRESS, json=a_body(consultation)).status_code == 201
