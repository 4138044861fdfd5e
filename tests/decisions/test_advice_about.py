"""Advice about a signal stands with the signal: for who decides, in the note to the college, and for everybody."""

import pytest

from dialogue.decisions import services
from dialogue.decisions.models import Outcome
from dialogue.shared.database import writing
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_signal, actor_of
from tests.decisions.advices import receive, reply, the_advice
from tests.decisions.test_notes import document, make, text_of
from tests.pages import Pages

SCREENS = ("/desk/decisions/mine?signal={}", "/desk/decisions/signal/{}", "/desk/decisions/signal/{}/decide")


@pytest.fixture
def signal(cast: Cast, pages: Pages) -> Signal:
    """A signal of mobility, about which the youth council gave advice that youth answers."""
    signal = a_signal(a_consultation(cast.mobility), "De bus rijdt niet 's nachts.")
    receive(pages.as_(cast.cora), cast, signals=[signal.id])
    return signal


@pytest.mark.parametrize("screen", SCREENS)
def test_who_decides_reads_the_advice_and_its_answer(cast: Cast, pages: Pages, signal: Signal, screen: str) -> None:
    ben, at = pages.as_(cast.ben), screen.format(signal.id)
    assert "Advies van de jeugdraad: Meer fuiven Laat ons langer fuiven." in ben.get(at).text
    reply(pages.as_(cast.cleo))
    assert "We volgen het advies. Omdat:" in ben.get(at).text
    other = a_signal(signal.consultation, "De stoep is smal.")
    assert "Meer fuiven" not in ben.get(screen.format(other.id)).text


def test_only_who_may_answer_it_is_led_to_where_that_is_done(cast: Cast, pages: Pages, signal: Signal) -> None:
    at, door = SCREENS[1].format(signal.id), f"/desk/decisions/advice/{the_advice().id}"
    assert door in pages.as_(cast.cora).get(at).links()
    assert door not in pages.as_(cast.ben).get(at).links()


def test_the_college_reads_the_advice_in_the_note(cast: Cast, pages: Pages, signal: Signal) -> None:
    cora = pages.as_(cast.cora)
    with writing():
        services.propose(actor_of(cast.ada), signal, Outcome.NOT_ADOPTED, "Er komt geen nachtbus.", "Te duur.")
    make(cora, signal)
    before = text_of(document(cora))
    assert "Advies van de jeugdraad: Meer fuiven (binnengekomen op" in before
    assert "Laat ons langer fuiven." in before
    reply(pages.as_(cast.cleo))
    assert "We volgen het advies. Omdat:" in text_of(document(cora))


def test_the_signal_leads_to_the_advice_for_everybody_and_in_its_trace(
    cast: Cast, pages: Pages, signal: Signal
) -> None:
    number = the_advice().id
    assert f"/m/oudenhove/advice#advice-{number}" in pages.get(f"/m/oudenhove/signal/{signal.id}").links()
    trace = f"/desk/trace/signal/{signal.id}"
    assert f"/desk/decisions/advice/{number}" in pages.as_(cast.cora).get(trace).links()
    assert "Advies van de jeugdraad: Meer fuiven" in pages.as_(cast.ada).get(trace).text
