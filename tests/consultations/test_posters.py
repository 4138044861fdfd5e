"""Posters of a consultation: what they say, and that a phone opens the right door."""

import io

import pypdfium2
import zxingcpp

from tests.builders import Cast, a_consultation, a_place
from tests.pages import Pages


def test_the_poster_says_what_is_asked_where_and_who_decides(pages: Pages, cast: Cast) -> None:
    consultation, place = a_consultation(cast.mobility, "Hoe kom jij naar school?"), a_place(cast.town)
    response = pages.as_(cast.ada).client.get(f"/desk/consultations/{consultation.id}/posters/{place.id}.pdf")
    assert response.mimetype == "application/pdf"
    page = pypdfium2.PdfDocument(io.BytesIO(response.data))[0]
    words = " ".join(page.get_textpage().get_text_range().split())
    for sentence in ("Hoe kom jij naar school?", place.name, "geen naam", "Schepen Lies Claes", f"/p/{place.code}"):
        assert sentence in words
    codes = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert [code.text for code in codes] == [f"HTTP://LOCALHOST/P/{place.code}"]


def test_the_list_of_posters_has_one_per_place_and_language(pages: Pages, cast: Cast) -> None:
    consultation, place = a_consultation(cast.mobility), a_place(cast.town)
    links = pages.as_(cast.ada).get(f"/desk/consultations/{consultation.id}/posters").links()
    base = f"/desk/consultations/{consultation.id}/posters/{place.id}.pdf"
    assert {f"{base}?language=nl", f"{base}?language=en"} <= set(links)


def test_beside_each_poster_stands_the_class_screen_of_its_place(pages: Pages, cast: Cast) -> None:
    consultation, place = a_consultation(cast.mobility), a_place(cast.town)
    links = pages.as_(cast.ada).get(f"/desk/consultations/{consultation.id}/posters").links()
    assert f"/p/{place.code}/class" in links


def test_posters_of_another_department_or_place_of_another_town_do_not_exist(pages: Pages, cast: Cast) -> None:
    consultation, elsewhere = a_consultation(cast.mobility), a_place(cast.other_town)
    assert pages.as_(cast.cleo).client.get(f"/desk/consultations/{consultation.id}/posters").status_code == 404
    foreign = f"/desk/consultations/{consultation.id}/posters/{elsewhere.id}.pdf"
    assert pages.as_(cast.ada).client.get(foreign).status_code == 404
