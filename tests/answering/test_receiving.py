"""Nothing acknowledged is lost or doubled, nothing is acknowledged that is not on disk, and nobody leaves a mark."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, inspect

from dialogue.answering.models import Concern, Contribution, Erasure, Letter, Response
from dialogue.answering.sending import accept_json, door_to
from dialogue.consultations.models import Consultation, Wave
from dialogue.shared.database import db
from dialogue.shared.errors import Busy
from tests.answering.sendings import a_body, letter_count, raw
from tests.builders import Cast, a_consultation

PARALLEL = 200


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility)


def send_in_parallel(app: Flask, consultation: Consultation) -> Counter[tuple[int, str]]:
    """The same sending from many threads at once: how often each answer came."""
    body, wave_id = raw(a_body(consultation)), consultation.waves[-1].id
    db.session.remove()
    told: list[tuple[int, str]] = []
    start = threading.Barrier(PARALLEL)

    def send() -> None:
        with app.app_context():
            start.wait()
            answer: list[tuple[int, str]] = []
            while not answer:
                with suppress(Busy):  # a busy machine: the phone tries again
                    status, reply = accept_json(body, door_to(db.session.get_one(Wave, wave_id)))
                    answer.append((status, str(reply)))
            told.extend(answer)

    threads = [threading.Thread(target=send) for _ in range(PARALLEL)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(told)


def test_two_hundred_equal_sendings_at_once_are_one_letter(app: Flask, consultation: Consultation) -> None:
    told = send_in_parallel(app, consultation)
    (first, once), (again, often) = sorted(told.items(), key=lambda one: one[1])
    assert (first[0], once, again[0], often) == (201, 1, 200, PARALLEL - 1)
    assert first[1] == again[1]
    assert letter_count() == 1


@pytest.mark.sqlite("how a key is taken from its table")
def test_without_the_unique_tag_they_would_not_be(app: Flask, consultation: Consultation) -> None:
    """The promise rests on the database, not on a look beforehand: without its key the test above would fail."""
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("ALTER TABLE letter RENAME TO letter_once")
        connection.exec_driver_sql("CREATE TABLE letter AS SELECT * FROM letter_once")
        connection.commit()
    send_in_parallel(app, consultation)
    assert letter_count() > 1


@contextmanager
def every_connection(pragma: str) -> Iterator[None]:
    """Set `pragma` on every new connection, and end the old ones."""

    def set_it(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    db.session.rollback()
    db.engine.dispose()
    event.listen(db.engine, "connect", set_it)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", set_it)
        db.session.rollback()
        db.engine.dispose()


@pytest.mark.sqlite("its pages")
def test_a_full_disk_is_never_an_acknowledgement(consultation: Consultation) -> None:
    wave, bodies = consultation.waves[-1], [a_body(consultation, master=n.to_bytes(32)) for n in range(1000)]
    pages = db.session.connection().exec_driver_sql("PRAGMA page_count").scalar()
    acknowledged = 0
    with every_connection(f"max_page_count={pages}"), pytest.raises(Busy):
        for body in bodies:
            acknowledged += accept_json(raw(body), door_to(wave))[0] == 201
    assert letter_count() == acknowledged
    assert accept_json(raw(bodies[acknowledged]), door_to(wave))[0] == 201


@pytest.mark.sqlite("its pragmas")
def test_a_database_that_cannot_be_written_is_never_an_acknowledgement(consultation: Consultation) -> None:
    body, wave = raw(a_body(consultation)), consultation.waves[-1]
    with every_connection("query_only=ON"), pytest.raises(Busy):
        accept_json(body, door_to(wave))
    assert letter_count() == 0
    assert accept_json(body, door_to(wave))[0] == 201


@pytest.mark.sqlite("the lock is a file")
def test_a_lock_that_cannot_be_had_is_never_an_acknowledgement(app: Flask, consultation: Consultation) -> None:
    lock = app.extensions["dialogue"].settings.lock
    body, wave = raw(a_body(consultation)), consultation.waves[-1]
    lock.unlink(missing_ok=True)
    lock.mkdir()
    with pytest.raises(Busy):
        accept_json(body, door_to(wave))
    assert letter_count() == 0
    lock.rmdir()
    assert accept_json(body, door_to(wave))[0] == 201


def test_the_schema_has_no_room_for_an_address_a_browser_or_a_moment(app: Flask) -> None:
    columns = {
        record.__tablename__: {column["name"] for column in inspect(db.engine).get_columns(record.__tablename__)}
        for record in (Letter, Response, Contribution, Concern, Erasure)
    }
    assert columns == {
        "letter": {"tag", "wave_id", "fingerprint", "body", "batch_id"},
        "response": {
            "key", "tag", "fingerprint", "wave_id", "instrument_id", "band", "place_id", "channel", "answers",
            "lot"
        },
        "contribution": {"key", "tag", "wave_id", "band", "place_id", "channel", "item", "text", "reading", "lot"},
        "erasure": {"tag", "body"},
        "concern": {"key", "wave_id", "band", "text", "first_seen", "read_by_id", "read_on", "followed_up"},
    }  # fmt: skip


@pytest.mark.sqlite("tables without row ids")
def test_no_table_of_what_children_say_has_row_ids(app: Flask) -> None:
    for table in ("letter", "response", "contribution", "concern", "erasure"):
        sql = db.session.connection().exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE name = '{table}'").scalar()
        assert "WITHOUT ROWID" in str(sql)


def test_address_browser_words_and_keys_are_in_no_file(app: Flask, consultation: Consultation, instance: Path) -> None:
    words = {"q2": {"text": "KANARIEVOGEL", "key": a_body(consultation)["words"]["q2"]["key"]}}
    body = a_body(consultation, words=words)
    agent = {"User-Agent": "canary-browser/7.1", "X-Forwarded-For": "203.0.113.77"}
    with app.test_request_context("/", method="POST", environ_base={"REMOTE_ADDR": "203.0.113.77"}, headers=agent):
        accept_json(raw(body), door_to(consultation.waves[-1]))
    db.session.remove()
    db.engine.dispose()
    for path in instance.rglob("*"):
        found = path.read_bytes() if path.is_file() else b""
        for canary in (b"KANARIEVOGEL", b"canary-browser", b"203.0.113.77", body["key"].encode()):
            assert canary not in found, path
