"""Several choices, an order and a grade on the child's page: as small as the rest, and without script as complete."""

from typing import Any

import pytest

from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.receipt import word_list
from dialogue.consultations.models import Consultation
from tests.answering.sendings import letters
from tests.answering.test_child_sheet import MOST_PAGE
from tests.builders import Cast, a_consultation, own_words
from tests.items import a_grade, several_choices
from tests.pages import Page, Pages

ADDRESS = "/c/NAARSC/C/nl"
WORDS = " ".join(word_list("nl")[:4])


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    items = [several_choices("q1"), several_choices("q2", 3, "order"), a_grade("q3"), own_words("q4")]
    return a_consultation(cast.mobility, bands="BCD", items=items, code="NAARSC")


def post(pages: Pages, consultation: Consultation, step: str, status: int = 200, **answers: Any) -> Page:
    wave = consultation.waves[0]
    sha256 = next(instrument.sha256 for instrument in wave.instruments if instrument.band == "C")
    form = {"instrument": sha256, "step": step, "words": WORDS} | answers
    return pages.post(ADDRESS, form, status=status)


def hidden(page: Page) -> dict[str, Any]:
    return {field.get("name", ""): field.get("value") for field in page.all("input", type="hidden")}


def sent() -> dict[str, str]:
    [letter] = letters()
    answers: dict[str, str] = unseal(installation_key(), letter.body, letter.tag)["answers"]
    return answers


def test_dont_know_is_always_there_and_nothing_is_skip(pages: Pages, consultation: Consultation) -> None:
    page = pages.get(ADDRESS)
    values = {
        key: [(field.get("type"), field.get("value")) for field in page.all("input", name=key)]
        for key in ("q1", "q2", "q3")
    }
    assert values["q1"] == values["q2"] == [("checkbox", value) for value in "abcde?"]
    assert values["q3"] == [("radio", value) for value in [*map(str, range(11)), "?", ""]]
    assert len(page.all("select", name="q2")) == 3
    assert [option.get("value") for option in page.all("select", name="q2")[0]] == ["", *"abcde"]


def test_each_list_of_an_order_says_which_choice_it_is(pages: Pages, consultation: Consultation) -> None:
    labels = [" ".join("".join(label.itertext()).split()) for label in pages.get(ADDRESS).all("label", class_="nojs")]
    assert [label.partition(" Sla")[0] for label in labels] == ["1e keuze", "2e keuze", "3e keuze"]


def test_what_was_ticked_without_script_is_kept_and_sent(pages: Pages, consultation: Consultation) -> None:
    page = post(pages, consultation, "check", q1=["c", "a"], q2=["e", "", "b"], q3="7")
    assert "Step, Fiets" in page.text
    assert "Te voet, Bus" in page.text
    fields = hidden(page)
    assert (fields["q1"], fields["q2"], fields["q3"]) == ("c+a", "e+b", "7")
    assert "Bewaard" in pages.post(ADDRESS, fields | {"step": "send"}).text
    assert sent() == {"q1": "a+c", "q2": "e+b", "q3": "7"}


def test_dont_know_and_skip_without_script(pages: Pages, consultation: Consultation) -> None:
    page = post(pages, consultation, "send", q1=["?"], q2=["", "", "", "?"], q3="")
    assert "Bewaard" in page.text
    assert sent() == {"q1": "?", "q2": "?"}


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"q1": ["a", "b", "c"]}, "Kies er hoogstens 2."),
        ({"q2": ["a", "a", ""]}, "Kies elk antwoord maar één keer."),
        ({"q3": "11"}, "Dit antwoord hoort niet bij deze vraag."),
    ],
)
def test_what_cannot_be_says_why_and_keeps_what_was_chosen(
    pages: Pages, consultation: Consultation, answers: dict[str, Any], sentence: str
) -> None:
    page = post(pages, consultation, "check", 422, **({"q1": ["a", "b"], "q2": ["e", "d"]} | answers))
    assert [alert.text for alert in page.all("p", role="alert")] == [sentence]
    ticked = [f.get("value") for f in page.all("input", name="q1") if f.get("checked") is not None]
    assert ticked == (answers.get("q1") or ["a", "b"])
    chosen = [o.get("value") for o in page.all("option") if o.get("selected") is not None]
    assert chosen == (["a", "a"] if "q2" in answers else ["e", "d"])
    assert letters() == []


@pytest.mark.parametrize("band", "BCD")
def test_the_largest_page_of_these_kinds_is_at_most_ten_kilobytes(pages: Pages, cast: Cast, band: str) -> None:
    items = []
    for number in range(0, 9, 3):
        items += [
            several_choices(f"q{number}"),
            several_choices(f"q{number + 1}", 3, "order"),
            a_grade(f"q{number + 2}"),
        ]
    a_consultation(cast.mobility, bands=band, items=[*items, own_words("q10"), own_words("q11")], code="NAARSC")
    response = pages.client.get(f"/c/NAARSC/{band}/nl", headers={"Accept-Encoding": "gzip"})
    assert len(response.data) <= MOST_PAGE
