"""Finding a signal, a decision or a measure among many: by words, and with the rest one tap away."""

from datetime import timedelta

from dialogue.decisions import measure_services
from dialogue.decisions.models import Decision
from dialogue.decisions.note_models import CollegeNote, NoteLine
from dialogue.decisions.note_queries import LISTED
from dialogue.decisions.routes import FIRST
from dialogue.shared.clock import now, today
from dialogue.shared.database import writing
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of, save
from tests.pages import Page, Pages

DECISIONS, MEASURES, NOTES = "/desk/decisions", "/desk/measures", "/desk/decisions/notes"


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


def a_note(cast: Cast, signal: Signal, title: str) -> CollegeNote:
    """A note that the college decided on."""
    note = CollegeNote(municipality_id=cast.town.id, title=title, meets_on=today(), made_by_id=cast.cora.id)
    note.made_at, note.settled_at, note.agenda_point = now(), now(), "12"
    note.lines.append(NoteLine(signal_id=signal.id))
    return save(note)


def test_all_notes_are_reached_and_those_of_others_take_no_room(cast: Cast, pages: Pages) -> None:
    ours, theirs = a_signal(a_consultation(cast.mobility)), a_signal(a_consultation(cast.youth))
    for number in range(LISTED + 2):
        a_note(cast, ours, f"Nota {number:02}")
    for _number in range(LISTED + 2):
        a_note(cast, theirs, "Van jeugd")
    ada = pages.as_(cast.ada)
    first = ada.get(NOTES)
    [older] = [link for link in first.links() if "before=" in link]
    last = ada.get(older)
    names = [[f"Nota {number:02}" in page.text for number in range(LISTED + 2)] for page in (first, last)]
    assert names == [[False] * 2 + [True] * LISTED, [True] * 2 + [False] * LISTED]
    assert not any("before=" in link for link in last.links())
    assert "Van jeugd" not in first.text
