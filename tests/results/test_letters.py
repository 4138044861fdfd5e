"""What stands in letters: counted, kept apart from words, and no odd letter stops the others."""

from base64 import urlsafe_b64encode
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from dialogue.answering.models import Concern, Contribution, Letter, Reading, Response
from dialogue.places.models import Place
from dialogue.results.jobs import open_boxes
from dialogue.results.models import Tally
from dialogue.results.queries import counts_for, total
from dialogue.shared.bands import Band
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_choice, a_consultation, a_contribution, a_place, own_words, save
from tests.results.box import close, in_box, opened, post

SAID_TAG = urlsafe_b64encode(bytes(range(16))).decode()


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
