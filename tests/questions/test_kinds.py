"""Each kind of question configures, reads, checks, summarises and draws."""

from typing import Any

import pytest

from dialogue.questions.intervals import wilson
from dialogue.questions.kinds import KINDS
from dialogue.questions.options import with_option, with_option_moved, without_option
from dialogue.shared.bands import Band
from dialogue.shared.errors import NotFound, Refused
from tests.builders import a_choice, own_words

CHOICE, WORDS = KINDS["one_choice"], KINDS["own_words"]


def texts(item: dict[str, Any], band: Band = Band.B, language: str = "nl", *, blocks: bool = True) -> list[str]:
    return [f.text for f in KINDS[item["kind"]].check(item, band, language) if f.blocks == blocks]


def with_labels(*labels: str) -> dict[str, Any]:
    item = a_choice()
    codes = "abcdefghijkl"[: len(labels)]
    item["config"] = {"options": [{"code": c, "picture": "", "positive": False, "retired": False} for c in codes]}
    item["words"]["nl"]["options"] = dict(zip(codes, labels, strict=True))
    return item | {"indicator": ""}


def test_an_option_of_the_question_is_read() -> None:
    assert [CHOICE.read(a_choice(), raw) for raw in ("a", "d", "?", "")] == ["a", "d", "?", ""]


@pytest.mark.parametrize("raw", ["e", "A", " a", "aa", "None"])
def test_an_option_that_is_not_on_the_list_is_refused(raw: str) -> None:
    with pytest.raises(Refused):
        CHOICE.read(a_choice(), raw)


def test_a_retired_option_is_not_on_the_list() -> None:
    with pytest.raises(Refused):
        CHOICE.read(without_option(a_choice(), "a"), "a")


def test_own_words_are_cleaned_and_blank_looking_text_is_skipped() -> None:
    assert WORDS.read(own_words(), "  Meer\u202e bomen ") == "Meer bomen"
    assert WORDS.read(own_words(), " \u200b \u3164 ") == ""


def test_own_words_may_be_as_long_as_asked_and_no_longer() -> None:
    assert WORDS.read(own_words(), "é" * 140) == "é" * 140
    with pytest.raises(Refused):
        WORDS.read(own_words(), "é" * 141)


@pytest.mark.parametrize(("band", "most"), [(Band.A, 4), (Band.B, 6), (Band.C, 8), (Band.D, 10)])
def test_a_band_chooses_from_at_most_so_many(band: Band, most: int) -> None:
    labels = [f"antwoord {number}" for number in range(most + 1)]
    assert texts(with_labels(*labels[:most]), band) == []
    assert f"hoogstens {most}" in texts(with_labels(*labels), band)[0]


def test_one_answer_is_no_choice() -> None:
    assert "minstens twee" in texts(with_labels("ja"))[0]


def test_answers_without_words_and_equal_answers_block() -> None:
    assert "nog geen woorden" in texts(with_labels("ja", ""))[0]
    assert "gelijk" in texts(with_labels("Ja", "ja"))[0]


def test_wording_is_wanted_in_each_language() -> None:
    item = with_labels("ja", "nee")
    del item["words"]["en"]
    found = texts(item, language="en")
    assert found == ["De vraag ontbreekt nog (English).", "Een antwoord heeft nog geen woorden (English)."]


def test_who_cannot_read_gets_pictures() -> None:
    assert any("prent" in text for text in texts(with_labels("ja", "nee"), Band.A, blocks=False))
    assert texts(with_labels("ja", "nee"), Band.B, blocks=False) == []


def test_a_measure_without_good_news_gets_advice() -> None:
    assert any("goed nieuws" in t for t in texts(with_labels("ja", "nee") | {"indicator": "MOB-1"}, blocks=False))


def test_who_cannot_write_is_not_asked_to() -> None:
    assert "schrijven nog niet" in texts(own_words(), Band.A)[0]


@pytest.mark.parametrize(("most", "fine"), [(140, True), (141, False), (39, False)])
def test_own_words_have_the_room_of_their_band(most: int, fine: bool) -> None:
    assert (texts(own_words(config={"most_characters": most})) == []) == fine


def test_a_new_option_gets_a_code_that_was_never_used() -> None:
    item = with_option(without_option(a_choice(), "d"))
    assert [(o["code"], o["retired"]) for o in item["config"]["options"]][3:] == [("d", True), ("e", False)]
    for _ in range(30):
        item = with_option(item)
    codes = [o["code"] for o in item["config"]["options"]]
    assert len(codes) == len(set(codes))


def test_options_move_and_stay_at_the_top() -> None:
    item = with_option_moved(with_option_moved(a_choice(), "b", -1), "b", -1)
    assert [o["code"] for o in item["config"]["options"]] == ["b", "a", "c", "d"]


def test_an_option_that_is_gone_cannot_go_again() -> None:
    with pytest.raises(NotFound):
        without_option(without_option(a_choice(), "a"), "a")


def test_counts_become_shares_of_those_who_chose() -> None:
    summary = CHOICE.summarise(a_choice(), {"a": 10, "b": 20, "c": 40, "d": 30, "?": 50, "": 25})
    assert (summary.answered, summary.dont_know, summary.skipped) == (100, 50, 25)
    assert summary.positive is not None
    assert summary.positive.share == 0.7


def test_without_good_news_there_is_no_percentage_of_it() -> None:
    assert CHOICE.summarise(with_labels("bus", "fiets"), {"a": 3}).positive is None
    assert CHOICE.summarise(a_choice(), {"?": 3}).positive is None


def test_answers_to_a_retired_option_stay_counted() -> None:
    item = without_option(a_choice(), "a")
    assert CHOICE.summarise(item, {"a": 2, "b": 1}).counts == {"a": 2, "b": 1, "c": 0, "d": 0}
    assert "a" not in CHOICE.summarise(item, {"b": 1}).counts


@pytest.mark.parametrize(
    ("successes", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (70, 100, 0.6042, 0.7811)],
)
def test_the_interval_is_that_of_wilson(successes: int, total: int, low: float, high: float) -> None:
    found = wilson(successes, total)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_a_drawing_says_what_was_found() -> None:
    item = a_choice()
    drawn = CHOICE.draw(item, CHOICE.summarise(item, {"a": 1, "b": 2, "c": 4, "d": 3}), "nl")
    assert drawn["title"] == "70 % kiest “Veilig” of “Heel veilig”"
    assert [(b["label"], b["share"], b["ink"]) for b in drawn["bars"]] == [
        ("Heel onveilig", 10, "negative"),
        ("Onveilig", 20, "negative"),
        ("Veilig", 40, "positive"),
        ("Heel veilig", 30, "positive"),
    ]


def test_a_drawing_of_plain_choices_names_the_first() -> None:
    item = with_labels("bus", "fiets")
    drawn = CHOICE.draw(item, CHOICE.summarise(item, {"a": 1, "b": 3}), "nl")
    assert drawn["title"] == "Meest gekozen: “fiets” (75 %)"
    assert {bar["ink"] for bar in drawn["bars"]} == {"indigo"}


def test_a_drawing_of_nothing_says_so() -> None:
    item = a_choice()
    assert CHOICE.draw(item, CHOICE.summarise(item, {}), "nl")["title"] == "Nog geen antwoorden"


def test_own_words_are_not_drawn() -> None:
    item = own_words()
    assert WORDS.draw(item, WORDS.summarise(item, {"": 4}), "nl")["bars"] == []


def test_a_picture_is_found_by_what_it_is_called_in_any_language() -> None:
    for typed, found in (("fiets", "bike"), ("Bicycle", "bike"), ("bike", "bike"), ("zeppelin", "")):
        assert CHOICE.configure(a_choice(), {"picture": typed}, ["nl"])["picture"] == found


def test_configuring_changes_no_code_and_revives_nothing() -> None:
    item = without_option(a_choice(), "a")
    typed = {"option.a.positive": "on", "nl.option.a": "terug", "option.z.positive": "on"}
    configured = CHOICE.configure(item, typed, ["nl"])
    assert [o["code"] for o in configured["config"]["options"]] == ["a", "b", "c", "d"]
    assert configured["config"]["options"][0] == item["config"]["options"][0]
    assert configured["words"]["nl"]["options"]["a"] == "Heel onveilig"
