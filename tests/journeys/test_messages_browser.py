"""A message in a browser: written beside a child's phone, with a text for the youngest, read over and told."""

import pytest
from playwright.sync_api import Page, expect

from dialogue.people.models import StaffMember
from tests.builders import Cast
from tests.feedback.test_messages import a_decided_signal
from tests.journeys.conftest import Live
from tests.journeys.staff import is_good, sign_in

pytestmark = pytest.mark.journey


def writing(live: Live, person: StaffMember, decision_id: int, width: int, *, js: bool = True) -> Page:
    """The message of this decision, opened by this person."""
    page = sign_in(live, person, f"/desk/messages/{decision_id}", width, 844 if width < 500 else 860, js=js)
    expect(page.get_by_role("heading", name="Vertel het aan de kinderen")).to_be_visible()
    return page


@pytest.mark.parametrize("width", [390, 1360])
def test_a_message_is_written_read_over_for_each_age_and_told(live: Live, cast: Cast, width: int) -> None:
    page = writing(live, cast.ada, a_decided_signal(cast).id, width)
    phone, advice = page.locator(".phone"), page.locator(".four")
    is_good(page)
    expect(advice).to_contain_text("Zeg ook wat anderen vonden")
    page.get_by_label("Dit zeiden jullie").fill("Te snel! Sommige kinderen vinden het goed zo.")
    expect(phone).to_contain_text("Sommige kinderen")
    expect(advice).not_to_contain_text("Zeg ook wat anderen vonden")
    page.get_by_role("button", name="Bewaar", exact=True).click()

    page.get_by_label("Leeftijd").select_option("A")
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_label("Daarom").fill("De bus is te groot.")
    expect(phone).to_contain_text("De bus is te groot.")
    expect(phone).to_contain_text("Sommige kinderen")
    is_good(page)
    page.get_by_role("button", name="Bewaar en lees na").click()

    expect(page.get_by_role("button", name="Vertel het")).to_have_count(0)
    is_good(page)
    page.get_by_role("button", name="Nagelezen").click()
    expect(page.locator(".versions [aria-current]")).to_contain_text("Iedereen")
    page.get_by_role("button", name="Nagelezen").click()
    is_good(page)
    page.get_by_role("button", name="Vertel het").click()
    expect(page.get_by_role("status")).to_contain_text("Verteld")
    is_good(page)


def test_without_script_the_phone_follows_when_it_is_asked_to(live: Live, cast: Cast) -> None:
    page = writing(live, cast.ada, a_decided_signal(cast).id, 390, js=False)
    page.get_by_label("Daarom").fill("De bus is te groot.")
    page.get_by_role("button", name="Toon het voorbeeld").click()
    expect(page.locator(".phone")).to_contain_text("De bus is te groot.")
