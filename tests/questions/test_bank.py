"""The question bank keeps the rules it sets: every template can be asked as it is, in every band and language."""

import unicodedata

import pytest

from dialogue.questions import bank
from dialogue.questions.checking import check_questions, minutes
from dialogue.questions.kinds import KINDS
from dialogue.questions.wording import words
from dialogue.shared.bands import RULES, Band
from dialogue.shared.errors import NotFound
from dialogue.web.assets import catalogue
from dialogue.web.i18n import LANGUAGES, WHOLE

ALL = [*bank.TOPICS, bank.ALWAYS_OPEN]
SCRIPTS = {"ar": "ARABIC", "uk": "CYRILLIC"}
each_template = pytest.mark.parametrize("key", ALL)
each_band = pytest.mark.parametrize("band", list(Band))


@each_template
@each_band
def test_a_template_can_be_opened_as_it_is(key: str, band: Band) -> None:
    assert check_questions(bank.starter_items(key, band), band, LANGUAGES).blocking() == []


@each_template
@each_band
def test_a_template_fits_the_time_of_its_band(key: str, band: Band) -> None:
    assert minutes(bank.starter_items(key, band), band) <= RULES[band].minutes


@each_template
@each_band
@pytest.mark.parametrize("country", ["BE", "NL"])
def test_every_question_has_words_in_every_language_and_pictures_that_exist(key: str, band: Band, country: str) -> None:
    for item in bank.starter_items(key, band, country):
        for language in LANGUAGES:
            own = item["words"][language]
            assert own["question"].endswith(("?", "؟"))
            labels = own.get("options", {})
            assert list(labels) == [option["code"] for option in item["config"].get("options", [])]
            assert all(labels.values())
            assert len(set(labels.values())) == len(labels), "two answers that a child cannot tell apart"
        pictures = [item["picture"], *(option["picture"] for option in item["config"].get("options", []))]
        assert all(name in catalogue() for name in pictures if name)


@each_template
@each_band
def test_no_question_is_longer_than_its_band_can_read(key: str, band: Band) -> None:
    asked = [text["question"] for item in bank.starter_items(key, band) for text in item["words"].values()]
    assert max(len(words(question)) for question in asked) <= (RULES[band].words_per_question or 0)


@each_template
@each_band
def test_keys_count_from_one(key: str, band: Band) -> None:
    items = bank.starter_items(key, band)
    assert [item["key"] for item in items] == [f"q{number}" for number in range(1, len(items) + 1)]


def test_the_same_indicator_is_asked_in_the_words_of_each_band() -> None:
    asked = {band: bank.bank_item("MOB-5", band)["words"]["nl"]["question"] for band in Band}
    assert asked == {
        Band.A: "Is de weg naar school leuk?",
        Band.B: "Hoe leuk of saai is je weg naar school?",
        Band.C: "Hoe prettig of vervelend is je weg naar school?",
        Band.D: "Hoe prettig of vervelend is je weg naar school?",
    }


def test_answers_take_the_poles_of_the_question_the_positive_ones_last() -> None:
    item = bank.bank_item("MOB-1", Band.B)
    labels = item["words"]["nl"]["options"]
    assert list(labels.values()) == ["heel onveilig", "onveilig", "veilig", "heel veilig"]
    assert [option["positive"] for option in item["config"]["options"]] == [False, False, True, True]


def test_answers_agree_with_what_the_question_asks_about_where_a_language_wants_that() -> None:
    polish = [bank.bank_item("MOB-3", band)["words"]["pl"]["options"]["a"] for band in (Band.B, Band.D)]
    assert polish == ["bardzo źle", "bardzo złe"]


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"nl"}))
def test_no_question_stays_dutch_in_another_language(language: str) -> None:
    for item in (item for key in ALL for band in Band for item in bank.starter_items(key, band)):
        own, dutch = item["words"][language], item["words"]["nl"]
        assert own["question"] != dutch["question"]
        letters = [
            letter
            for text in (own["question"], *own.get("options", {}).values())
            for letter in text
            if letter.isalpha()
        ]
        assert {unicodedata.name(letter).split()[0] for letter in letters} == {SCRIPTS.get(language, "LATIN")}


def test_the_youngest_choose_between_glasses() -> None:
    options = bank.bank_item("MOB-1", Band.A)["config"]["options"]
    assert [option["picture"] for option in options] == ["glass-full", "glass-half", "glass-empty"]


def test_the_youngest_are_never_asked_to_write() -> None:
    for key in ALL:
        assert all(KINDS[item["kind"]].is_closed for item in bank.starter_items(key, Band.A))


def test_every_indicator_has_a_building_block_and_a_name() -> None:
    found = bank.indicators()
    assert set(found) >= {"MOB-1", "RUI-5", "JEU-3", "KERN-3"}
    assert len(found) == 20
    assert all(indicator.block in bank.BLOCKS for indicator in found.values())
    assert all(set(indicator.concept) == set(WHOLE) for indicator in found.values())


def test_every_indicator_that_is_asked_is_known() -> None:
    asked = {item["indicator"] for key in ALL for band in Band for item in bank.starter_items(key, band)}
    assert asked - {""} == set(bank.indicators())


def test_a_pick_list_measures_nothing() -> None:
    item = bank.bank_item("MOB-EERST", Band.C)
    assert item["indicator"] == ""
    assert len(item["config"]["options"]) == 7


def test_the_netherlands_call_things_by_other_names() -> None:
    assert bank.bank_item("RUI-4", Band.A, "NL")["words"]["nl"]["question"] == "Is het daar schoon?"
    labels = bank.bank_item("RUI-4", Band.B, "NL")["words"]["nl"]["options"]
    assert list(labels.values()) == ["heel vuil", "vuil", "schoon", "heel schoon"]
    assert "jongerencentrum" in bank.bank_item("JEU-4", Band.C, "NL")["words"]["nl"]["question"]
    assert "proper" in bank.bank_item("RUI-4", Band.A)["words"]["nl"]["question"]


def test_what_the_bank_gives_can_be_changed_without_changing_the_bank() -> None:
    bank.bank_item("MOB-1", Band.B)["words"]["nl"]["question"] = "Anders?"
    assert bank.bank_item("MOB-1", Band.B)["words"]["nl"]["question"] != "Anders?"


def test_what_is_not_in_the_bank_is_not_found() -> None:
    for ask in (
        lambda: bank.bank_item("MOB-2", Band.A),
        lambda: bank.bank_item("MOB-9", Band.B),
        lambda: bank.starter("scales"),
        lambda: bank.scale_item("X"),
    ):
        with pytest.raises(NotFound):
            ask()
