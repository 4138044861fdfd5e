"""Finding a signal, a decision or a measure among many: by words, and with the rest one tap away."""

from datetime import timedelta

from dialogue.decisions import measure_services
from dialogue.decisions.models import Decision
from dialogue.decisions.routes import FIRST
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of
from tests.pages import Page, Pages

DECISIONS, MEASURES = "/desk/decisions", "/desk/measures"


def listed(page: Page) -> str:
    """What the lists of a page say, without what is folded."""
    folded = [one for part in page.all("details") for one in part.iter("li")]
    return " ".join("".join(one.itertext()) for one in page.all("li") if one not in folded)


def a_measure(cast: Cast, decision: Decision, title: str, *, ends: str = "") -> None:
    ada = actor_of(cast.ada)
    with writing():
        measure = measure_services.plan(ada, decision, title, cast.ada.id, today() + timedelta(days=9))
        if ends == "dropped":
            measure_services.drop(ada, measure, "Te duur.")
        elif ends:
            measure_services.finish(ada, measure, today())
        if ends == "proven":
            measure_services.prove(ada, measure, "Verslag", "", today())


def test_signals_that_wait_and_decisions_are_found_by_words(cast: Cast, pages: Pages) -> None:
    ada, consultation = pages.as_(cast.ada), a_consultation(cast.mobility)
    a_signal(consultation, "De bus komt te laat.")
    a_signal(consultation, "De stoep is smal.")
    a_decision(a_signal(consultation, "De bus is vol."), cast.ben)
    page = ada.get(f"{DECISIONS}?find=BUS")
    assert "De bus komt te laat." in page.text
    assert "De bus is vol." in page.text
    assert "De stoep is smal." not in page.text
    assert page.all("input", name="find", value="BUS")
    assert "Geen signaal met deze woorden" in ada.get(f"{DECISIONS}?find=bus stoep").text
    assert "De bus" not in pages.as_(cast.cleo).get(f"{DECISIONS}?find=bus").text


def test_of_many_that_wait_the_most_urgent_are_seen_first(cast: Cast, pages: Pages) -> None:
    consultation = a_consultation(cast.mobility)
    signals = [a_signal(consultation, f"Signaal {number:02}.") for number in range(FIRST + 3)]
    page = pages.as_(cast.ada).get(DECISIONS)
    shown = listed(page)
    assert [f"{number:02}" for number in range(FIRST + 3) if f"Signaal {number:02}." in shown] == [
        f"{number:02}" for number in range(FIRST)
    ]
    assert "Toon nog 3 dingen" in page.text
    assert all(f"/desk/decisions/signal/{one.id}" in page.links() for one in signals)


def test_measures_that_are_over_are_folded_and_all_are_found_by_words(cast: Cast, pages: Pages) -> None:
    decision = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben)
    for title, ends in (("Borden", ""), ("Drempel", "done"), ("Zebrapad", "proven"), ("Brug", "dropped")):
        a_measure(cast, decision, title, ends=ends)
    ada = pages.as_(cast.ada)
    page = ada.get(MEASURES)
    seen = listed(page)
    assert [title for title in ("Borden", "Drempel", "Zebrapad", "Brug") if title in seen] == ["Borden", "Drempel"]
    assert "2 maatregelen zijn voorbij" in page.text
    found = ada.get(f"{MEASURES}?find=zebrapad").text
    assert "Zebrapad" in found
    assert "Borden" not in found
    assert "Geen maatregel met deze woorden" in ada.get(f"{MEASURES}?find=tunnel").text
