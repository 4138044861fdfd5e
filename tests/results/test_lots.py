"""Letters are opened in lots: each whole or not at all, also when jobs stop, fail or meet."""

from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import delete, event, select

from dialogue.answering import letterbox
from dialogue.answering.models import Letter, Response
from dialogue.results import jobs, lots, opening
from dialogue.results.jobs import open_boxes
from dialogue.results.queries import publication
from dialogue.shared.database import db, forget_order, writing
from dialogue.shared.models import Outbox
from tests.builders import Cast, a_consultation, a_place, change, responses
from tests.results.box import close, in_box, opened, post, tallied


def test_a_lot_that_the_database_refuses_does_not_stop_the_others(app: Flask, cast: Cast) -> None:
    consultation, place = a_consultation(cast.mobility), a_place(cast.town)
    tags = post(consultation, 200, place=place)
    post(consultation, 200, place=a_place(cast.town, "School"))
    change(responses(consultation, 1)[0], tag=letterbox.opened(tags[0]))  # counted already: nothing counts twice
    close(consultation)
    open_boxes()
    assert (in_box(), opened().total()) == (200, 201)


def test_a_big_box_goes_in_even_lots(app: Flask, cast: Cast) -> None:
    consultation, place = a_consultation(cast.mobility), a_place(cast.town)
    post(consultation, 1010, place=place)
    sizes = []
    real = opening.store

    def counted(lot: lots.Lot) -> bool:
        sizes.append(len(lot.tags))
        return real(lot)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "store", counted)
        close(consultation)
        open_boxes()
    assert sizes == [202] * 5


def test_stopping_between_two_lots_loses_nothing(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    consultation, place = a_consultation(cast.mobility), a_place(cast.town)
    wave = consultation.waves[-1].id
    tags = post(consultation, 600, place=place)
    close(consultation)
    real, done = opening.store, []

    def killed(lot: lots.Lot) -> bool:
        if done:
            raise KeyboardInterrupt
        done.append(real(lot))
        return True

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(opening, "store", killed)
        open_boxes()
    assert in_box() + opened().total() == 600
    assert opened() == tallied()
    assert publication(wave) is None
    assert db.session.scalars(select(Outbox.kind).where(Outbox.done.is_(None))).all() == [jobs.PUBLISH]
    open_boxes()
    assert opened() == tallied() == {place.id: 600}
    assert set(db.session.scalars(select(Response.tag))) == {letterbox.opened(tag) for tag in tags}


def test_an_error_inside_a_lot_stores_nothing_of_it(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    consultation = a_consultation(cast.mobility)
    post(consultation, 30)
    close(consultation)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(lots, "enqueue", fail)
        open_boxes()
    assert (in_box(), opened(), tallied()) == (30, {}, {})


def test_a_lot_of_which_a_letter_went_is_not_opened(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    wave = consultation.waves[-1]
    tags = post(consultation, 30)
    lot = opening.prepare(opening.round_of(wave), {("B", 0): tags})
    with writing() as session:
        session.execute(delete(Letter).where(Letter.tag == tags[0]))
    assert opening.store(lot) is False
    assert (in_box(), opened()) == (29, {})


def test_two_jobs_at_once_open_each_letter_once(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    places = [a_place(cast.town, f"School {number}") for number in range(6)]
    tags = [tag for place in places for tag in post(consultation, 120, place=place)]
    close(consultation)
    barrier, errors = Barrier(2), []

    def job() -> None:
        with app.app_context():
            try:
                barrier.wait()
                for _ in range(4):
                    app.extensions.pop("dialogue.results", None)
                    open_boxes()
            except Exception as error:
                errors.append(error)
            finally:
                db.session.remove()

    threads = [Thread(target=job) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert errors == []
    assert in_box() == 0
    assert opened() == tallied() == {place.id: 120 for place in places}
    assert sorted(db.session.scalars(select(Response.tag))) == sorted(map(letterbox.opened, tags))


def test_a_box_in_which_nothing_changed_is_not_unsealed_again(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(a_consultation(cast.mobility), 5)
    open_boxes()
    looks: list[int] = []
    monkeypatch.setattr(jobs, "open_box", lambda wave: looks.append(wave.id))
    open_boxes()
    assert looks == []


@pytest.mark.sqlite("its write-ahead log")
def test_after_opening_the_log_of_the_database_is_empty(app: Flask, cast: Cast, instance: Path) -> None:
    consultation = a_consultation(cast.mobility)
    post(consultation, 30, texts=["kanariegeel"] * 12)
    close(consultation)
    open_boxes()
    forget_order(Letter)
    assert (instance / "dialogue.db-wal").stat().st_size == 0


@pytest.mark.sqlite("its write-ahead log")
def test_a_reader_in_the_way_does_not_keep_the_lock(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    with db.engine.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM wave").all()
        post(consultation, 1)
        assert forget_order(Letter) is False
    assert forget_order(Letter) is True


def test_a_lot_is_one_statement_per_table_however_big(app: Flask, cast: Cast) -> None:
    consultation, statements = a_consultation(cast.mobility), []
    post(consultation, 250, texts=["Te veel verkeer"] * 200)
    close(consultation)
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    open_boxes()
    assert len([s for s in statements if s.startswith(("INSERT INTO response", "INSERT INTO contribution"))]) == 2
    assert len([s for s in statements if s.startswith("DELETE FROM letter")]) == 1
