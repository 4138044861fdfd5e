"""Nothing stands in a child's way: small phones, fingers, and what axe-core knows of barriers."""

import pytest
from playwright.sync_api import Page

from dialogue.consultations.models import Consultation, State
from tests.builders import Cast, a_consultation
from tests.journeys.child.steps import SHEET, answer, barriers, saved, send
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("band", ["A", "B", "C", "D"])
def test_four_answers_fit_a_small_phone_and_can_be_touched(live: Live, consultation: Consultation, band: str) -> None:
    page = live.browser_page(360, 640)
    page.goto(live.url + SHEET.replace("/B/", f"/{band}/"))
    page.locator("label[for=q1-c]").click()
    page.evaluate("document.fonts.ready")
    small = page.evaluate(
        "[...document.querySelectorAll('header a, header button, .now label, .nav.js button')]"
        ".filter((e) => e.offsetHeight && e.offsetHeight < 56).map((e) => e.outerHTML)"
    )
    assert small == []
    bottom = page.locator("[data-next]").bounding_box()
    assert bottom
    assert bottom["y"] + bottom["height"] <= 640
    last = page.locator(".now .unsure:not(.nojs) label").bounding_box()
    assert last
    assert last["y"] + last["height"] <= bottom["y"]


@pytest.mark.parametrize("address", ["/", "/p/7KQM93", "/c/NAARSC", SHEET, "/p/7KQM93/class"])
def test_nothing_scrolls_sideways_at_320_pixels(live: Live, consultation: Consultation, address: str) -> None:
    page = live.browser_page(320, 640)
    page.goto(live.url + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", ["/", "/p/7KQM93", "/p/222222", "/c/NAARSC", "/c/CRSD22", "/p/7KQM93/class"])
def test_no_barriers_on_the_way_in(live: Live, page: Page, cast: Cast, address: str) -> None:
    a_consultation(cast.mobility, state=State.CLOSED, code="CRSD22")
    page.goto(live.url + address)
    assert barriers(page) == []


def test_no_barriers_for_the_oldest_in_the_dark(live: Live, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    answer(page, live.url + SHEET.replace("/B/", "/D/"))
    assert barriers(page) == []
    page.locator("header [data-back]").click()
    assert barriers(page) == []
    page.locator("[data-next]").click()
    send(page)
    saved(page)
    assert barriers(page) == []
