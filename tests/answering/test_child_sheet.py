"""The questionnaire: the same bytes for every child, small, kept by the browser, and careful with the child."""

import base64
import gzip
import hashlib
import re
from pathlib import Path

import brotli
import pytest
from werkzeug.test import TestResponse

from dialogue.consultations.models import Consultation
from dialogue.shared.database import writing
from dialogue.web.i18n import LANGUAGES
from tests.builders import Cast, a_choice, a_consultation, a_place, own_words
from tests.pages import Pages

STATIC = Path(__file__).parents[2] / "static"
ADDRESS = "/c/NAARSC/B/nl"
SVG = "{http://www.w3.org/2000/svg}svg"
MOST_PAGE = 10 * 1024
MOST_SCRIPT = 14 * 1024


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility, "Hoe kom jij naar school?", bands="ABCD", code="NAARSC")


def fetch(pages: Pages, address: str = ADDRESS, **headers: str) -> TestResponse:
    return pages.client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_every_place_gets_the_same_bytes(pages: Pages, consultation: Consultation, cast: Cast) -> None:
    a_place(cast.town, code="7KQM93")
    a_place(cast.town, "Jeugdhuis De Kring", code="7KQM94")
    bodies = {fetch(pages, f"/{door}/NAARSC/B/nl").data for door in ("p/7KQM93", "p/7KQM94", "c")}
    assert len(bodies) == 1
    assert b"7KQM9" not in bodies.pop()


def test_the_language_follows_the_address_not_the_browser(pages: Pages, consultation: Consultation) -> None:
    dutch, english = (fetch(pages, f"/c/NAARSC/B/{language}", Accept_Language="en") for language in ("nl", "en"))
    assert "Hoe veilig of onveilig" in dutch.text
    assert '<html lang="nl"' in dutch.text
    assert "How safe or unsafe" in english.text
    assert dutch.data == fetch(pages, Accept_Language="nl").data


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)])
def test_the_page_comes_compressed_as_the_browser_likes(
    pages: Pages, consultation: Consultation, encoding: str, unpack: object
) -> None:
    response = fetch(pages, Accept_Encoding=encoding)
    assert response.headers.get("Content-Encoding", "") == encoding
    assert unpack(response.data).decode() == fetch(pages).text  # type: ignore[operator]
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Cache-Control"] == "no-cache"


def test_a_browser_that_has_the_page_gets_it_confirmed(pages: Pages, consultation: Consultation) -> None:
    plain, packed = fetch(pages), fetch(pages, Accept_Encoding="gzip")
    assert not plain.headers["ETag"].startswith("W/")
    assert plain.headers["ETag"] != packed.headers["ETag"]
    again = fetch(pages, If_None_Match=plain.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


def test_a_new_help_number_is_on_the_page_at_once(pages: Pages, consultation: Consultation, cast: Cast) -> None:
    before = fetch(pages).headers["ETag"]
    with writing():
        cast.town.help_number = "0800 11 22"
    after = fetch(pages, If_None_Match=before)
    assert after.status_code == 200
    assert "0800 11 22" in after.text


def test_the_policy_lets_only_the_critical_style_stand_in_the_page(pages: Pages, consultation: Consultation) -> None:
    response = fetch(pages)
    [style] = re.findall(r"<style>(.*?)</style>", response.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'" in response.headers["Content-Security-Policy"]


def full_questionnaire() -> list[dict[str, object]]:
    """As much as band B may be asked: ten choices with a picture each, and two questions in own words."""
    choices = [a_choice(f"q{n}", f"Hoe vaak heb je deze week aan zaak {n * 7919} gedacht?") for n in range(10)]
    return [*choices, own_words("q10"), own_words("q11", "Wat vergeten wij te vragen?")]


@pytest.mark.parametrize("band", "ABCD")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_page_is_at_most_ten_kilobytes(pages: Pages, cast: Cast, band: str, language: str) -> None:
    a_consultation(cast.mobility, bands=band, items=full_questionnaire(), code="NAARSC", languages=list(LANGUAGES))
    page = fetch(pages, f"/c/NAARSC/{band}/{language}", Accept_Encoding="gzip").data
    assert len(page) <= MOST_PAGE


def test_one_script_of_at_most_fourteen_kilobytes_and_nothing_else(pages: Pages, consultation: Consultation) -> None:
    page = pages.get(ADDRESS)
    [script] = page.all("script")
    path = script.get("src", "").removeprefix("/static/").partition("?")[0]
    text = (STATIC / path).read_text()
    assert len(gzip.compress(text.encode())) <= MOST_SCRIPT
    assert not re.search(r"^import ", text, re.MULTILINE)
    assert not page.all("link", rel="stylesheet")


def test_before_own_words_a_child_reads_that_we_cannot_reach_it(pages: Pages, consultation: Consultation) -> None:
    for band in "BCD":
        page = pages.get(f"/c/NAARSC/{band}/nl")
        [words] = [question for question in page.all("fieldset") if question.get("data-kind") == "own_words"]
        told = " ".join("".join(words.itertext()).split())
        assert "We weten niet wie je bent, dus we kunnen je niet bereiken." in told
        assert "bel gratis 102 (Awel)" in told
        order = [element.tag for element in words.iter() if element.tag in ("p", "textarea")]
        assert order[0] == "p"


def test_dont_know_and_skip_are_always_there_and_two_things(pages: Pages, consultation: Consultation) -> None:
    page = pages.get(ADDRESS)
    values = [field.get("value") for field in page.all("input", type="radio", name="q1")]
    assert values == ["a", "b", "c", "d", "?", ""]
    assert page.all("button", data_skip="")


def test_a_retired_option_is_not_asked(pages: Pages, cast: Cast) -> None:
    item = a_choice()
    item["config"]["options"][1]["retired"] = True
    a_consultation(cast.mobility, items=[item], code="NAARSC")
    assert [field.get("value") for field in pages.get(ADDRESS).all("input", type="radio")] == ["a", "c", "d", "?", ""]


def test_the_youngest_have_a_line_for_the_grown_up(pages: Pages, consultation: Consultation) -> None:
    assert "lees voor, maar kies niet" in pages.get("/c/NAARSC/A/nl").text
    assert "lees voor, maar kies niet" not in pages.get("/c/NAARSC/C/nl").text


def test_each_band_has_its_own_face(pages: Pages, consultation: Consultation) -> None:
    faces = [pages.get(f"/c/NAARSC/{band}/nl").all("body")[0].get("class") for band in "ABCD"]
    assert faces == ["band-a", "band-b", "band-c", "band-d"]


def test_pictures_of_later_questions_wait_for_the_first_answer(pages: Pages, cast: Cast) -> None:
    a_consultation(cast.mobility, items=[a_choice("q1"), a_choice("q2", picture="park")], code="NAARSC")
    page = pages.get(ADDRESS)
    first, second = page.all("fieldset")
    assert first.findall(f".//legend/{SVG}")
    assert second.findall(".//legend/noscript/img")
