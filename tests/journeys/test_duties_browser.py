"""Duties in a browser: found on a phone and at a desk, put off with a reason, and read in a calendar."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from dialogue.duties.services import owe
from dialogue.people.models import StaffMember
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from tests.builders import PASSWORD, Cast
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey
SUBJECTS = {"signal:1": ("De auto's rijden te snel aan de schoolpoort.", -9), "signal:2": ("Er is geen bankje.", 10)}


def sign_in(live: Live, person: StaffMember, width: int, height: int) -> Page:
    page = live.browser_page(width, height)
    page.goto(f"{live.url}/sign-in?next=/desk/duties")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Meld aan").click()
    expect(page.get_by_role("heading", name="Plichten")).to_be_visible()
    return page


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1360, 860)])
def test_a_late_duty_is_found_put_off_and_read_in_a_calendar(live: Live, cast: Cast, width: int, height: int) -> None:
    with writing():
        for object_, (subject, days) in SUBJECTS.items():
            place = {"municipality_id": cast.town.id, "department_id": cast.mobility.id}
            owe("test", "decision", object_, subject=subject, due=today() + timedelta(days=days), **place)
    page = sign_in(live, cast.ben, width, height)
    assert_clean(page)
    assert fits(page)

    page.get_by_role("link", name="te laat (1)").click()
    expect(page.get_by_text("Er is geen bankje.")).to_have_count(0)
    page.get_by_role("link", name="De auto's rijden te snel").click()
    page.get_by_text("Uitstellen").click()
    assert_clean(page)
    assert fits(page)
    page.get_by_label("Nieuwe dag").fill(str(today() + timedelta(days=30)))
    page.get_by_label("Waarom wordt het later?").fill("De bus rijdt om tot de lente.")
    page.get_by_role("button", name="Stel uit").click()
    expect(page.get_by_role("status")).to_contain_text("Uitgesteld tot")
    expect(page.get_by_text("9 dagen te laat")).to_be_visible()

    page.goto(f"{live.url}/desk/duties/wishes")
    page.get_by_role("button", name="Maak een adres").click()
    assert_clean(page)
    assert fits(page)
    address = page.get_by_label("Het adres van je agenda").input_value()
    answer = live.browser_page().request.get(address)
    days = [event.decoded("dtstart") for event in Calendar.from_ical(answer.body()).walk("VEVENT")]
    assert days == [today() + timedelta(days=10), today() + timedelta(days=30)]
