"""Whatever happens to the page while it sends, one answer is kept, and none is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from dialogue.consultations.models import Consultation
from tests.answering.sendings import letters
from tests.builders import Cast, a_choice, a_consultation, a_place, own_words
from tests.journeys.child.steps import SHEET, WAITING, again, answer, cut, saved, send, waits
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    a_place(cast.town, code="7KQM93")
    return a_consultation(cast.mobility, items=[a_choice(), a_choice("q3"), own_words()], code="NAARSC")


@pytest.fixture
def page(live: Live, consultation: Consultation) -> Page:
    return live.browser_page()


def waiting(live: Live, page: Page) -> Callable[[], None]:
    """A letter waits on this page; what this gives mends the network."""
    mend = cut(page)
    answer(page, live.url + SHEET)
    send(page)
    waits(page)
    return mend


def another_tab(live: Live, page: Page) -> Page:
    """The same questionnaire in a second tab: it waits too."""
    other = page.context.new_page()
    other.goto(live.url + SHEET)
    waits(other)
    return other


def test_two_tabs_with_one_letter_send_it_once(live: Live, page: Page) -> None:
    mend, other = waiting(live, page), another_tab(live, page)
    mend()
    again(other)
    again(page)
    saved(page)
    expect(other.get_by_role("heading", name=WAITING)).to_be_hidden()
    assert len(letters()) == 1


def test_a_tab_that_is_killed_leaves_its_letter_to_the_other(live: Live, page: Page) -> None:
    mend, other = waiting(live, page), another_tab(live, page)
    mend()
    page.close()
    saved(other)
    assert len(letters()) == 1


def test_two_taps_send_one_answer(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    page.locator("[data-send]").dblclick()
    saved(page)
    page.wait_for_load_state("networkidle")
    assert len(letters()) == 1


def test_a_page_that_is_loaded_again_in_the_middle_of_sending_sends_once(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    arrived: list[str] = []

    def only_there(route: Route) -> None:
        """The letter arrives, its acknowledgement does not."""
        if route.request.method == "POST" and not arrived:
            arrived.append(route.fetch().text())
            return
        route.continue_()

    page.route("**/*", only_there)
    send(page)
    page.wait_for_function("() => Object.values(localStorage).some((kept) => JSON.parse(kept).receipt)")
    while not arrived:
        page.wait_for_timeout(20)
    page.reload()
    saved(page)
    assert len(letters()) == 1


def test_a_phone_that_throws_away_what_pages_keep_still_sends_from_the_open_page(live: Live, page: Page) -> None:
    mend = waiting(live, page)
    page.evaluate("localStorage.clear()")
    mend()
    again(page)
    saved(page)
    assert len(letters()) == 1
