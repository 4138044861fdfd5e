"""Which letters are opened when, so that nobody can see one child move a figure."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from dialogue.answering.models import ImportBatch, Letter, Waiting
from dialogue.results.jobs import open_boxes
from dialogue.results.queries import publication
from dialogue.shared import clock
from dialogue.shared.clock import now
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_consultation, a_place, save
from tests.results.box import close, in_box, opened, post


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
