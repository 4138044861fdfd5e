"""The questions on paper: a form per age band and language, without a name, that says there is no receipt."""

import io

import pypdfium2
import pytest

from dialogue.consultations.models import State
from tests.builders import Cast, a_choice, a_consultation, own_words
from tests.items import a_grade, several_choices
from tests.pages import Pages

EVERY_KIND = [
    a_choice(),
    several_choices("q2"),
    several_choices("q3", kind="order"),
    a_grade("q4"),
    own_words("q5"),
]


def words_of(pdf: bytes) -> str:
    """All that is written on this PDF, spaces folded."""
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def test_the_form_has_every_question_with_a_way_out_and_no_place_for_a_name(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, "Naar school", items=EVERY_KIND)
    response = pages.as_(cast.ada).client.get(f"/desk/rounds/{consultation.waves[0].id}/paper/B.pdf")
    assert response.mimetype == "application/pdf"
    words = words_of(response.data)
    for item in EVERY_KIND:
        assert item["words"]["nl"]["question"] in words
    assert words.count("Weet ik niet") == words.count("Sla over") == len(EVERY_KIND) - 1
    assert "Schrijf je naam niet op dit blad." in words
    assert "Naam:" not in words


def test_the_form_says_what_happens_that_there_is_no_receipt_and_where_the_outcome_is(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    words = words_of(pages.as_(cast.ada).client.get(f"/desk/rounds/{consultation.waves[0].id}/paper/B.pdf").data)
    assert "Op papier krijg je geen vier woorden" in words
    assert f"localhost/m/{cast.town.slug}" in words
    assert "Schepen Lies Claes" in words
    assert f"{cast.town.help_name}: bel gratis {cast.town.help_number}" in words
    assert "B1 · nl" in words


@pytest.mark.parametrize("band", list("ABCD"))
def test_there_is_a_form_for_each_age_and_language(pages: Pages, cast: Cast, band: str) -> None:
    consultation = a_consultation(cast.mobility, bands=band, items=[a_choice()])
    base = f"/desk/rounds/{consultation.waves[0].id}/paper"
    reader = pages.as_(cast.ada)
    assert {f"{base}/{band}.pdf?language={language}" for language in ("nl", "en")} <= set(reader.get(base).links())
    assert "(en)" in words_of(reader.client.get(f"{base}/{band}.pdf?language=en").data)


@pytest.mark.parametrize("rest", ["C.pdf", "Z.pdf", "B.pdf?language=fr", "B.pdf?language=x"])
def test_a_form_that_is_not_asked_does_not_exist(pages: Pages, cast: Cast, rest: str) -> None:
    wave = a_consultation(cast.mobility).waves[0]
    assert pages.as_(cast.ada).client.get(f"/desk/rounds/{wave.id}/paper/{rest}").status_code == 404


def test_before_the_round_opens_there_is_nothing_to_print_yet(pages: Pages, cast: Cast) -> None:
    wave = a_consultation(cast.mobility, state=State.DRAFT).waves[0]
    reader = pages.as_(cast.ada)
    assert "Open eerst de ronde" in reader.get(f"/desk/rounds/{wave.id}/paper").text
    assert reader.client.get(f"/desk/rounds/{wave.id}/paper/B.pdf").status_code == 404


def test_paper_of_another_department_does_not_exist(pages: Pages, cast: Cast) -> None:
    wave = a_consultation(cast.mobility).waves[0]
    for rest in ("", "/B.pdf"):
        assert pages.as_(cast.cleo).client.get(f"/desk/rounds/{wave.id}/paper{rest}").status_code == 404


def test_an_arabic_form_has_all_its_letters(pages: Pages, cast: Cast) -> None:
    item = change_words(a_choice(), "ar", "كيف تذهب إلى المدرسة؟")
    consultation = a_consultation(cast.mobility, items=[item], languages=["nl", "ar"])
    response = pages.as_(cast.ada).client.get(f"/desk/rounds/{consultation.waves[0].id}/paper/B.pdf?language=ar")
    assert response.status_code == 200
    fonts = response.data
    assert b"NotoSansArabic" in fonts


def change_words(item: dict, language: str, question: str) -> dict:  # type: ignore[type-arg]
    """The item with words in one more language."""
    labels = dict.fromkeys(item["words"]["nl"]["options"], "نعم")
    return item | {"words": item["words"] | {language: {"question": question, "help": "", "options": labels}}}
