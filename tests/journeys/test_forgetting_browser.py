"""A browser may throw away what pages keep, or kill a page: nothing is called kept that is not, and it goes on."""

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from dialogue.consultations.models import Consultation
from tests.answering.sendings import letters
from tests.builders import PASSWORD, Cast, a_choice, a_consultation, a_place, own_words
from tests.journeys import tablets as shared
from tests.journeys.axe import assert_clean
from tests.journeys.child.steps import again, cut, waits
from tests.journeys.conftest import Live
from tests.journeys.tablets import START, left_behind, next_child, wait_until_sealed

pytestmark = pytest.mark.journey
SHEET = "/p/7KQM93/NAARSC/B/nl"
KEPT = "Je antwoorden staan veilig op dit toestel."
ONLY_HERE = "Je antwoorden staan alleen op deze pagina: sluit ze niet."
FULL = "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
NO_SHELF = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'InvalidStateError'); }"
EVERYTHING = "indexeddb,local_storage,cache_storage,service_workers"


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    a_place(cast.town, code="7KQM93")
    return a_consultation(cast.mobility, items=[a_choice(), own_words()], code="NAARSC")


@pytest.fixture
def phone(live: Live, consultation: Consultation) -> Page:
    page = live.browser_page()
    page.goto(live.url + SHEET)
    return page


@pytest.fixture
def tablet(live: Live, consultation: Consultation) -> Page:
    page = live.browser_page(820, 1180)
    page.goto(live.url + START)
    return ready(page)


def ready(page: Page) -> Page:
    """Once it opens without a connection too."""
    page.locator("html[data-ready]").wait_for(timeout=60_000)
    return page


def throw_away(live: Live, page: Page) -> None:
    """All that pages of this site keep, as a browser does that needs room."""
    wires = page.context.new_cdp_session(page)
    wires.send("Storage.clearDataForOrigin", {"origin": live.url, "storageTypes": EVERYTHING})
    wires.detach()


def killed(page: Page) -> BrowserContext:
    """The system takes the page away, without asking it; what its browser kept is still there."""
    with page.expect_event("crash"), pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")
    page.close()
    return page.context


def is_waiting(page: Page, told: str) -> None:
    """It says that the answer is not sent, and this about where it is; never that it is saved."""
    waits(page)
    expect(page.locator("#waiting p:visible")).to_contain_text(told)
    expect(page.locator("[data-saved]")).to_be_hidden()


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_be_visible()
    assert len(letters()) == 1


def test_what_a_phone_threw_away_is_kept_again_while_its_page_is_open(live: Live, phone: Page) -> None:
    shared.fill(phone, "Meer bomen")
    throw_away(live, phone)
    mend = cut(phone)
    phone.locator("[data-send]").click()
    is_waiting(phone, KEPT)
    throw_away(live, phone)
    phone.locator("[data-again]").click()
    phone.wait_for_function("Object.values(localStorage).some((kept) => kept.includes('Meer bomen'))")
    is_waiting(phone, KEPT)
    mend()
    again(phone)
    saved(phone)


def test_a_phone_that_keeps_nothing_says_so_and_sends(live: Live, phone: Page) -> None:
    phone.evaluate(FULL)
    shared.fill(phone, "Meer bomen")
    mend = cut(phone)
    phone.locator("[data-send]").click()
    is_waiting(phone, ONLY_HERE)
    assert_clean(phone)
    mend()
    again(phone)
    saved(phone)


def test_what_a_phone_threw_away_is_not_called_sent(live: Live, phone: Page) -> None:
    shared.fill(phone, "Meer bomen")
    mend = cut(phone)
    phone.locator("[data-send]").click()
    is_waiting(phone, KEPT)
    throw_away(live, phone)
    mend()
    phone.reload()
    expect(phone.locator(".question.now")).to_be_visible()
    expect(phone.locator("#resume")).to_be_hidden()
    expect(phone.locator("[data-saved]")).to_be_hidden()
    assert letters() == []


def test_a_page_killed_in_the_middle_has_its_draft_back_on_a_phone(live: Live, phone: Page) -> None:
    shared.fill(phone, "Meer bomen")
    again = killed(phone).new_page()
    again.goto(live.url + SHEET)
    again.locator("[data-resume]").click()
    expect(again.locator("textarea")).to_have_value("Meer bomen")
    again.locator("[data-next]").click()
    again.locator("[data-send]").click()
    saved(again)


def test_a_page_killed_in_the_middle_leaves_nothing_on_a_tablet(live: Live, tablet: Page) -> None:
    shared.answer(tablet, "Meer bomen")
    again = killed(tablet).new_page()
    again.goto(live.url + START)
    assert (left_behind(again)["sealed"], left_behind(again)["kept"]) == ([], ["{}", "{}", ""])
    again.locator("a[href$='/B/nl']").click()
    expect(again.locator(".question.now")).to_be_visible()
    assert not again.locator("#q1-c").is_checked()
    expect(again.locator("textarea")).to_have_value("")


def test_a_tablet_that_lost_all_between_two_children_begins_again(live: Live, tablet: Page) -> None:
    shared.answer(tablet, "Meer bomen")
    shared.send(tablet)
    throw_away(live, tablet)
    next_child(tablet)
    ready(tablet).context.set_offline(True)
    shared.answer(tablet, "Een zebrapad")
    shared.send(tablet)
    expect(tablet.locator("[data-saved]")).to_be_hidden()
    next_child(tablet)
    tablet.context.set_offline(False)
    wait_until_sealed(tablet, 0)
    assert len(letters()) == 2


def test_a_tablet_that_lost_all_before_sending_keeps_the_answer_all_the_same(live: Live, tablet: Page) -> None:
    shared.answer(tablet, "Meer bomen")
    tablet.wait_for_load_state("networkidle")
    throw_away(live, tablet)
    tablet.context.set_offline(True)
    assert len(shared.send(tablet)) == 4
    expect(tablet.get_by_text("Je antwoord zit op slot op deze tablet")).to_be_visible()
    expect(tablet.locator("[data-saved]")).to_be_hidden()
    tablet.context.set_offline(False)
    tablet.goto(live.url + START)
    wait_until_sealed(ready(tablet), 0)
    assert len(letters()) == 1


def test_a_tablet_that_keeps_nothing_says_so_and_holds_its_page(live: Live, tablet: Page) -> None:
    tablet.add_init_script(NO_SHELF)
    shared.answer(tablet, "Meer bomen")
    tablet.wait_for_load_state("networkidle")
    tablet.context.set_offline(True)
    tablet.locator("[data-send]").click()
    is_waiting(tablet, ONLY_HERE)
    tablet.context.set_offline(False)
    saved(tablet)
    tablet.goto(f"{live.url}{START}/supervisor")
    expect(tablet.locator("[data-waiting]")).to_be_hidden()


def test_a_tablet_that_lost_all_stays_locked(live: Live, tablet: Page, cast: Cast) -> None:
    tablet.goto(f"{live.url}/sign-in")
    tablet.fill("input[name=email]", cast.ada.email)
    tablet.fill("input[name=password]", PASSWORD)
    tablet.get_by_role("button", name="Meld aan", exact=True).click()
    tablet.goto(f"{live.url}/desk/places")
    tablet.get_by_role("link", name="Basisschool De Linde").click()
    tablet.get_by_role("link", name="Gedeelde tablets").click()
    tablet.fill("#name", "Aan de balie")
    tablet.fill("#pin", "482193")
    tablet.get_by_role("button", name="Zet dit toestel op slot").click()
    tablet.wait_for_url(f"**{START}")
    throw_away(live, tablet)
    tablet.goto(f"{live.url}/desk")
    assert tablet.url == live.url + START
    shared.answer(tablet, "Meer bomen")
    shared.send(tablet)
    saved(tablet)
