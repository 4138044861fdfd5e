""" "Wat wil jij zeggen?" is open in every town from the start, and turns with the quarter by itself."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import refresh as forget_language

from dialogue.consultations import jobs
from dialogue.consultations.always_open import start_always_open
from dialogue.consultations.models import Consultation, State
from dialogue.consultations.queries import always_open, current_instruments, open_now
from dialogue.duties.queries import duty
from dialogue.questions.kinds import KINDS
from dialogue.shared.bands import Band
from dialogue.shared.clock import pinned
from dialogue.shared.database import db, writing
from dialogue.web.i18n import LANGUAGES
from tests.builders import Cast, a_consultation, refresh
from tests.pages import Pages

IN_MAY = datetime(2026, 5, 12, 9, tzinfo=UTC)
IN_JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)


def started(cast: Cast) -> Consultation:
    with writing():
        return start_always_open("system", cast.town, cast.youth)


def test_it_is_open_at_once_until_the_end_of_the_quarter(app: Flask, cast: Cast) -> None:
    with pinned(IN_MAY):
        wave = started(cast).waves[0]
    assert (wave.state, wave.opens_on, wave.closes_on) == (State.OPEN, date(2026, 5, 12), date(2026, 6, 30))
    assert wave.hear_back_by == date(2026, 7, 30)


def test_every_band_is_asked_and_only_those_who_write_get_own_words(app: Flask, cast: Cast) -> None:
    wave = started(cast).waves[0]
    own_words = {
        i.band: sum(not KINDS[item["kind"]].is_closed for item in i.document["items"])
        for i in current_instruments(wave)
    }
    assert own_words == {Band.A: 0, Band.B: 1, Band.C: 1, Band.D: 1}


def test_in_the_next_quarter_a_new_round_asks_what_was_asked_until_now(app: Flask, cast: Cast) -> None:
    with pinned(IN_MAY):
        consultation = started(cast)
    asked = [i.sha256 for i in current_instruments(consultation.waves[0])]
    with writing():
        consultation.versions[0].items = []  # a draft nobody has put to children
    with pinned(IN_JULY):
        jobs.close_what_is_over()
    first, second = refresh(consultation).waves
    assert (first.state, second.state) == (State.CLOSED, State.OPEN)
    assert second.closes_on == date(2026, 9, 30)
    assert [i.sha256 for i in current_instruments(second)] == asked


def test_every_quarter_owes_its_own_feedback(app: Flask, cast: Cast) -> None:
    with pinned(IN_MAY):
        consultation = started(cast)
    with pinned(IN_JULY):
        jobs.close_what_is_over()
    owed = [duty("feedback", f"wave:{wave.id}") for wave in refresh(consultation).waves]
    assert [d.due for d in owed if d] == [date(2026, 7, 30), date(2026, 10, 30)]


def test_a_town_with_a_department_gets_one_and_only_one(app: Flask, cast: Cast) -> None:
    jobs.ensure_always_open()
    jobs.ensure_always_open()
    assert [c.municipality_id for c in db.session.query(Consultation)] == [cast.town.id]
    found = always_open(cast.town.id)
    assert found is not None
    assert found.department_id == cast.mobility.id


def test_it_stands_last_among_what_is_open(app: Flask, cast: Cast) -> None:
    other = a_consultation(cast.mobility)
    always = started(cast)
    assert [wave.consultation_id for wave in open_now(cast.town.id)] == [other.id, always.id]


def test_a_town_in_the_netherlands_has_its_own_college(app: Flask, cast: Cast) -> None:
    with writing():
        cast.town.country = "NL"
    assert started(cast).decided_by == "Het college van burgemeester en wethouders"


def test_it_speaks_every_language_the_town_first(app: Flask, cast: Cast) -> None:
    with writing():
        cast.town.language = "fr"
    consultation = started(cast)
    assert consultation.languages == ["fr", "nl", "en", "de", "ar", "tr", "uk", "pl"]
    assert set(consultation.titles) == set(LANGUAGES)
    assert consultation.decided_by == "Le collège communal"


@pytest.mark.parametrize(
    ("language", "who"),
    [("fr", "Le collège communal"), ("nl", "Het college van burgemeester"), ("uk", "Управа громади")],
)
def test_who_decides_is_said_in_the_language_of_the_child(pages: Pages, cast: Cast, language: str, who: str) -> None:
    code = started(cast).code
    assert who in pages.get(f"/c/{code}/B/{language}").text
    forget_language()
    assert who in pages.get(f"/c/{code}?lang={language}").text


def test_who_decides_stays_as_a_town_types_it(pages: Pages, cast: Cast) -> None:
    consultation = started(cast)
    with writing():
        consultation.decided_by = "Schepen Ben Claes"
    assert "Schepen Ben Claes" in pages.get(f"/c/{consultation.code}/B/fr").text
