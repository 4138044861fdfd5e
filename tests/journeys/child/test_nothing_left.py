"""What a child leaves behind on a phone: a draft for itself, and nothing for who comes after."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.child.steps import SHEET, answer, saved, send, stored
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey


def test_a_draft_waits_for_the_same_child(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    page.reload()
    expect(page.locator("#resume")).to_be_visible()
    assert "Meer bomen" not in page.locator("#resume").inner_text()
    page.locator("[data-resume]").click()
    assert page.locator("textarea").input_value() == "Meer bomen"
    page.locator("header [data-back]").click()
    page.locator("header [data-back]").click()
    assert page.locator("#q1-c").is_checked()


def test_drafts_of_yesterday_are_gone_whatever_they_were_of(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    page.evaluate("""() => {
      const [[key, draft]] = Object.entries(localStorage);
      localStorage.setItem(key, JSON.stringify({ ...JSON.parse(draft), since: Date.now() - 25 * 3600 * 1000 }));
      localStorage.setItem("dialogue/draft/c/OTHERS/B/nl/x", "damaged");
    }""")
    page.goto(f"{live.url}/c/NAARSC/C/nl")
    expect(page.locator(".question.now")).to_be_visible()
    assert stored(page) == {}


def test_another_child_begins_anew_and_finds_nothing(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    page.reload()
    page.locator("#resume [data-anew]").click()
    assert not page.locator("#q1-c").is_checked()
    assert page.locator("textarea").input_value() == ""
    assert "Meer bomen" not in str(stored(page))


def test_the_way_out_takes_the_page_from_the_history_and_leaves_the_draft_to_the_child(live: Live, page: Page) -> None:
    page.context.route("https://www.google.be/**", lambda route: route.fulfill(body="weer"))
    page.goto(f"{live.url}/p/7KQM93")
    page.goto(live.url + SHEET)
    page.locator("label[for=q1-c]").click()
    page.locator("[data-exit]").click()
    page.wait_for_url("https://www.google.be/**")
    page.go_back()
    assert page.url == f"{live.url}/p/7KQM93"
    page.goto(live.url + SHEET)
    page.locator("[data-resume]").click()
    assert page.locator("#q1-c").is_checked()


def test_after_sending_back_shows_nothing_of_the_child_before(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    send(page)
    words = saved(page)
    page.goto(f"{live.url}/p/7KQM93")
    page.go_back()
    expect(page.locator(".question.now")).to_be_visible()
    shown = page.content()
    assert not [word for word in [*words, "Meer bomen"] if f">{word}<" in shown]
    assert not page.locator("#q1-c").is_checked()
