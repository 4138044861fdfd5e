"""The four words come back: typed with help of the list, or read on the phone from the photo that was kept."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from dialogue.answering.receipt import word_list
from tests.builders import Cast, a_choice, a_consultation, a_place, own_words
from tests.journeys.axe import assert_clean
from tests.journeys.child.steps import SHEET, answer, saved, send
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey


@pytest.fixture
def page(live: Live, cast: Cast) -> Page:
    a_place(cast.town, code="7KQM93")
    a_consultation(cast.mobility, items=[a_choice(), a_choice("q3"), own_words()], code="NAARSC")
    return live.browser_page(360, 740)


def test_a_photo_of_the_receipt_opens_it_and_never_leaves_the_phone(live: Live, page: Page, tmp_path: Path) -> None:
    answer(page, live.url + SHEET)
    send(page)
    words, sent = saved(page), list[Request]()
    with page.expect_download() as download:
        page.locator("[data-photo]").click()
    download.value.save_as(tmp_path / "photo.png")
    page.goto(f"{live.url}/r")
    page.on("request", lambda request: sent.append(request))  # noqa: PLW0108 - a method of a list takes no mark
    page.locator("[data-photo] input").set_input_files(tmp_path / "photo.png")
    expect(page.locator("[data-receipt]")).to_have_count(0)
    assert_clean(page)
    assert [
        request.post_data for request in sent if request.method == "POST" and words[0] in str(request.post_data)
    ] == []
    assert "multipart" not in str([request.headers for request in sent])


def test_a_picture_without_a_code_says_so_and_keeps_what_was_typed(live: Live, page: Page, tmp_path: Path) -> None:
    page.goto(f"{live.url}/r")
    page.get_by_label("Mijn vier woorden").fill("tulp robot")
    page.screenshot(path=tmp_path / "other.png")
    page.locator("[data-photo] input").set_input_files(tmp_path / "other.png")
    expect(page.get_by_text("vinden we geen code")).to_be_visible()
    expect(page.get_by_label("Mijn vier woorden")).to_have_value("tulp robot")


def test_words_are_completed_and_corrected_from_the_list(live: Live, page: Page) -> None:
    whole, slip = "pannenkoek", "robto"
    assert {whole, "robot"} <= set(word_list("nl"))
    page.goto(f"{live.url}/r")
    box = page.get_by_label("Mijn vier woorden")
    box.press_sequentially("panne")
    page.get_by_role("group", name="Bedoel je").get_by_role("button", name=whole).click()
    expect(box).to_have_value("pannenkoek ")
    box.press_sequentially(slip)
    assert_clean(page)
    page.get_by_role("group", name="Bedoel je").get_by_role("button", name="robot", exact=True).click()
    expect(box).to_have_value("pannenkoek robot ")
    expect(page.locator("[data-suggestions]")).to_be_hidden()
