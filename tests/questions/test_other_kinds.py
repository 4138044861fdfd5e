"""Several choices, an order and a grade: each configures, reads, tallies, checks, summarises and draws."""

from typing import Any

import pytest

from dialogue.questions import bank
from dialogue.questions.kinds import KINDS
from dialogue.questions.options import with_option, without_option
from dialogue.shared.bands import Band
from dialogue.shared.errors import Refused
from tests.builders import a_choice
from tests.items import a_grade, several_choices

SEVERAL, ORDER, GRADE = (KINDS[key] for key in ("several_choices", "order", "grade"))


def an_order(most: int = 3) -> dict[str, Any]:
    return several_choices(most=most, kind="order")


def texts(item: dict[str, Any], band: Band, *, blocks: bool = True) -> list[str]:
    return [f.text for f in KINDS[item["kind"]].check(item, band, "nl") if f.blocks == blocks]


@pytest.mark.parametrize(
    ("raw", "read"),
    [("", ""), ("?", "?"), ("a", "a"), ("c+a", "a+c"), ("a+c", "a+c"), ("?+c", "c"), ("?+?", "?"), ("e+?+a", "a+e")],
)
def test_some_options_are_read_in_the_order_of_the_question(raw: str, read: str) -> None:
    assert SEVERAL.read(several_choices(), raw) == read


@pytest.mark.parametrize(
    ("raw", "read"), [("", ""), ("?", "?"), ("a", "a"), ("c+a+b", "c+a+b"), ("?+c", "c"), ("b+a+?", "b+a")]
)
def test_an_order_is_kept_as_the_child_made_it(raw: str, read: str) -> None:
    assert ORDER.read(an_order(), raw) == read


@pytest.mark.parametrize("raw", ["z", "a+z", "a+", "+", "a,b", "A", "a+a", "a+b+c", "*", "1a", "a+" * 9999])
def test_too_many_twice_the_same_and_unknown_options_are_refused(raw: str) -> None:
    for kind in ("several_choices", "order"):
        with pytest.raises(Refused):
            KINDS[kind].read(several_choices(most=2, kind=kind), raw)


def test_an_option_that_went_can_no_longer_be_ticked() -> None:
    with pytest.raises(Refused):
        SEVERAL.read(without_option(several_choices(), "a"), "a+b")


@pytest.mark.parametrize("raw", ["0", "7", "10", "?", ""])
def test_a_grade_is_a_whole_number_to_ten(raw: str) -> None:
    assert GRADE.read(a_grade(), raw) == raw


@pytest.mark.parametrize("raw", ["11", "-1", "7,5", "07", "6+7", "٧", "a"])
def test_another_number_is_no_grade(raw: str) -> None:
    with pytest.raises(Refused):
        GRADE.read(a_grade(), raw)


def test_every_option_counts_and_so_does_everybody_who_chose() -> None:
    item = several_choices()
    assert [SEVERAL.tallied(item, value) for value in ("a+c", "?", "")] == [["*", "a", "c"], ["?"], [""]]
    assert ORDER.tallied(an_order(), "c+a") == ["*", "1c", "c", "a"]
    assert KINDS["one_choice"].tallied(a_choice(), "a") == ["a"]
    assert GRADE.tallied(a_grade(), "10") == ["10"]


def test_all_that_is_tallied_was_announced() -> None:
    for item in (several_choices(), an_order(), a_grade(), a_choice()):
        kind = KINDS[item["kind"]]
        counted = kind.counted(item)
        first = item["config"]["options"][0]["code"]
        assert set(kind.tallied(item, first)) - {"*"} <= {*counted.one, *counted.many}


@pytest.mark.parametrize("kind", ["several_choices", "order"])
@pytest.mark.parametrize(("band", "options", "most"), [(Band.B, 6, 2), (Band.C, 8, 3), (Band.D, 10, 3)])
def test_a_band_chooses_so_many_of_so_many(kind: str, band: Band, options: int, most: int) -> None:
    item = several_choices(most=most, kind=kind)
    while len(item["config"]["options"]) < options:
        item = with_option(item)
    named = {option["code"]: f"antwoord {option['code']}" for option in item["config"]["options"]}
    item["words"]["nl"]["options"] |= named
    assert texts(item, band) == []
    item["config"]["most"] = most + 1
    assert f"hoogstens {most}" in texts(item, band)[0]
    item["config"]["most"] = most
    item = with_option(item)
    item["words"]["nl"]["options"][item["config"]["options"][-1]["code"]] = "nog een"
    assert f"Te veel antwoorden voor {'7–11' if band == 'B' else '12–15' if band == 'C' else '16–18'}" in "".join(
        texts(item, band)
    )


@pytest.mark.parametrize("kind", ["several_choices", "order"])
def test_the_youngest_choose_one(kind: str) -> None:
    assert Band.A not in KINDS[kind].bands
    assert texts(several_choices(kind=kind), Band.A) == [
        "Kinderen van 4–6 jaar kiezen één antwoord: neem “Kiezen uit antwoorden”."
    ]


@pytest.mark.parametrize("most", [0, 1, 5])
def test_there_must_be_something_to_choose(most: int) -> None:
    item = several_choices(most=most)
    assert len(texts(item, Band.D)) == 1


def test_grades_are_for_who_has_them_at_school() -> None:
    assert texts(a_grade(), Band.A) == ["Kinderen van 4–6 jaar geven nog geen cijfers."]
    assert "vanaf 10 jaar" in texts(a_grade(), Band.B, blocks=False)[0]
    for band in (Band.C, Band.D):
        assert texts(a_grade(), band) + texts(a_grade(), band, blocks=False) == []


def test_both_ends_of_a_grade_have_words() -> None:
    item = a_grade()
    item["words"]["nl"]["low"] = ""
    assert texts(item, Band.C) == ["Zeg wat 0 en wat 10 betekent (Nederlands)."]
    item["words"]["nl"]["low"] = "x" * 41
    assert "te lang" in texts(item, Band.C)[0]


@pytest.mark.parametrize(("typed", "most"), [("3", 3), ("", 2), ("drie", 2), ("9999999", 2), ("²", 2)])
def test_how_many_is_configured_and_nothing_is_good_news(typed: str, most: int) -> None:
    form = {"most": typed, "nl.option.a": "Op de fiets", "option.a.positive": "on", "option.a.picture": "fiets"}
    item = SEVERAL.configure(several_choices(), form, ["nl"])
    assert item["config"]["most"] == most
    assert item["config"]["options"][0] == {"code": "a", "picture": "bike", "positive": False, "retired": False}
    assert item["words"]["nl"]["options"]["a"] == "Op de fiets"


def test_a_grade_is_configured_with_words_for_its_ends_only() -> None:
    form = {"nl.question": "Welk cijfer?", "nl.low": " slecht ", "nl.high": "goed", "option.0.positive": "on"}
    item = GRADE.configure(a_grade(), form, ["nl"])
    assert item["words"]["nl"] == {"question": "Welk cijfer?", "help": "", "low": "slecht", "high": "goed"}
    assert item["config"] == a_grade()["config"]
    assert not GRADE.has_own_options


@pytest.mark.parametrize("key", ["several_choices", "order", "grade"])
def test_a_new_question_can_be_read_at_once(key: str) -> None:
    for band in KINDS[key].bands:
        item: dict[str, Any] = {"key": "q1", "kind": key, "indicator": "", "picture": "", "words": {}}
        item["config"] = KINDS[key].new_config(band)
        assert KINDS[key].read(item, item["config"]["options"][0]["code"])


def test_shares_are_of_those_who_chose() -> None:
    item = several_choices()
    summary = SEVERAL.summarise(item, {"*": 40, "a": 30, "b": 20, "c": 4, "?": 3, "": 2})
    assert (summary.answered, summary.dont_know, summary.skipped, summary.positive) == (40, 3, 2, None)
    drawn = SEVERAL.draw(item, summary, "nl")
    assert drawn["title"] == "Meest gekozen: “Fiets” (75 %)"
    assert drawn["note"] == "Kinderen kozen er hoogstens 2: samen is dat meer dan 100 %."
    assert [bar["share"] for bar in drawn["bars"]] == [75, 50, 10, 0, 0]


def test_an_order_shows_first_choices_and_who_has_it_at_all() -> None:
    item = an_order()
    summary = ORDER.summarise(item, {"*": 20, "1b": 12, "1a": 8, "a": 20, "b": 15, "?": 1})
    drawn = ORDER.draw(item, summary, "nl")
    assert drawn["title"] == "Meest op de eerste plaats: “Bus” (60 %)"
    shares = {bar["label"]: bar["share"] for bar in drawn["bars"] if bar["share"]}
    assert shares == {
        "Fiets: eerste keuze": 40,
        "Bus: eerste keuze": 60,
        "Fiets: bij de eerste 3": 100,
        "Bus: bij de eerste 3": 75,
    }


def test_a_six_is_good_news() -> None:
    item = a_grade()
    drawn = GRADE.draw(item, GRADE.summarise(item, {"5": 10, "6": 20, "10": 10}), "nl")
    assert drawn["title"] == "75 % geeft een 6 of meer"
    assert [bar["label"] for bar in drawn["bars"]][::5] == ["0 (heel slecht)", "5", "10 (heel goed)"]
    assert [bar["ink"] for bar in drawn["bars"]] == ["negative"] * 6 + ["positive"] * 5


@pytest.mark.parametrize("item", [several_choices(), an_order(), a_grade()])
def test_nothing_answered_is_said(item: dict[str, Any]) -> None:
    kind = KINDS[item["kind"]]
    assert kind.draw(item, kind.summarise(item, {}), "nl")["title"] == "Nog geen antwoorden"


def test_an_answer_is_read_back_in_words() -> None:
    assert SEVERAL.in_words(several_choices(), "a+c", "nl") == "Fiets, Step"
    assert ORDER.in_words(an_order(), "c+a", "en") == "Scooter, Bike"
    assert GRADE.in_words(a_grade(), "7", "nl") == "7"
    assert KINDS["own_words"].in_words({}, "bomen + gras", "nl") == "bomen + gras"


def test_yes_a_little_and_no_are_a_scale_with_glasses() -> None:
    options = bank.scale_item("S3")["config"]["options"]
    assert [option["picture"] for option in options] == ["glass-full", "glass-half", "glass-empty"]
