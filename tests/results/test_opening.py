"""Letters are opened in lots, so that nobody can see one child move a figure."""

from base64 import urlsafe_b64encode
from collections import Counter
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, select

from dialogue.answering import letterbox
from dialogue.answering.models import Concern, Contribution, ImportBatch, Letter, Reading, Response, Waiting
from dialogue.places.models import Place
from dialogue.results import jobs, lots, opening, publishing, rules
from dialogue.results.jobs import open_boxes
from dialogue.results.models import Publication, Tally
from dialogue.results.queries import counts_for, publication, total
from dialogue.shared import clock
from dialogue.shared.bands import Band
from dialogue.shared.clock import now
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, forget_order, writing
from dialogue.shared.models import Outbox
from tests.builders import Cast, a_choice, a_consultation, a_contribution, a_place, change, own_words, responses, save
from tests.results.box import close, in_box, opened, post, tallied

SAID_TAG = urlsafe_b64encode(bytes(range(16))).decode()


def test_twenty_five_letters_at_one_place_leave_ten_until_closing(app: Flask, cast: Cast) -> None:
    consultation, place = a_consultation(cast.mobility), a_place(cast.town)
    post(consultation, 35, place=place)
    open_boxes()
    assert in_box() >= 10
    assert opened()[place.id] >= 10
    close(consultation)
    open_boxes()
    assert in_box() == 0
    assert opened() == {place.id: 35}


def test_nineteen_letters_wait(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    post(consultation, 19, place=a_place(cast.town))
    open_boxes()
    assert in_box() == 19


def test_a_round_that_closes_opens_even_one_letter_but_shows_nothing(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    post(consultation, 1, place=a_place(cast.town))
    close(consultation)
    open_boxes()
    tables = publication(consultation.waves[-1].id)
    assert opened() == {0: 1}
    assert tables is not None
    assert (tables["responses"], tables["bands"], tables["places"]) == ("", [], [])


def test_at_closing_a_small_place_counts_with_its_parent(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    quarter = a_place(cast.town, "Centrum", setting="other")
    school, club = a_place(cast.town, "School", parent_id=quarter.id), a_place(cast.town, "Club", parent_id=quarter.id)
    post(consultation, 12, place=school)
    post(consultation, 7, place=club)
    post(consultation, 4, place=quarter)
    close(consultation)
    open_boxes()
    assert opened() == {school.id: 12, quarter.id: 11}


def test_at_closing_nobody_is_left_alone_at_the_top(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    school, club = a_place(cast.town, "School"), a_place(cast.town, "Club")
    post(consultation, 12, place=school)
    post(consultation, 3, place=club)
    close(consultation)
    open_boxes()
    assert opened() == {0: 15}


def test_a_group_that_waits_two_weeks_goes_with_its_parent(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    quarter = a_place(cast.town, "Centrum", setting="other")
    club = a_place(cast.town, "Club", parent_id=quarter.id)
    post(consultation, 6, place=club)
    open_boxes()
    with clock.pinned(now() + timedelta(days=10)):
        post(consultation, 25, place=quarter, band="B")
        open_boxes()
    before = opened()[quarter.id]
    assert before >= 10
    with clock.pinned(now() + timedelta(days=14)):
        post(consultation, 30, place=quarter)
        open_boxes()
    assert opened()[club.id] == 0
    assert not db.session.scalars(select(Waiting).where(Waiting.place_id == club.id)).all()


def test_since_when_a_group_waits_is_noted_by_the_job(app: Flask, cast: Cast) -> None:
    consultation, place = a_consultation(cast.mobility), a_place(cast.town)
    post(consultation, 3, place=place)
    open_boxes()
    row = db.session.scalars(select(Waiting)).one()
    assert (row.place_id, row.band, row.since) == (place.id, "B", clock.today())
    close(consultation)
    open_boxes()
    assert db.session.scalars(select(Waiting)).all() == []


def test_an_import_waits_until_it_is_complete(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    batch = save(ImportBatch(wave_id=consultation.waves[-1].id, name="a.csv", sha256="x"))
    tags = post(consultation, 40)
    with writing() as session:
        for letter in session.scalars(select(Letter).where(Letter.tag.in_(tags))):
            letter.batch_id = batch.id
    open_boxes()
    assert in_box() == 40
    with writing() as session:
        session.get_one(ImportBatch, batch.id).active = True
    open_boxes()
    assert in_box() == 10


def test_all_questions_are_tallied_also_skipped_and_unknown(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, items=[a_choice(), a_choice("q3"), own_words()])
    post(consultation, 30, options=["a", "?", ""])
    close(consultation)
    open_boxes()
    wave = consultation.waves[-1].id
    assert sum(counts_for(wave, "B", "q1", option) for option in ("a", "?", "")) == total(wave) == 30
    assert counts_for(wave, "B", "q3", "") == 30
    assert not db.session.scalars(select(Tally).where(Tally.item == "q2")).all()


def test_words_come_out_apart_from_answers_and_cries_for_help_go_to_one_reader(app: Flask, cast: Cast) -> None:
    consultation, place = a_consultation(cast.mobility), a_place(cast.town)
    post(consultation, 20, place=place, texts=["Te veel auto's", "Mijn papa slaat mij elke dag"])
    close(consultation)
    open_boxes()
    readings = dict(db.session.execute(select(Contribution.text, Contribution.reading)).all())
    assert readings == {"Te veel auto's": Reading.UNREAD, "Mijn papa slaat mij elke dag": Reading.CONCERN}
    keys = set(db.session.scalars(select(Contribution.key)))
    assert not keys & {key for row in db.session.execute(select(Response.key, Response.tag)) for key in row}


def test_a_cry_for_help_that_only_newer_word_lists_know_still_reaches_the_safeguarding_contact(
    app: Flask, cast: Cast
) -> None:
    consultation, noticed, newer = a_consultation(cast.mobility), "Mama slaat mij", "Mijn papa slaat mij elke dag"
    save(Concern(key=new_key(), wave_id=consultation.waves[-1].id, band=Band.B, text=noticed))
    post(consultation, 20, texts=["Te veel auto's", noticed, newer])
    close(consultation)
    open_boxes()
    assert sorted(db.session.scalars(select(Concern.text))) == [noticed, newer]


def test_a_letter_that_cannot_be_opened_stays_and_stops_nobody(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    tags = post(consultation, 30)
    with writing() as session:
        session.get_one(Letter, tags[0]).body = b"x" * 60
    close(consultation)
    open_boxes()
    assert (in_box(), opened().total()) == (1, 29)


def test_of_things_said_under_one_key_one_keeps_its_tag_and_the_box_opens(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    post(consultation, 30, texts=["Meer bomen"] * 12, said_tag=SAID_TAG)
    close(consultation)
    open_boxes()
    tags = Counter(db.session.scalars(select(Contribution.tag)))
    assert (in_box(), opened().total()) == (0, 30)
    assert tags == {bytes(range(16)): 1, None: 11}


def test_a_tag_of_something_said_before_stays_with_what_was_said_first(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    first = a_contribution(consultation, tag=bytes(range(16))).key
    post(consultation, 30, texts=["Meer bomen"] * 2, said_tag=SAID_TAG)
    close(consultation)
    open_boxes()
    assert in_box() == 0
    assert db.session.scalars(select(Contribution.key).where(Contribution.tag.is_not(None))).all() == [first]


@pytest.mark.parametrize(
    "changes",
    [
        {"instrument": 999},
        {"band": "D"},
        {"channel": "telepathy"},
        {"place": "here"},
        {"answers": {"q1": ["a"]}},
        {"words": [{"item": "q2"}]},
        {"words": [{"item": "q2", "text": "Meer bomen", "tag": "x"}]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_letter_that_does_not_fit_its_round_stays_and_stops_nobody(
    app: Flask, cast: Cast, changes: dict[str, Any]
) -> None:
    consultation = a_consultation(cast.mobility)
    post(consultation, 30)
    post(consultation, 1, changes=changes)
    close(consultation)
    open_boxes()
    assert (in_box(), opened().total()) == (1, 30)


def test_a_letter_of_a_place_that_is_gone_counts_for_the_whole_municipality(app: Flask, cast: Cast) -> None:
    consultation, place = a_consultation(cast.mobility), a_place(cast.town)
    post(consultation, 15, place=place)
    with writing() as session:
        session.execute(delete(Place))
    close(consultation)
    open_boxes()
    assert (in_box(), opened()) == (0, {0: 15})


def test_words_of_any_length_come_out(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    post(consultation, 30, texts=["Bomen! " * 20_000])
    close(consultation)
    open_boxes()
    assert (in_box(), opened().total()) == (0, 30)


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


arrivals = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from("BC"), st.integers(1, 30), st.integers(0, 9)), min_size=1, max_size=8
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(arrivals)
def test_however_letters_arrive_figures_add_up_and_move_by_ten(app: Flask, cast: Cast, days: list) -> None:  # type: ignore[type-arg]
    with writing() as session:
        for table in (Outbox, Publication, Tally, Waiting, Response, Contribution, Letter):
            session.execute(delete(table))
    app.extensions.pop("dialogue.results", None)
    consultation = a_consultation(cast.mobility, bands="BC")
    quarter = db.session.get(type(a_place(cast.town, f"W{consultation.id}")), 1)
    places = [None, *(a_place(cast.town, f"{n} {consultation.id}", parent_id=quarter.id) for n in "ABC")]
    sent, moment, before, shown = 0, now(), opened_per_group(), figures(consultation.waves[-1].id)
    for place, band, count, pause in [*days, (0, "B", 0, 0)]:
        sent += count
        moment += timedelta(days=pause)
        with clock.pinned(moment):
            if count:
                post(consultation, count, place=places[place], band=band)
            else:
                close(consultation)
            open_boxes()
        after, now_shown = opened_per_group(), figures(consultation.waves[-1].id)
        moved = {group: after[group] - before.get(group, 0) for group in after}
        if count:
            assert all(more == 0 or more >= 10 for more in moved.values())
            assert in_box() >= min(10, sent)
        assert opened() == tallied()
        assert tallied("q1") == tallied()
        assert all(abs(now_shown[name] - shown.get(name, 0)) not in range(1, 10) for name in now_shown)
        before, shown = after, now_shown
    assert in_box() == 0
    assert opened().total() == sent


def opened_per_group() -> dict[tuple[str, int], int]:
    rows = db.session.execute(select(Tally.band, Tally.place_id, Tally.count).where(Tally.item == ""))
    return {(band.value, place): count for band, place, count in rows}


def figures(wave_id: int) -> dict[str, int]:
    """What is published, exactly: the total, the bands and the groups of places."""
    row = db.session.get(Publication, wave_id)
    if row is None:
        return {}
    tallies = [(b, int(p), "", "", n) for b, places in row.tables["_sizes"].items() for p, n in places.items()]
    shown = publishing.disclose(tallies, {}, {})
    return {"": shown.responses, **shown.bands}


def test_a_band_that_moves_by_fewer_than_ten_stands_still(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    wave = consultation.waves[-1].id
    post(consultation, 60, options="abcd")
    close(consultation)
    open_boxes()
    before = publication(wave)
    post(consultation, 6, options="a")  # an import into a round that is closed
    open_boxes()
    assert total(wave) == 66
    assert publication(wave) == before
    post(consultation, 6, options="a")
    open_boxes()
    assert publication(wave) != before


def test_a_lot_is_one_statement_per_table_however_big(app: Flask, cast: Cast) -> None:
    consultation, statements = a_consultation(cast.mobility), []
    post(consultation, 250, texts=["Te veel verkeer"] * 200)
    close(consultation)
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    open_boxes()
    assert len([s for s in statements if s.startswith(("INSERT INTO response", "INSERT INTO contribution"))]) == 2
    assert len([s for s in statements if s.startswith("DELETE FROM letter")]) == 1


# Rules, without a database.


def test_a_threshold_is_ten_to_nineteen_and_stable_between_looks() -> None:
    found = [rules.threshold(b"pepper", 1, ("B", place), 0, 10) for place in range(400)]
    assert set(found) == set(range(10, 20))
    assert found == [rules.threshold(b"pepper", 1, ("B", place), 0, 10) for place in range(400)]
    assert found != [rules.threshold(b"other", 1, ("B", place), 0, 10) for place in range(400)]
    assert found != [rules.threshold(b"pepper", 1, ("B", place), 12, 10) for place in range(400)]


def test_a_raised_smallest_group_raises_the_threshold() -> None:
    assert min(rules.threshold(b"pepper", 1, ("B", place), 0, 25) for place in range(100)) >= 25
