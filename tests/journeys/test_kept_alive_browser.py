"""A browser that keeps pages alive to go back to: no child finds another one in them, and nothing is sent twice.

Playwright switches that off, so these tests have a browser of their own, and see that the page was truly kept alive.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.answering.sendings import letters
from tests.builders import Cast, a_choice, a_consultation, a_place, own_words
from tests.chromium import WHOLE
from tests.journeys.child.steps import SHEET, answer, saved, send
from tests.journeys.conftest import FLAGS, Live

pytestmark = pytest.mark.journey
NOTING = """
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) sessionStorage.alive = "yes"; // also when the page is then loaded anew
  document.documentElement.toggleAttribute("data-kept-alive", Boolean(sessionStorage.alive));
});
"""


@pytest.fixture
def keeping(live: Live, app: Flask, _browser: Browser) -> Iterator[Live]:
    """The same installation, with a browser that keeps pages alive."""
    unwanted = ["--disable-back-forward-cache"]
    browser = _browser.browser_type.launch(executable_path=WHOLE, args=FLAGS, ignore_default_args=unwanted)
    yield Live(app, live.url, browser)
    browser.close()


@pytest.fixture
def page(keeping: Live, cast: Cast) -> Page:
    a_place(cast.town, code="7KQM93")
    a_consultation(cast.mobility, items=[a_choice(), a_choice("q3"), own_words()], code="NAARSC")
    page = keeping.browser_page()
    page.add_init_script(NOTING)
    return page


def away_and_back(page: Page, elsewhere: str) -> None:
    """To another page and back."""
    here = page.url
    page.goto(elsewhere)
    page.evaluate("setTimeout(() => history.back())")
    page.wait_for_url(here, wait_until="commit")  # nothing is loaded
    expect(page.locator("html[data-kept-alive]")).to_be_attached()


def test_after_sending_nothing_of_the_child_comes_back(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    send(page)
    words = saved(page)
    away_and_back(page, f"{live.url}/p/7KQM93")
    expect(page.locator(".question.now")).to_be_visible()
    assert not [word for word in [*words, "Meer bomen"] if f">{word}<" in page.content()]
    assert page.locator("input:checked").count() == 0
    assert len(letters()) == 1


def test_before_sending_all_of_it_is_still_there(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    away_and_back(page, f"{live.url}/p/7KQM93")
    send(page)
    saved(page)
    assert len(letters()) == 1
