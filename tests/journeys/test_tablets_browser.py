"""A tablet that children share, in a real browser: each begins anew, nothing is left behind, nothing is lost."""

import io
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Page, Route, expect

from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.queries import salt
from dialogue.answering.receipt import RESPONSE, derive, key, tag
from dialogue.consultations.models import Consultation, State
from dialogue.places.models import Place
from dialogue.shared.database import writing
from tests.answering.sendings import letters
from tests.builders import PASSWORD, Cast, a_choice, a_consultation, a_place, own_words
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live
from tests.journeys.tablets import (
    LETTERS,
    START,
    answer,
    history_shows,
    left_behind,
    next_child,
    send,
    wait_until_sealed,
    waiting,
)

pytestmark = pytest.mark.journey


@pytest.fixture
def school(cast: Cast) -> Place:
    return a_place(cast.town, code="7KQM93")


@pytest.fixture
def consultation(cast: Cast, school: Place) -> Consultation:
    items = [a_choice(), own_words()]
    return a_consultation(cast.mobility, "Hoe kom jij naar school?", bands="AB", items=items, code="NAARSC")


@pytest.fixture
def tablet(live: Live, consultation: Consultation) -> Page:
    """A tablet that is ready to be used, also without a connection."""
    page = live.browser_page(820, 1180)
    page.goto(live.url + START)
    page.locator("html[data-ready]").wait_for(timeout=60_000)
    return page


def test_three_children_in_a_row_leave_nothing_to_each_other(live: Live, tablet: Page) -> None:
    said = ["Meer bomen", "Een zebrapad", "Minder auto's"]
    for text in said:
        assert tablet.locator("#resume").count() == 0
        answer(tablet, text)
        words = send(tablet)
        expect(tablet.locator("[data-saved]")).to_be_visible()
        next_child(tablet)
        found = left_behind(tablet)
        assert (found["sealed"], found["kept"]) == ([], ["{}", "{}", ""])
        assert not [page for page in found["pages"] if not page.startswith("GET") or text in page]
        assert not history_shows(tablet, *words, text)
        tablet.goto(live.url + START)
    assert sorted(unseal(installation_key(), one.body, one.tag)["words"][0]["text"] for one in letters()) == sorted(
        said
    )


def test_without_connection_letters_wait_sealed_and_arrive_later(live: Live, tablet: Page) -> None:
    tablet.context.set_offline(True)
    receipts = []
    for text in ("Meer bomen", "Een zebrapad"):
        answer(tablet, text)
        receipts.append(send(tablet))
        expect(tablet.get_by_text("Je antwoord zit op slot op deze tablet")).to_be_visible()
        assert not tablet.locator("[data-saved]").is_visible()
        next_child(tablet)
    found = left_behind(tablet)
    assert len(found["sealed"]) == 2
    assert not [letter for letter in found["sealed"] if "bomen" in letter or "NAARSC" in letter or '"q1"' in letter]
    assert waiting(live, tablet) == "2"
    assert letters() == []
    tablet.context.set_offline(False)
    tablet.reload()
    wait_until_sealed(tablet, 0)
    pepper = live.app.extensions["dialogue"].keys.pepper
    tags = {tag(pepper, RESPONSE, key(derive(" ".join(words), salt()), RESPONSE)) for words in receipts}
    assert {letter.tag for letter in letters()} == tags


def test_a_tablet_that_is_switched_on_without_connection_opens(live: Live, tablet: Page) -> None:
    tablet.context.set_offline(True)
    tablet.close()
    page = tablet.context.new_page()
    page.goto(live.url + START)
    answer(page, "Meer bomen")
    assert len(send(page)) == 4


@pytest.mark.parametrize(
    "portal",
    [
        {"status": 200, "json": {"saved": "0" * 64}},
        {"status": 200, "content_type": "text/html", "body": "<h1>Welkom op de wifi</h1>"},
        {"status": 503, "json": {"error": "vol"}},
    ],
)
def test_only_the_right_echo_takes_a_letter_from_the_tablet(live: Live, tablet: Page, portal: dict[str, Any]) -> None:
    def pretend(route: Route) -> None:
        route.fulfill(**portal)

    tablet.context.route(live.url + LETTERS, pretend)
    answer(tablet, "Meer bomen")
    send(tablet)
    assert not tablet.locator("[data-saved]").is_visible()
    next_child(tablet)
    tablet.reload()
    assert len(left_behind(tablet)["sealed"]) == 1
    tablet.context.unroute(live.url + LETTERS)
    tablet.reload()
    wait_until_sealed(tablet, 0)
    assert len(letters()) == 1


def test_a_letter_that_cannot_be_opened_holds_up_no_other(live: Live, tablet: Page) -> None:
    refused: set[bytes | None] = set()

    def refuse_one(route: Route) -> None:
        refused.add(refused.pop() if refused else route.request.post_data_buffer)
        route.fulfill(status=422, body="Nee.") if route.request.post_data_buffer in refused else route.continue_()

    tablet.context.set_offline(True)
    for _child in range(2):
        answer(tablet, "Meer bomen")
        send(tablet)
        next_child(tablet)
    tablet.context.route(live.url + LETTERS, refuse_one)
    tablet.context.set_offline(False)
    tablet.reload()
    wait_until_sealed(tablet, 1)
    assert len(letters()) == 1


def test_what_comes_too_late_is_told_to_the_supervisor(live: Live, tablet: Page, consultation: Consultation) -> None:
    tablet.context.set_offline(True)
    answer(tablet, "Meer bomen")
    send(tablet)
    with writing():
        consultation.waves[0].state = State.CLOSED
    tablet.context.set_offline(False)
    next_child(tablet)
    tablet.goto(f"{live.url}{START}/supervisor")
    expect(tablet.get_by_text("antwoorden kwamen te laat")).to_be_visible()
    expect(tablet.locator("[data-waiting]")).to_have_text("0")
    tablet.get_by_role("button", name="Wis ze").click()
    expect(tablet.get_by_text("antwoorden kwamen te laat")).to_be_hidden()
    assert left_behind(tablet)["sealed"] == []


def test_who_walks_away_is_asked_for_and_then_wiped(live: Live, tablet: Page) -> None:
    tablet.clock.install()
    answer(tablet, "Meer bomen")
    tablet.clock.run_for(45_000)
    expect(tablet.get_by_role("dialog")).to_be_hidden()
    tablet.clock.run_for(7_000)
    expect(tablet.get_by_role("dialog", name="Ben je er nog?")).to_be_visible()
    assert 1 <= int(tablet.locator("[data-seconds]").inner_text()) <= 10
    assert_clean(tablet)
    tablet.get_by_role("button", name="Ik ben er nog").click()
    expect(tablet.get_by_role("dialog")).to_be_hidden()
    expect(tablet.locator("#review")).to_be_visible()
    tablet.clock.run_for(61_000)
    tablet.wait_for_url(f"**{START}")
    tablet.go_back()
    assert "Meer bomen" not in tablet.content()
    assert letters() == []


def test_a_page_that_the_browser_kept_alive_begins_anew(live: Live, tablet: Page) -> None:
    answer(tablet, "Meer bomen")
    tablet.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    tablet.wait_for_url(f"**{START}")
    assert "Meer bomen" not in tablet.content()


def test_the_way_out_leads_to_the_beginning_and_wipes(live: Live, tablet: Page) -> None:
    answer(tablet, "Meer bomen")
    assert left_behind(tablet)["kept"] == ["{}", "{}", ""]  # no draft either: a tablet may be put away at any moment
    tablet.locator("[data-exit]").click()
    tablet.wait_for_url(f"**{START}")
    assert left_behind(tablet)["kept"] == ["{}", "{}", ""]
    answer_again = tablet.locator("a[href$='/B/nl']")
    answer_again.click()
    assert not tablet.locator("#q1-c").is_checked()


def test_staff_lock_a_tablet_and_six_digits_unlock_it(live: Live, cast: Cast, consultation: Consultation) -> None:
    page = live.browser_page(820, 1180)
    page.goto(f"{live.url}/sign-in")
    page.fill("input[name=email]", cast.ada.email)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Meld aan", exact=True).click()
    page.goto(f"{live.url}/desk/places")
    page.get_by_role("link", name="Basisschool De Linde").click()
    page.get_by_role("link", name="Gedeelde tablets").click()
    assert_clean(page)
    page.fill("#name", "Aan de balie")
    page.fill("#pin", "482193")
    page.get_by_role("button", name="Zet dit toestel op slot").click()
    page.wait_for_url(f"**{START}")
    page.goto(f"{live.url}/desk")
    assert page.url == live.url + START
    page.get_by_role("link", name="Voor de begeleider").click()
    page.fill("#pin", "482193")
    page.get_by_role("button", name="Van het slot").click()
    page.wait_for_url("**/p/7KQM93")


def test_twelve_cards_stand_on_one_sheet(live: Live, school: Place) -> None:
    page = live.browser_page()
    page.goto(f"{live.url}/p/7KQM93/cards")
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as sheet:
        assert len(sheet.pages) == 1


@pytest.mark.parametrize("address", [START, f"{START}/NAARSC/B/nl", f"{START}/supervisor", "/p/7KQM93/cards"])
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1360, 860)])
def test_no_barriers_on_pages_of_tablets(
    live: Live, consultation: Consultation, address: str, width: int, height: int
) -> None:
    page = live.browser_page(width, height)
    page.goto(live.url + address)
    assert_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
