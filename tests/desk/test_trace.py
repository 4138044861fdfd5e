"""The trace: from anything to all it hangs together with, for whoever may know of it."""

from datetime import timedelta

import pytest

from dialogue.answering.models import Contribution, Reading
from dialogue.decisions.models import Decision, Measure
from dialogue.shared.clock import today
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_contribution, a_decision, a_signal, save
from tests.desk.test_unanswered import queries
from tests.feedback.telling import a_message
from tests.pages import Page, Pages

Chain = tuple[Contribution, Signal, Decision, Measure]


@pytest.fixture
def chain(cast: Cast) -> Chain:
    """Words and a ticked answer, a signal, a decision, a measure and a message."""
    asked = a_consultation(cast.mobility)
    words = a_contribution(asked, "Te snel aan de poort.", reading=Reading.CODED)
    signal = a_signal(asked, "De auto's rijden te snel.", words)
    decision = a_decision(signal, cast.ben)
    due = today() + timedelta(days=9)
    shared = {"department_id": cast.mobility.id, "owner_id": cast.ada.id, "due": due}
    measure = save(Measure(decision_id=decision.id, title="Paaltjes plaatsen", **shared))
    a_message(cast, decision)
    return words, signal, decision, measure


def ways(chain: Chain) -> list[str]:
    words, signal, decision, measure = chain
    answer = f"answer/{signal.wave_id}/B/q1/a"
    objects = (f"signal/{signal.id}", f"decision/{decision.id}", f"measure/{measure.id}")
    return [f"/desk/trace/{way}" for way in (f"words/{words.key.hex()}", answer, *objects)]


def is_whole(page: Page) -> bool:
    parts = ("Naar school", "Heel onveilig", "De auto's rijden te snel.", "In de Kerkstraat rijdt de bus.")
    return all(part in page.text for part in (*parts, "Paaltjes plaatsen", "Bericht van", "Beantwoord"))


def test_every_way_in_leads_to_the_whole_thread(cast: Cast, pages: Pages, chain: Chain) -> None:
    ada = pages.as_(cast.ada)
    for way in ways(chain):
        assert is_whole(ada.get(way)), way


def test_every_page_of_the_thread_leads_to_its_trace(cast: Cast, pages: Pages, chain: Chain) -> None:
    ada, (_words, signal, decision, measure) = pages.as_(cast.ada), chain
    traces = dict(zip(("words", "answer", "signal", "decision", "measure"), ways(chain), strict=True))
    for address, way in (
        (f"/desk/signals/read/{signal.wave_id}?state=coded", "words"),
        (f"/desk/signals/{signal.id}", "signal"),
        (f"/desk/decisions/signal/{signal.id}", "signal"),
        (f"/desk/measures/{measure.id}", "measure"),
        (f"/desk/messages/{decision.id}", "decision"),
    ):
        assert traces[way] in ada.get(address).links(), address


def test_who_may_not_know_of_it_finds_nothing(cast: Cast, pages: Pages, chain: Chain) -> None:
    for person in (cast.cleo, cast.odette):
        stranger = pages.as_(person)
        for way in ways(chain):
            stranger.get(way, status=404)
    pages.as_(cast.ben).get(ways(chain)[0], status=403)  # decides, but does not read words
    pages.as_(cast.ada).get("/desk/trace/words/nonsense", status=404)
    pages.as_(cast.ada).get(f"/desk/trace/answer/{chain[1].wave_id}/X/q1/a", status=404)


def test_words_with_the_safeguarding_contact_have_no_trace(cast: Cast, pages: Pages) -> None:
    words = a_contribution(a_consultation(cast.mobility), "Help", reading=Reading.CONCERN)
    pages.as_(cast.cora).get(f"/desk/trace/words/{words.key.hex()}", status=404)


def test_a_corrected_decision_stays_in_the_trace(cast: Cast, pages: Pages, chain: Chain) -> None:
    _words, signal, decision, _measure = chain
    a_decision(signal, cast.ben, reason="De bus rijdt daar niet meer.", corrects_id=decision.id)
    text = pages.as_(cast.ada).get(ways(chain)[2]).text
    assert "verbeterdIn de Kerkstraat" in text.replace("verbeterd In", "verbeterdIn")
    assert "De bus rijdt daar niet meer." in text
    assert "Niet terugverteld" in text  # what holds now was not told


def test_more_decisions_cost_no_more_queries(cast: Cast, pages: Pages, chain: Chain) -> None:
    ada, (_words, signal, decision, _measure) = pages.as_(cast.ada), chain
    few = queries(lambda: ada.get(ways(chain)[2]))
    for _ in range(4):
        decision = a_decision(signal, cast.ben, corrects_id=decision.id)
    assert queries(lambda: ada.get(ways(chain)[2])) <= few <= 30
