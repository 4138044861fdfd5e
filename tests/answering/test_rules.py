"""Word rules on answers that were not written from the lists, and the calendar of duties."""

import re
from datetime import date
from pathlib import Path

import pytest

from dialogue.answering.rules import (
    LISTS,
    LONGEST_STEM,
    SHORTEST_STEM,
    asks_for_help,
    read_rules,
)
from dialogue.shared.clock import next_working_day

CORPUS = Path(__file__).parent / "corpus"


def lines(name: str) -> list[str]:
    return (CORPUS / name).read_text().splitlines()


@pytest.mark.parametrize("language", ["nl", "en", "fr", "de"])
def test_nearly_all_disclosures_are_noticed(language: str) -> None:
    said = lines(f"disclosures.{language}.txt")
    missed = [text for text in said if not asks_for_help(text)]
    assert len(missed) <= 0.05 * len(said), missed


@pytest.mark.parametrize("language", ["nl", "en", "fr", "de"])
def test_hardly_any_ordinary_answer_is_taken_for_one(language: str) -> None:
    said = lines(f"ordinary.{language}.txt")
    taken = [text for text in said if asks_for_help(text)]
    assert len(taken) <= 0.05 * len(said), taken


@pytest.mark.parametrize(
    "text",
    [
        "PAPA SLAAT MIJ",
        "pápa slaaat mij!!",
        "Gisteren was leuk. Maar papa slaat mij.",
        "papa, slaat mij",
        "Papa schlägt mich",
        "Ich habe auf der STRASSE geschlafen",
        "Ich habe auf der Straße geschlafen",
    ],
)
def test_capitals_accents_and_drawn_out_letters_do_not_hide_words(text: str) -> None:
    assert asks_for_help(text)


@pytest.mark.parametrize(
    "text",
    [
        "أبي يضربني كل يوم",
        "وأنا أخاف من أبي في البيت",
        "أُرِيدُ أَنْ أَمُوت",
        "زوجة ابي تضرب اختي",
        "Babam beni dövüyor",
        "BABAM BENI DOVUYOR",
        "evden kaçmak istiyorum",
        "Тато мене б’є",
        "боюся йти додому",
        "наді мною знущаються в школі",
        "Ojczym bije mamę",
        "boje sie wracac do domu",
        "nie chcę już żyć",
    ],
)
def test_obvious_words_are_noticed_in_languages_that_no_native_speaker_read_yet(text: str) -> None:
    assert asks_for_help(text)


@pytest.mark.parametrize(
    "text",
    [
        "أحب أن ألعب مع أبي في الحديقة",
        "Babamla topa vurmak güzel",
        "Люблю бити м’яч з татом",
        "Lubię kopać piłkę z tatą",
    ],
)
def test_ordinary_words_in_those_languages_are_not_taken_for_one(text: str) -> None:
    assert not asks_for_help(text)


def test_the_french_ligature_is_read_as_two_letters() -> None:
    assert asks_for_help("ma sœur me frappe")


def test_words_of_two_sentences_are_not_taken_together() -> None:
    assert not asks_for_help("Ik hou van papa. De klok slaat elk uur. Mijn fiets staat bij mij.")


def test_no_stem_is_too_short_or_too_long_to_be_noticed() -> None:
    """Rules are passed over by how the words of a sentence begin: another stem would be missed."""
    words = re.findall(r"[^\W_]+(?=\*)", "".join(path.read_text() for path in LISTS.glob("*.txt")))
    assert len(words) > 50
    assert [word for word in words if not SHORTEST_STEM <= len(word) <= LONGEST_STEM] == []


def test_everyday_words_are_taken_out_first() -> None:
    rules = read_rules("@hits = slaat\npapa + @hits\n- slaat de bal")
    assert rules.hold("papa slaat")
    assert not rules.hold("papa slaat de bal")


def test_a_gap_is_at_most_three_words() -> None:
    rules = read_rules("wil ~ dood")
    assert rules.hold("ik wil zo heel graag dood")
    assert not rules.hold("ik wil een twee drie vier dood")


@pytest.mark.parametrize(
    ("day", "following"),
    [(date(2026, 3, 5), date(2026, 3, 6)), (date(2026, 3, 6), date(2026, 3, 9)), (date(2026, 3, 7), date(2026, 3, 9))],
)
def test_the_next_working_day_is_never_in_the_weekend(day: date, following: date) -> None:
    assert next_working_day(day) == following
