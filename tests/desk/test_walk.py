"""Walking through the rooms as staff do: nobody is sent to a closed door, and rooms lead to each other."""

from datetime import timedelta

import pytest

from dialogue.consultations.models import State
from dialogue.duties import services as duties
from dialogue.ledger.services import record
from dialogue.shared.actor import Role
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from tests.builders import (
    Cast,
    a_consultation,
    a_contribution,
    a_decision,
    a_partner,
    a_place,
    a_signal,
    a_staff_member,
)
from tests.pages import Page, Pages

PEOPLE = ("ada", "ben", "cleo", "cora", "sam", "ines")


def menu(page: Page) -> list[str]:
    (nav,) = page.all("nav", **{"aria-label": "Menu"})
    return ["".join(link.itertext()).strip() for link in nav.iter("a")]


def titles(page: Page) -> list[str]:
    lists = [ul for ul in page.all("ul") if "todo" in str(ul.get("class"))]
    return ["".join(title.itertext()) for ul in lists for title in ul.iter("strong")]


@pytest.mark.parametrize("name", PEOPLE)
def test_no_link_leads_to_a_door_that_is_closed(cast: Cast, pages: Pages, name: str) -> None:
    a_place(cast.town)
    a_partner(cast.town)
    signal = a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")
    a_decision(signal, cast.ben)
    a_consultation(cast.youth, "Spelen", state=State.DRAFT)
    person = pages.as_(getattr(cast, name))
    to_do, seen = ["/desk"], {"/desk"}
    while to_do:
        address = to_do.pop()
        response = person.client.get(address)
        assert response.status_code < 400, address
        if response.mimetype != "text/html" or response.status_code >= 300:
            continue
        new = {link for link in person.get(address).links() if link.startswith("/desk") and "#" not in link} - seen
        seen |= new
        to_do += new
    assert len(seen) > 3


def test_who_has_no_part_in_the_thread_sees_no_rooms_of_it(cast: Cast, pages: Pages) -> None:
    assert menu(pages.as_(cast.sam).get("/desk")) == ["Vandaag", "Zorgen van kinderen", "Plaatsen en QR-codes"]
    assert "Beslissen" in menu(pages.as_(cast.ben).get("/desk"))
    assert "Terugkoppelen" in menu(pages.as_(cast.cora).get("/desk"))


def test_an_administrator_reads_who_makes_a_consultation(cast: Cast, pages: Pages) -> None:
    for address in ("/desk", "/desk/consultations"):
        page = pages.as_(cast.ines).get(address)
        assert "Een bevraging maken doet een opsteller van een dienst." in page.text
        assert "/desk/team" in page.links()


def test_an_administrator_is_led_to_the_first_steps_until_they_are_taken(cast: Cast, pages: Pages) -> None:
    ines = pages.as_(cast.ines)
    assert "/desk/first-steps" in ines.get("/desk").links()
    a_place(cast.town)
    a_consultation(cast.mobility)
    with writing():
        record("test", "municipality.changed", f"municipality:{cast.town.id}")
    assert "Alle stappen zijn gezet." in ines.get("/desk/first-steps").text
    assert "/desk/first-steps" not in ines.get("/desk").links()
    assert "/desk/first-steps" not in pages.as_(cast.ada).get("/desk").links()


def test_a_long_list_of_what_waits_begins_with_the_first_eight(cast: Cast, pages: Pages) -> None:
    with writing():
        for number in range(1, 11):
            owed = today() - timedelta(days=number)
            place = {"municipality_id": cast.town.id, "department_id": cast.mobility.id}
            duties.owe("test", "feedback", f"wave:{number}", subject=f"Belofte {number}", due=owed, **place)
    page = pages.as_(cast.cora).get("/desk")
    (more,) = [details for details in page.all("details") if "Toon nog 2 dingen" in "".join(details.itertext())]
    assert "10 dingen wachten op jou." in page.text
    assert "Belofte 1" in "".join(more.itertext())
    assert "Belofte 10" not in "".join(more.itertext())


def test_reading_waits_only_for_who_reads_and_drafts_only_for_who_makes(cast: Cast, pages: Pages) -> None:
    a_contribution(a_consultation(cast.mobility))
    a_consultation(cast.mobility, "Het park", state=State.DRAFT)
    maker = a_staff_member(cast.town, "Mo Maker", (Role.MAKER, cast.mobility))
    reader = a_staff_member(cast.town, "Lu Lezer", (Role.READER, cast.mobility))
    assert titles(pages.as_(maker).get("/desk")) == ["Bevraging klaarmaken"]
    assert titles(pages.as_(reader).get("/desk")) == ["1 antwoord lezen"]
    assert titles(pages.as_(cast.cora).get("/desk")) == ["1 antwoord lezen"]
    assert titles(pages.as_(cast.ben).get("/desk")) == []


def test_a_consultation_leads_to_its_own_signals_and_decisions(cast: Cast, pages: Pages) -> None:
    school, park = a_consultation(cast.mobility), a_consultation(cast.mobility, "Het park")
    a_decision(a_signal(school, "Ik durf niet oversteken."), cast.ben, what="Een zebrapad.")
    a_decision(a_signal(park, "Meer bomen."), cast.ben, what="Tien bomen.")
    ada = pages.as_(cast.ada)
    links = ada.get(f"/desk/consultations/{school.id}").links()
    for room, said in (("signals", "Ik durf niet oversteken."), ("decisions", "Een zebrapad.")):
        address = f"/desk/{room}?consultation={school.id}"
        assert address in links
        text = ada.get(address).text
        assert said in text
        assert "bomen" not in text


def test_signals_and_decisions_of_a_consultation_of_others_are_not_found(cast: Cast, pages: Pages) -> None:
    school = a_consultation(cast.mobility)
    for room in ("signals", "decisions"):
        pages.as_(cast.cleo).get(f"/desk/{room}?consultation={school.id}", status=404)
        pages.as_(cast.cleo).get(f"/desk/{room}?consultation=987654", status=404)


def test_a_decision_leads_to_the_message_for_who_may_write_it(cast: Cast, pages: Pages) -> None:
    signal = a_signal(a_consultation(cast.mobility))
    decision = a_decision(signal, cast.ben)
    message = f"/desk/messages/{decision.id}"
    assert message in pages.as_(cast.ada).get(f"/desk/decisions/signal/{signal.id}").links()
    assert message not in pages.as_(cast.ben).get(f"/desk/decisions/signal/{signal.id}").links()


def test_places_show_buttons_only_to_who_may_press_them(cast: Cast, pages: Pages) -> None:
    place = a_place(cast.town)
    for address in ("/desk/places", f"/desk/places/{place.id}"):
        assert "Pas aan" not in (text := pages.as_(cast.ben).get(address).text)
        assert "Nieuwe" not in text
        assert "Deze plaats niet meer gebruiken" not in text
    assert "Deze plaats niet meer gebruiken" in pages.as_(cast.ada).get(f"/desk/places/{place.id}").text


def test_a_table_says_its_columns_again_where_it_becomes_a_list(cast: Cast, pages: Pages) -> None:
    a_consultation(cast.mobility)
    for address in ("/desk", "/desk/consultations"):
        (table,) = pages.as_(cast.ada).get(address).all("table", class_="rows")
        assert "Beloofd" in [cell.get("data-label") for cell in table.iter("td")]


def test_a_closed_door_says_whom_to_ask(cast: Cast, pages: Pages) -> None:
    page = pages.as_(cast.ada).get("/desk/team", status=403)
    assert "Vraag je beheerder om de juiste rol." in page.text
