"""A child whose phone speaks Arabic: from right to left, from the code on the wall to the four words, and back."""

import pytest
from playwright.sync_api import Page, expect

from dialogue.answering.letterbox import installation_key, unseal
from tests.answering.sendings import letters
from tests.builders import Cast, a_choice, a_consultation, a_place, own_words
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey
CODE = "7KQM93"


@pytest.fixture
def page(live: Live, cast: Cast) -> Page:
    a_place(cast.town, code=CODE)
    a_consultation(cast.mobility, "Hoe kom jij naar school?", items=[a_choice("q1"), own_words("q2")], bands="C")
    page = live.browser_page(360, 740, locale="ar")
    page.goto(f"{live.url}/p/{CODE}")
    return page


def left(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"]


def wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_an_arabic_child_answers_dutch_questions(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(".notice")).to_contain_text("Nederlands")
    assert_clean(page)
    page.locator(".ages a").click()
    page.locator("label[for=q1-d]").click()
    assert left(page, "[data-next]") < left(page, "[data-skip]"), "on goes to the left"
    assert wide(page) == 360
    assert_clean(page)
    page.locator("[data-next]").click()
    page.locator("textarea").fill("أريد طريقاً آمناً")
    assert left(page, "header [data-back]") > left(page, "header [data-exit]"), "back goes to the right"
    assert_clean(page)
    page.locator("[data-next]").click()
    page.locator("[data-send]").click()
    expect(page.locator("[data-saved]")).to_be_visible()
    assert_clean(page)
    [letter] = letters()
    body = unseal(installation_key(), letter.body, letter.tag)
    assert (body["answers"], body["words"][0]["text"]) == ({"q1": "d"}, "أريد طريقاً آمناً")


def test_the_language_is_chosen_from_a_menu_with_and_without_script(live: Live, page: Page) -> None:
    for one in (page, live.browser_page(360, 740, js=False, locale="ar")):
        one.goto(f"{live.url}/m/oudenhove")
        one.locator("details.languages summary").click()
        links = one.locator("details.languages a")
        assert min(link.bounding_box()["height"] for link in links.all()) >= 44  # type: ignore[index]
        assert wide(one) == 360
        links.filter(has_text="Polski").click()
        expect(one.locator("html")).to_have_attribute("lang", "pl")
    assert_clean(page)
