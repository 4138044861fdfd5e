"""Many letters share one commit, every answer comes after it, and trouble of one letter is nobody else's."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from dialogue import create_app
from dialogue.answering import writer as writing_room
from dialogue.answering.models import Concern, Letter
from dialogue.answering.sending import accept_json, door_to
from dialogue.answering.writer import Row, keep, writer
from dialogue.consultations.models import Consultation, State, Wave
from dialogue.shared.bands import Band
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from dialogue.shared.errors import Busy
from tests.answering.sendings import a_body, letter_count, raw
from tests.builders import Cast, a_consultation, change, responses
from tests.conftest import settings_in

LONG = 30.0  # seconds after which a test gives up


@pytest.fixture
def wave_id(cast: Cast) -> int:
    return a_consultation(cast.mobility).waves[-1].id


def a_letter(wave_id: int, **values: Any) -> Row:
    own = {"tag": new_key(), "opened": new_key(), "fingerprint": new_key()}
    return own | {"wave_id": wave_id, "body": b"sealed"} | values


def a_concern(wave_id: int, **values: Any) -> Row:
    return {"key": new_key(), "wave_id": wave_id, "band": Band.B, "text": "Help"} | values


@contextmanager
def every_connection(prepare: Callable[[sqlite3.Connection], object]) -> Iterator[None]:
    """Do this to every new connection of the driver, and end the old ones."""

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        prepare(connection)

    db.session.rollback()
    db.engine.dispose()
    event.listen(db.engine, "connect", connected)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", connected)
        db.session.rollback()
        db.engine.dispose()


def in_the_app(app: Flask, work: Callable[[], Any]) -> Any:
    with app.app_context():
        return work()


@pytest.mark.sqlite("its writer; PostgreSQL lets every letter commit at once")
def test_letters_that_come_together_share_a_commit(app: Flask, wave_id: int) -> None:
    def hand_over(_number: int) -> list[Future[bool]]:
        with app.app_context():
            return [writer().hand_over(a_letter(wave_id), []) for _ in range(25)]

    said: list[str] = []
    with every_connection(lambda one: one.set_trace_callback(said.append)), ThreadPoolExecutor(16) as threads:
        with writing():  # until this ends, letters can only wait
            told = [one for many in threads.map(hand_over, range(16)) for one in many]
        assert [one.result(LONG) for one in told] == [True] * 400
    assert letter_count() == 400
    assert 1 + 2 <= said.count("COMMIT") <= 1 + 3  # `writing()`; the first letters to come; at most 200 and 200 more


def test_sixteen_children_at_a_time_are_all_kept(app: Flask, cast: Cast) -> None:
    wave = a_consultation(cast.mobility).waves[-1]
    bodies = [raw(a_body(wave.consultation, master=number.to_bytes(32))) for number in range(400)]
    wave_id = wave.id

    def send(body: bytes) -> int:
        with app.app_context():
            return accept_json(body, door_to(db.session.get_one(Wave, wave_id)))[0]

    db.session.remove()
    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(send, bodies)) == [201] * 400
    assert letter_count() == 400


@pytest.mark.sqlite("its writer; PostgreSQL lets every letter commit at once")
@pytest.mark.parametrize("wrong", ["its tag is known", "its concern is refused", "it was opened", "its round is over"])
def test_what_is_wrong_with_one_letter_touches_no_other(cast: Cast, wave_id: int, wrong: str) -> None:
    letter, concerns = a_letter(wave_id), [a_concern(wave_id)]
    if wrong == "its tag is known":
        assert keep(letter, []) is True
    elif wrong == "its concern is refused":
        concerns.append(a_concern(wave_id, text=None))
    elif wrong == "it was opened":
        change(responses(db.session.get_one(Wave, wave_id).consultation, 1)[0], tag=letter["opened"])
    else:
        letter["wave_id"] = change(a_consultation(cast.youth).waves[-1], state=State.CLOSED).id
    others = [a_letter(wave_id) for _ in range(20)]
    before = letter_count()
    with writing():
        told = [writer().hand_over(one, more) for one, more in [*((o, []) for o in others), (letter, concerns)]]
        told += [writer().hand_over(a_letter(wave_id), [a_concern(wave_id)])]
    assert [one.result(LONG) for one in told] == [True] * 20 + [False, True]
    assert letter_count() == before + 21
    assert db.session.scalar(select(func.count()).select_from(Concern)) == 1


@pytest.mark.sqlite("its writer; PostgreSQL lets every letter commit at once")
def test_no_answer_comes_before_the_commit(wave_id: int) -> None:
    """A commit that fails is the last moment at which a letter can be lost: nobody may have been told by then."""

    def refuse(action: int, statement: str | None, *_rest: object) -> int:
        return sqlite3.SQLITE_DENY if (action, statement) == (sqlite3.SQLITE_TRANSACTION, "COMMIT") else 0

    with every_connection(lambda one: one.set_authorizer(refuse)):
        told = [writer().hand_over(a_letter(wave_id), []) for _ in range(20)]
        troubles = [type(one.exception(LONG)) for one in told]
    assert troubles == [Busy] * 20
    assert letter_count() == 0
    assert keep(a_letter(wave_id), []) is True


@pytest.mark.sqlite("its writer; PostgreSQL lets every letter commit at once")
def test_a_full_disk_is_busy_for_all_that_wait_and_later_works_again(wave_id: int) -> None:
    def fill(connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    big = [a_letter(wave_id, body=bytes(50_000)) for _ in range(20)]
    with every_connection(fill):
        told = [writer().hand_over(letter, []) for letter in big]
        assert all(isinstance(one.exception(LONG), Busy) for one in told)
    assert letter_count() == 0
    assert [keep(letter, []) for letter in big] == [True] * 20


@pytest.mark.sqlite("its writer; PostgreSQL lets every letter commit at once")
def test_staff_who_write_for_long_delay_letters_but_lose_none(app: Flask, wave_id: int) -> None:
    with ThreadPoolExecutor(16) as threads:
        with writing():
            told = [threads.submit(in_the_app, app, lambda: keep(a_letter(wave_id), [])) for _ in range(16)]
            threading.Event().wait(0.16)  # not `sleep`, which no test may do inside the lock
            assert not any(one.done() for one in told)
        assert all(one.result(LONG) for one in told)
    assert letter_count() == 16


@pytest.mark.sqlite("its writer; PostgreSQL lets every letter commit at once")
def test_when_too_many_wait_a_child_hears_so_at_once(wave_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing_room, "MOST_WAITING", 3)
    told: list[Future[bool]] = []
    with writing(), pytest.raises(Busy):
        while len(told) < 400:
            told.append(writer().hand_over(a_letter(wave_id), []))
    assert 3 <= len(told) < 400
    assert all(one.result(LONG) for one in told)
    assert letter_count() == len(told)


@pytest.mark.sqlite("its writer; PostgreSQL lets every letter commit at once")
def test_who_waited_too_long_sends_again_and_hears_it_is_there(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation: Consultation = a_consultation(cast.mobility)
    body, wave_id = raw(a_body(consultation)), consultation.waves[-1].id

    def send() -> int:
        return accept_json(body, door_to(db.session.get_one(Wave, wave_id)))[0]

    with monkeypatch.context() as patch, ThreadPoolExecutor(1) as thread, writing():
        patch.setattr(writing_room, "PATIENCE", 0.05)
        with pytest.raises(Busy):
            thread.submit(in_the_app, app, send).result(LONG)
    assert send() == 200
    assert letter_count() == 1


def test_nobody_waits_for_the_writer_while_holding_the_lock(wave_id: int) -> None:
    with writing(), pytest.raises(RuntimeError):
        keep(a_letter(wave_id), [])


def test_the_thread_ends_when_no_letters_come_and_begins_again(wave_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing_room, "IDLE", 0.01)
    for _ in range(3):
        before = set(threading.enumerate())
        assert keep(a_letter(wave_id), []) is True
        for thread in set(threading.enumerate()) - before:
            thread.join(LONG)
            assert not thread.is_alive()
    assert letter_count() == 3
    assert db.engine.pool.checkedout() == 1  # type: ignore[attr-defined]  # that of the count


@pytest.mark.sqlite("a copy of its file")
def test_two_installations_in_one_process_keep_their_letters_apart(
    app: Flask, wave_id: int, instance: Path, tmp_path: Path
) -> None:
    db.session.remove()
    with sqlite3.connect(instance / "dialogue.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(instance, tmp_path / "other")
    other = create_app(settings_in(tmp_path / "other"))
    with other.app_context():
        assert keep(a_letter(wave_id), []) is True
        assert letter_count() == 1
        db.session.remove()
        db.engine.dispose()
    assert letter_count() == 0


def test_a_process_that_was_forked_has_a_writer_of_its_own(wave_id: int) -> None:
    assert keep(a_letter(wave_id), []) is True
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if not child:
        kept = False
        try:
            kept = keep(a_letter(wave_id), [])
        finally:
            os._exit(not kept)
    assert os.waitpid(child, 0)[1] == 0
    assert letter_count() == 2
    assert db.session.scalar(select(func.count(Letter.tag.distinct()))) == 2
