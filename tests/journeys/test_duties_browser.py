"""Duties in a browser: found on a phone and at a desk, put off with a reason, and read in a calendar."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from dialogue.duties.services import owe
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from tests.builders import Cast
from tests.journeys.conftest import Live
from tests.journeys.staff import SIZES, is_good, sign_in

pytestmark = pytest.mark.journey
SUBJECTS = {"signal:1": ("De auto's rijden te snel aan de schoolpoort.", -9), "signal:2": ("Er is geen bankje.", 10)}


@SIZES
def test_a_late_duty_is_found_put_off_and_read_in_a_calendar(live: Live, cast: Cast, width: int, height: int) -> None:
    with writing():
        for object_, (subject, days) in SUBJECTS.items():
            place = {"municipality_id": cast.town.id, "department_id": cast.mobility.id}
            owe("test", "decision", object_, subject=subject, due=today() + timedelta(days=days), **place)
    page = sign_in(live, cast.ben, "/desk/duties", width, height)
    expect(page.get_by_role("heading", name="Plichten")).to_be_visible()
    is_good(page)

    page.get_by_role("link", name="te laat (1)").click()
    expect(page.get_by_text("Er is geen bankje.")).to_have_count(0)
    page.get_by_role("link", name="De auto's rijden te snel").click()
    page.get_by_text("Uitstellen").click()
    is_good(page)
    page.get_by_label("Nieuwe dag").fill(str(today() + timedelta(days=30)))
    page.get_by_label("Waarom wordt het later?").fill("De bus rijdt om tot de lente.")
    page.get_by_role("button", name="Stel uit").click()
    expect(page.get_by_role("status")).to_contain_text("Uitgesteld tot")
    expect(page.get_by_text("9 dagen te laat")).to_be_visible()

    page.goto(f"{live.url}/desk/duties/wishes")
    page.get_by_role("button", name="Maak een adres").click()
    is_good(page)
    address = page.get_by_label("Het adres van je agenda").input_value()
    answer = live.browser_page().request.get(address)
    days = [event.decoded("dtstart") for event in Calendar.from_ical(answer.body()).walk("VEVENT")]
    assert days == [today() + timedelta(days=10), today() + timedelta(days=30)]
