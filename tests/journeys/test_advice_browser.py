"""Advice of the youth council in a browser: noted with the signal it is about, answered with a reason, read by all."""

import pytest
from playwright.sync_api import expect

from dialogue.decisions.advice_models import Advice
from dialogue.shared.clock import now, today
from tests.builders import Cast, a_consultation, a_signal, save
from tests.journeys.conftest import Live
from tests.journeys.staff import SIZES, is_good, sign_in

pytestmark = pytest.mark.journey
TITLE = "Fietsparkings aan het jeugdcentrum"
REASON = "De brandweer heeft het plein nodig."


@SIZES
def test_advice_comes_in_and_is_answered_with_a_reason(live: Live, cast: Cast, width: int, height: int) -> None:
    a_signal(a_consultation(cast.mobility), "Mijn fiets staat nergens veilig.")
    ada = sign_in(live, cast.ada, "/desk/decisions/advice", width, height)
    ada.get_by_label("Waarover gaat het advies?").fill(TITLE)
    ada.get_by_label("Binnengekomen op").fill(str(today()))
    ada.get_by_text("Gaat het over signalen die nog wachten?").click()
    ada.get_by_label("Mijn fiets staat nergens veilig.").check()
    is_good(ada)
    ada.get_by_role("button", name="Noteer dit advies").click()
    expect(ada.get_by_role("alert")).to_contain_text("Schrijf wat de jeugdraad adviseert, of voeg het document toe.")
    expect(ada.get_by_label("Mijn fiets staat nergens veilig.")).to_be_checked()
    is_good(ada)
    ada.get_by_label("Wat adviseert de jeugdraad?").fill("Zet veertig fietsbeugels op het plein.")
    ada.get_by_role("button", name="Noteer dit advies").click()
    expect(ada.get_by_role("status")).to_contain_text("Nu is er een antwoord met een reden nodig.")
    is_good(ada)

    ben = sign_in(live, cast.ben, ada.url.removeprefix(live.url), width, height)
    ben.get_by_label("We volgen het advies voor een stuk").check()
    ben.get_by_label("Waarom?").fill(REASON)
    is_good(ben)
    ben.get_by_role("button", name="Noteer dit antwoord").click()
    expect(ben.get_by_role("status")).to_contain_text("Iedereen kan het nu lezen.")
    is_good(ben)

    reader = live.browser_page(width, height)
    reader.goto(f"{live.url}/m/oudenhove/advice")
    for text in (TITLE, "We volgen het advies voor een stuk", REASON):
        expect(reader.locator("main")).to_contain_text(text)
    is_good(reader)


@SIZES
def test_an_advice_becomes_a_signal_and_everybody_reads_where_it_came_from(
    live: Live, cast: Cast, width: int, height: int
) -> None:
    came = {"received_on": today(), "title": TITLE, "text": "Zet veertig fietsbeugels op het plein."}
    about = {"municipality_id": cast.town.id, "department_id": cast.mobility.id, "by_id": cast.ada.id, "at": now()}
    advice = save(Advice(**about, **came))
    ada = sign_in(live, cast.ada, f"/desk/decisions/advice/{advice.id}", width, height)
    ada.get_by_text("Maak er een signaal van").click()
    ada.get_by_label("Wat zeggen kinderen?").fill("Mijn fiets staat nergens veilig.")
    is_good(ada)
    ada.get_by_role("button", name="Maak dit signaal").click()
    expect(ada.get_by_role("main")).to_contain_text("Uit een advies van de jeugdraad van")
    ada.locator("summary", has_text="Advies van de jeugdraad").click()
    expect(ada.get_by_text("Zet veertig fietsbeugels op het plein.")).to_be_visible()
    is_good(ada)
    ada.get_by_role("link", name="Waarop dit steunt").click()
    expect(ada.get_by_role("main")).not_to_contain_text("Eigen woorden")
    is_good(ada)

    reader = live.browser_page(width, height)
    reader.goto(f"{live.url}/m/oudenhove/advice")
    reader.get_by_role("link", name="Mijn fiets staat nergens veilig.").click()
    expect(reader.get_by_role("main")).not_to_contain_text("antwoordden")
    is_good(reader)
    reader.get_by_role("link", name="Uit een advies van de jeugdraad van").click()
    expect(reader.get_by_role("heading", name=TITLE)).to_be_visible()
