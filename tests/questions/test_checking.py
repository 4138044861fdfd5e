"""A whole questionnaire is checked per band, and its time is estimated."""

import pytest

from dialogue.questions.checking import check_questions, minutes
from dialogue.shared.bands import RULES, Band
from tests.builders import a_choice, own_words

LANGUAGES = ["nl", "en"]


def test_no_questions_is_no_questionnaire() -> None:
    assert check_questions([], Band.B, LANGUAGES).blocking() == ["Er zijn nog geen vragen."]


@pytest.mark.parametrize("band", [Band.B, Band.C, Band.D])
def test_a_band_is_asked_at_most_so_many_questions(band: Band) -> None:
    most = RULES[band].most_questions
    items = [a_choice(f"q{number}") for number in range(most + 1)]
    assert check_questions(items[:most], band, LANGUAGES).blocking() == []
    assert f"hoogstens {most}" in check_questions(items, band, LANGUAGES).blocking()[0]


def test_a_third_question_in_own_words_is_too_many() -> None:
    items = [own_words(f"q{number}") for number in range(3)]
    assert check_questions(items[:2], Band.B, LANGUAGES).blocking() == []
    assert "Hoogstens 2 vragen in eigen woorden" in check_questions(items, Band.B, LANGUAGES).blocking()[0]


def test_a_reason_names_the_question() -> None:
    report = check_questions([a_choice(), a_choice("q2", question="Waarom niet?")], Band.B, LANGUAGES)
    assert report.blocking() == ["Vraag 2: “niet” maakt het lastig: vraag het zonder."]


def test_the_same_thing_in_two_languages_is_said_once() -> None:
    item = a_choice()
    item["config"] = {"options": item["config"]["options"][:1]}
    blocking = check_questions([item], Band.B, LANGUAGES).blocking()
    assert blocking == ["Vraag 1: Geef minstens twee antwoorden om uit te kiezen."]


def test_time_grows_with_questions_and_writing_takes_longer() -> None:
    assert minutes([], Band.B) == 0
    assert minutes([a_choice()], Band.B) == 1
    assert minutes([a_choice()] * 12, Band.B) == 8
    assert minutes([own_words()] * 3, Band.B) == minutes([a_choice()] * 6, Band.B)


def test_a_long_questionnaire_gets_advice() -> None:
    items = [a_choice(f"q{number}") for number in range(11)] + [own_words("q12")]
    assert any("langer dan 8 minuten" in text for text in check_questions(items, Band.B, LANGUAGES).advice())
