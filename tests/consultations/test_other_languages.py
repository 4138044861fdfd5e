"""Makers write in languages in which we have no example questions: Arabic, from right to left."""

from io import BytesIO

import pikepdf
import pytest

from dialogue.consultations.models import Consultation, State
from dialogue.consultations.posters import poster_text
from dialogue.places.poster import poster_pdf
from tests.builders import Cast, a_choice, a_consultation, a_place, refresh
from tests.pages import Pages

ARABIC = {"a": "خطير جداً", "b": "خطير", "c": "آمن", "d": "آمن جداً"}


def in_arabic(cast: Cast, **values: object) -> Consultation:
    item = a_choice("q1")
    item["words"]["ar"] = {"question": "هل طريقك إلى المدرسة آمن؟", "help": "", "options": ARABIC}
    titles = {"nl": "Naar school", "ar": "إلى المدرسة"}
    return a_consultation(cast.mobility, items=[item], titles=titles, languages=["nl", "ar"], code="NAARSC", **values)


def test_a_maker_adds_arabic_and_is_told_that_nobody_read_our_words_yet(pages: Pages, cast: Cast) -> None:
    consultation, desk = a_consultation(cast.mobility, state=State.DRAFT), pages.as_(cast.ada)
    home = f"/desk/consultations/{consultation.id}"
    assert "nog niet nagelezen" in desk.get(f"{home}/basics").text
    basics = {"title_nl": "Straten", "title_ar": "الشوارع", "bands": ["B"], "languages": ["nl", "ar"]}
    desk.post(f"{home}/basics", basics)
    assert refresh(consultation).languages == ["nl", "ar"]
    page = desk.get(f"{home}/questions/B?item=q1")
    assert "De vraag ontbreekt nog (العربية)" in page.text


def test_arabic_questions_are_asked_from_right_to_left(pages: Pages, cast: Cast) -> None:
    in_arabic(cast)
    page = pages.get("/c/NAARSC/B/ar")
    assert (page.root.get("lang"), page.root.get("dir")) == ("ar", "rtl")
    assert "هل طريقك إلى المدرسة آمن؟" in page.text
    [words] = page.all("ul", class_="words")
    assert (words.get("lang"), words.get("dir")) == ("nl", "ltr"), "the four words are Dutch, in their order"


def test_an_arabic_question_ends_as_a_question(pages: Pages, cast: Cast) -> None:
    consultation = in_arabic(cast, state=State.DRAFT)
    page = pages.as_(cast.ada).get(f"/desk/consultations/{consultation.id}/questions/B?item=q1")
    assert "vraagteken" not in page.text


@pytest.mark.parametrize(
    ("language", "title"),
    [("ar", "إلى المدرسة"), ("tr", "Okula giderken ğış"), ("uk", "Дорога до школи"), ("pl", "Jak żyją łąki?")],
)
def test_a_poster_has_all_letters_of_its_language_in_one_hand(cast: Cast, language: str, title: str) -> None:
    place = a_place(cast.town)
    consultation = a_consultation(cast.mobility, titles={language: title}, languages=[language])
    text = poster_text(consultation, consultation.waves[0], place, "http://localhost/p/7KQM93", language, "sun")
    with pikepdf.open(BytesIO(poster_pdf(text))) as pdf:
        fonts = {str(one.FontName) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one}
    assert fonts
    assert all("NotoSans" in name for name in fonts)
    assert ("\u2066102\u2069" in text.help) == (language == "ar"), "a number keeps its order between Arabic words"
