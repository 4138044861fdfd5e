"""The public pages: everything that was said, also what was refused or waits; nothing of a visitor."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from dialogue.consultations.models import Consultation
from dialogue.decisions.models import Outcome
from dialogue.duties.services import owe
from dialogue.feedback.stories import PAGE
from dialogue.ledger.queries import head
from dialogue.results.models import Tally
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_decision, a_place, a_signal, change, responses, save
from tests.pages import Pages

WHAT = "/m/oudenhove/what-happened"


def a_late_signal(cast: Cast, consultation: Consultation, title: str) -> Signal:
    signal = a_signal(consultation, title)
    with writing():
        owe(
            "system",
            "decision",
            f"signal:{signal.id}",
            municipality_id=cast.town.id,
            department_id=cast.mobility.id,
            subject=title,
            due=today() - timedelta(days=7),
        )
    return signal


def test_the_town_says_what_it_asks_now(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, "Naar school")
    page = pages.get("/m/oudenhove")
    assert "Naar school" in page.text
    assert f"/c/{consultation.code}" in page.links()


def test_a_town_without_anything_has_good_pages_too(pages: Pages, cast: Cast) -> None:
    assert "Er is nog niets beslist" in pages.get("/m/oudenhove").text
    assert "nog geen signalen" in pages.get(WHAT).text


def test_a_no_and_a_late_one_stand_there_as_plainly_as_a_yes(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    a_decision(a_signal(consultation, "Er is geen licht."), cast.ben, Outcome.NOT_ADOPTED, reason="Er is geen geld.")
    a_decision(a_signal(consultation, "De bus is te duur."), cast.ben, Outcome.ADOPTED, reason="Dat is eerlijk.")
    a_late_signal(cast, consultation, "De stoep is te smal.")
    text = pages.get(WHAT).text
    for words in ("Er is geen licht.", "Er is geen geld.", "Nee, met reden", "Dat is eerlijk.", "1 belofte is te laat"):
        assert words in text
    late = text[text.index("Te laat: welke en waarom") :]
    assert "De stoep is te smal." in late
    assert "De dienst deed nog geen voorstel" in late


def test_the_bar_names_every_part_with_its_number_and_definition(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    for outcome in (Outcome.NOT_ADOPTED, Outcome.PARTLY, Outcome.CARRIED_OUT):
        a_decision(a_signal(consultation, f"{outcome}."), cast.ben, outcome)
    a_signal(consultation, "Wacht.")
    text = pages.get(WHAT).text
    for words in ("4 signalen", "1 uitgevoerd", "1 beslist: ja", "1 nee, met reden", "0 in onderzoek", "1 wacht nog"):
        assert words in text
    assert "De gemeente zei nee, en zegt waarom." in text


def test_a_filter_shows_one_part(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    a_decision(a_signal(consultation, "Een ja."), cast.ben, Outcome.ADOPTED)
    a_decision(a_signal(consultation, "Een nee."), cast.ben, Outcome.NOT_ADOPTED)
    text = pages.get(f"{WHAT}?part=no").text
    assert "Een nee." in text
    assert "Een ja." not in text


def test_older_signals_are_one_link_away(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    for number in range(PAGE + 1):
        a_signal(consultation, f"Signaal nummer {number:02}.")
    page = pages.get(WHAT)
    assert "nummer 00" not in page.text
    [older] = [link for link in page.links() if "before=" in link]
    assert "nummer 00" in pages.get(older).text


def test_another_school_year_is_another_page(pages: Pages, cast: Cast) -> None:
    a_signal(a_consultation(cast.mobility), "Dit jaar.")
    assert "Dit jaar." not in pages.get(f"{WHAT}?year=2019").text


@pytest.mark.parametrize("odd", ["year=-1", f"year={10**20}", f"before={10**20}", "part=x", "lang=xx"])
def test_odd_addresses_are_answered(pages: Pages, cast: Cast, odd: str) -> None:
    a_signal(a_consultation(cast.mobility))
    pages.get(f"{WHAT}?{odd}")


def test_a_signal_has_a_page_with_its_thread(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    save(Tally(wave_id=consultation.waves[0].id, band=Band.B, place_id=0, item="", option="", count=183))
    signal = a_signal(consultation)
    a_decision(signal, cast.ben, document_uri="https://besluiten.example/12", document_title="Besluit 12")
    page = pages.get(f"/m/oudenhove/signal/{signal.id}")
    for words in (
        "Hoe veilig of onveilig is je weg naar school?",
        "Ongeveer 185 kinderen",
        "Ja, voor een stuk",
        "het college",
    ):
        assert words in page.text
    assert "https://besluiten.example/12" in page.links()


def test_fewer_than_ten_answers_are_not_counted_aloud(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    save(Tally(wave_id=consultation.waves[0].id, band=Band.B, place_id=0, item="", option="", count=7))
    assert "Kinderen en jongeren antwoordden." in pages.get(f"/m/oudenhove/signal/{a_signal(consultation).id}").text


def test_nothing_of_another_town_is_found(pages: Pages, cast: Cast) -> None:
    signal, place = a_signal(a_consultation(cast.mobility)), a_place(cast.town)
    for path in (
        f"/m/elders/signal/{signal.id}",
        f"/m/elders/p/{place.code}",
        "/m/nergens",
        f"/m/oudenhove/signal/{10**20}",
    ):
        assert pages.client.get(path).status_code == 404


def test_the_seal_of_the_record_is_public(pages: Pages, cast: Cast) -> None:
    a_late_signal(cast, a_consultation(cast.mobility), "x")
    assert head() in pages.get("/m/oudenhove/record").text


def test_a_place_shows_the_rounds_it_took_part_in_once_there_were_ten(pages: Pages, cast: Cast) -> None:
    place, here, there = a_place(cast.town), a_consultation(cast.mobility), a_consultation(cast.youth)
    a_signal(here, "Hier gezegd."), a_signal(there, "Elders gezegd.")
    tally: dict[str, Any] = {"wave_id": here.waves[0].id, "place_id": place.id, "item": "", "option": ""}
    row = save(Tally(**tally, band=Band.B, count=9))
    assert "Elders gezegd." in pages.get(f"/m/oudenhove/p/{place.code}").text
    change(row, count=10)
    text = pages.get(f"/m/oudenhove/p/{place.code}").text
    assert "Hier gezegd." in text
    assert "Elders gezegd." not in text


def test_english_stays_from_page_to_page(pages: Pages, cast: Cast) -> None:
    page = pages.get("/m/oudenhove?lang=en")
    assert page.root.get("lang") == "en"
    assert f"{WHAT}?lang=en" in page.links()


def test_an_example_says_so(pages: Pages, cast: Cast) -> None:
    change(cast.town, is_example=True)
    assert "deze gemeente bestaat niet echt" in pages.get("/m/oudenhove").text


def test_visitors_get_no_cookie_and_no_referrer(pages: Pages, cast: Cast) -> None:
    signal, place = a_signal(a_consultation(cast.mobility)), a_place(cast.town)
    paths = (
        "/m/oudenhove",
        WHAT,
        f"/m/oudenhove/signal/{signal.id}",
        "/m/oudenhove/record",
        f"/m/oudenhove/p/{place.code}",
    )
    for path in paths:
        headers = pages.get(path).response.headers
        assert "Set-Cookie" not in headers
        assert headers["Referrer-Policy"] == "no-referrer"


def test_more_answers_ask_no_more_queries(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    a_decision(a_signal(consultation), cast.ben)
    few = queries_of(pages)
    responses(consultation, 60)
    assert queries_of(pages) == few


def queries_of(pages: Pages) -> int:
    asked: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    pages.get(WHAT)
    event.remove(db.engine, "before_cursor_execute", listen)
    return len(asked)


def test_an_answer_that_had_to_be_looked_at_again_is_late_for_everybody_too(pages: Pages, cast: Cast) -> None:
    owed = {"municipality_id": cast.town.id, "department_id": cast.mobility.id, "subject": "De stoep is te smal."}
    with writing():
        owe("system", "review", "review:1", due=today() - timedelta(days=7), **owed)
    assert "Opnieuw kijken: de meeste kinderen zeiden nee: “De stoep is te smal.”" in pages.get(WHAT).text
