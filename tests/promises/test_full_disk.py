"""While the database is full, read-only or locked nobody hears "saved"; the same letter is taken once it can be."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from dialogue.answering.receipt import word_list
from dialogue.consultations.models import Consultation
from dialogue.shared.database import db
from tests.answering.sendings import a_body, letter_count
from tests.builders import Cast, a_consultation
from tests.databases import ON_POSTGRESQL, Store
from tests.pages import Pages

ADDRESS = "/c/NAARSC/B/nl"
FILLERS = 40  # letters that take what room is left on the pages there are
Trouble = Callable[[Any, object], None]  # what is done to a new connection of the driver
HOLD = "BEGIN; LOCK TABLE letter IN EXCLUSIVE MODE" if ON_POSTGRESQL else "BEGIN IMMEDIATE"


def full(connection: Any, _record: object) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")


def read_only(connection: Any, _record: object) -> None:
    """As after a switch to a standby that is not promoted yet."""
    connection.execute("SET default_transaction_read_only = on" if ON_POSTGRESQL else "PRAGMA query_only=ON")
    connection.commit()


def locked(connection: Any, _record: object) -> None:
    """Somebody else writes, for longer than anybody waits."""
    connection.execute("SET lock_timeout = '50ms'" if ON_POSTGRESQL else "PRAGMA busy_timeout=50")
    connection.commit()


TROUBLES = [
    pytest.param(full, marks=pytest.mark.sqlite("fills its disk by a pragma")),
    read_only,
    locked,
]


@contextmanager
def in_trouble(trouble: Trouble, instance: Path) -> Iterator[None]:
    """Every connection to the database that is made in this block has this trouble."""
    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", trouble)
    with closing(Store(instance)) as somebody_else:
        if trouble is locked:
            somebody_else.execute(HOLD)
        yield
    event.remove(db.engine, "connect", trouble)
    db.session.remove()
    db.engine.dispose()


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility, code="NAARSC")


def bodies(consultation: Consultation) -> list[dict[str, object]]:
    return [a_body(consultation, master=number.to_bytes(32)) for number in range(FILLERS)]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_script_hears_503_and_the_same_letter_is_taken_later(
    pages: Pages, consultation: Consultation, instance: Path, trouble: Trouble
) -> None:
    sent = bodies(consultation)
    with in_trouble(trouble, instance):
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


@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_page_without_script_keeps_everything_and_saves_it_later(
    pages: Pages, consultation: Consultation, instance: Path, trouble: Trouble
) -> None:
    form = {
        "instrument": consultation.waves[0].instruments[0].sha256,
        "step": "send",
        "q1": "a",
        "q2": "Meer bomen",
        "words": " ".join(word_list("nl")[:4]),
    }
    fillers = bodies(consultation)
    with in_trouble(trouble, instance):
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


@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_questions_can_still_be_read(
    pages: Pages, consultation: Consultation, instance: Path, trouble: Trouble
) -> None:
    with in_trouble(trouble, instance):
        assert pages.get(ADDRESS).all("form")


@pytest.mark.sqlite("the lock is a file")
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
