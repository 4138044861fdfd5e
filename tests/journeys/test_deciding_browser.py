"""Deciding in a browser: a deputy answers on a phone and at a desk, and all tasks of who leaves are handed over."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from dialogue.decisions import measure_services, parts
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from tests.builders import Cast, a_consultation, a_decision, a_signal, a_staff_member, actor_of, change
from tests.journeys.conftest import Live
from tests.journeys.staff import SIZES, is_good, sign_in

pytestmark = pytest.mark.journey


@SIZES
def test_a_deputy_decides_before_all_parts_are_in_and_says_why(live: Live, cast: Cast, width: int, height: int) -> None:
    dirk = a_staff_member(cast.town, "Dirk")
    change(cast.ben, deputy_id=dirk.id, deputy_from=today(), deputy_until=today() + timedelta(days=7))
    signal = a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")
    with writing():
        parts.ask(actor_of(cast.ada), signal, cast.youth, "Kan de speelstraat blijven?", today() + timedelta(days=9))

    page = sign_in(live, dirk, "/desk/decisions/mine", width, height)
    expect(page.get_by_text("Je antwoordt hier voor Ben")).to_be_visible()
    expect(page.get_by_text("ontbreekt, gevraagd op")).to_be_visible()
    is_good(page)

    page.get_by_text("Ja, voor een stuk").click()
    page.get_by_label("Wat gaan we doen?").fill("Een zebrapad.")
    page.get_by_label("Waarom?", exact=True).fill("Een brug is te duur.")
    page.get_by_text("Wie beslist hierover?").first.click()
    page.get_by_text("Ikzelf, als schepen of wethouder").click()
    page.get_by_label("De praktijk verandert").check()
    page.get_by_role("button", name="Beslis", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Het deel van Jeugd is er nog niet")
    expect(page.get_by_label("Wat gaan we doen?")).to_have_value("Een zebrapad.")
    is_good(page)

    page.get_by_label("Waarom kan het niet wachten").fill("De werken beginnen maandag.")
    page.get_by_role("button", name="Beslis", exact=True).click()
    expect(page.get_by_text("Beslist. Iedereen kan het nu lezen.")).to_be_visible()
    is_good(page)
    page.goto(f"{live.url}/desk/decisions/signal/{signal.id}")
    expect(page.get_by_text("Genoteerd door Dirk voor Ben")).to_be_visible()
    is_good(page)


@SIZES
def test_all_tasks_of_who_leaves_are_handed_over_and_given_back(
    live: Live, cast: Cast, width: int, height: int
) -> None:
    decision = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben)
    with writing():
        measure_services.plan(actor_of(cast.ben), decision, "Schoolstraat", cast.ben.id, today() + timedelta(days=9))
    page = sign_in(live, cast.cora, "/desk/colleagues", width, height)
    is_good(page)
    page.get_by_role("link", name=re.compile("overdragen.*Ben")).click()
    is_good(page)
    page.get_by_role("link", name="Bekijk wat overgaat").click()
    page.get_by_label("Wie neemt alles over?").select_option(label="Cleo")
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
    is_good(page)
    page.get_by_role("button", name="Draag alles over aan Cleo").click()
    expect(page.get_by_role("status")).to_have_text("1 taak is nu van Cleo.")
    is_good(page)
    page.get_by_role("button", name="Geef terug").click()
    expect(page.get_by_role("status")).to_have_text("1 taak is nu van Ben.")
