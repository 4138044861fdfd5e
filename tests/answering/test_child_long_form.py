"""Without script a child can say as much: a long form, 'Klaar?' with four words, and a receipt."""

from typing import Any

import pytest

from dialogue.answering import long_form
from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.queries import salt
from dialogue.answering.receipt import RESPONSE, derive, key, tag, word_list
from dialogue.consultations.models import Consultation, State
from dialogue.places.models import Place
from dialogue.shared.database import writing
from dialogue.shared.errors import Busy
from tests.answering.sendings import letters
from tests.builders import Cast, a_consultation, a_place
from tests.pages import Page, Pages

ADDRESS = "/p/7KQM93/NAARSC/B/nl"
WORDS = " ".join(word_list("nl")[:4])


@pytest.fixture
def school(cast: Cast) -> Place:
    return a_place(cast.town, code="7KQM93")


@pytest.fixture
def consultation(cast: Cast, school: Place) -> Consultation:
    return a_consultation(cast.mobility, code="NAARSC")


def typed(consultation: Consultation, step: str = "check", **changes: str) -> dict[str, str]:
    form = {"instrument": consultation.waves[0].instruments[0].sha256, "step": step, "q1": "a", "q2": "Meer bomen"}
    return form | changes


def hidden(page: Page) -> dict[str, Any]:
    return {field.get("name", ""): field.get("value") for field in page.all("input", type="hidden")}


def test_the_first_step_shows_answers_and_words_and_stores_nothing(pages: Pages, consultation: Consultation) -> None:
    page = pages.post(ADDRESS, typed(consultation))
    assert page.h1 == "Klaar?"
    assert "Heel onveilig" in page.text
    assert "Meer bomen" in page.text
    cards = [card.text for card in page.all("li", translate="no")]
    assert " ".join(map(str, cards)) == hidden(page)["words"]
    assert set(cards) <= set(word_list("nl"))
    assert letters() == []


def test_the_second_step_saves_and_shows_the_words_once_more(
    pages: Pages, consultation: Consultation, school: Place
) -> None:
    fields = hidden(pages.post(ADDRESS, typed(consultation)))
    page = pages.post(ADDRESS, fields | {"step": "send"})
    assert "Bewaard" in page.text
    assert [card.text for card in page.all("li", translate="no")] == fields["words"].split()
    assert page.response.headers["Cache-Control"] == "no-store"
    [letter] = letters()
    body = unseal(installation_key(), letter.body, letter.tag)
    assert (body["answers"], body["place"]) == ({"q1": "a"}, school.id)
    assert body["words"][0]["text"] == "Meer bomen"


def test_the_words_on_the_receipt_open_what_was_sent(pages: Pages, consultation: Consultation) -> None:
    pages.post(ADDRESS, typed(consultation, "send", words=WORDS))
    dialogue = pages.app.extensions["dialogue"]
    expected = tag(dialogue.keys.pepper, RESPONSE, key(derive(WORDS, salt()), RESPONSE))
    assert [letter.tag for letter in letters()] == [expected]


def test_sending_the_same_page_again_is_no_second_answer(pages: Pages, consultation: Consultation) -> None:
    for _ in range(2):
        assert "Bewaard" in pages.post(ADDRESS, typed(consultation, "send", words=WORDS)).text
    assert len(letters()) == 1


def test_words_of_another_sending_give_new_words_and_keep_the_answers(pages: Pages, consultation: Consultation) -> None:
    pages.post(ADDRESS, typed(consultation, "send", words=WORDS))
    page = pages.post(ADDRESS, typed(consultation, "send", words=WORDS, q1="b"), status=422)
    assert hidden(page)["words"] != WORDS
    assert hidden(page)["q1"] == "b"


@pytest.mark.parametrize("words", ["", "appel", "een twee drie vier", "a " * 5000])
def test_words_that_are_none_of_ours_are_replaced(pages: Pages, consultation: Consultation, words: str) -> None:
    page = pages.post(ADDRESS, typed(consultation, "send", words=words), status=422)
    assert hidden(page)["words"] != words
    assert letters() == []


def test_back_shows_the_form_as_it_was(pages: Pages, consultation: Consultation) -> None:
    page = pages.post(ADDRESS, typed(consultation, "change"))
    assert page.all("textarea", name="q2")[0].text == "Meer bomen"
    assert [field.get("value") for field in page.all("input", type="radio") if field.get("checked") is not None] == [
        "a"
    ]


def test_an_answer_that_is_too_long_keeps_what_was_typed(pages: Pages, consultation: Consultation) -> None:
    page = pages.post(ADDRESS, typed(consultation, q2="boom " * 100), status=422)
    assert page.all("p", role="alert")
    assert page.all("textarea", name="q2")[0].text == "boom " * 100
    assert letters() == []


def test_an_unknown_option_is_refused_with_a_sentence(pages: Pages, consultation: Consultation) -> None:
    assert pages.post(ADDRESS, typed(consultation, q1="zz"), status=422).all("p", role="alert")
    assert pages.post(ADDRESS, typed(consultation, "send", words=WORDS, q1="zz"), status=422).all("p", role="alert")


def test_when_nothing_can_be_written_the_page_keeps_everything(
    pages: Pages, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: object) -> None:
        raise Busy

    monkeypatch.setattr(long_form, "accept_form", busy)
    page = pages.post(ADDRESS, typed(consultation, "send", words=WORDS), status=503)
    assert hidden(page)["words"] == WORDS
    assert hidden(page)["q2"] == "Meer bomen"
    assert page.response.headers["Retry-After"]


def test_a_round_that_closed_meanwhile_says_so(pages: Pages, consultation: Consultation) -> None:
    with writing():
        consultation.waves[0].state = State.CLOSED
    page = pages.post(ADDRESS, typed(consultation, "send", words=WORDS))
    assert "/m/oudenhove/what-happened" in page.links()
    assert letters() == []


def test_words_that_ask_for_help_get_the_help_line_at_once(pages: Pages, consultation: Consultation) -> None:
    worried = pages.post(ADDRESS, typed(consultation, "send", words=WORDS, q2="Papa slaat mij elke dag."))
    assert "Je bent niet alleen" in worried.text
    other = " ".join(word_list("nl")[4:8])
    assert "Je bent niet alleen" not in pages.post(ADDRESS, typed(consultation, "send", words=other)).text


def test_words_that_ask_for_help_get_it_before_anything_is_sent(pages: Pages, consultation: Consultation) -> None:
    assert "je bent niet alleen" in pages.post(ADDRESS, typed(consultation, q2="Papa slaat mij")).text.lower()
    assert "je bent niet alleen" not in pages.post(ADDRESS, typed(consultation)).text.lower()


def test_the_receipt_in_english_speaks_english_words(pages: Pages, consultation: Consultation) -> None:
    page = pages.post("/p/7KQM93/NAARSC/B/en", typed(consultation))
    assert set(hidden(page)["words"].split()) <= set(word_list("en"))
    assert "Very unsafe" in page.text
