"""What everybody sees of measures: how far they are, who helps and what they cost; in a fixed number of queries."""

from datetime import timedelta

import pytest

from dialogue.decisions.carrying import Means, MeasureStep
from dialogue.decisions.models import Measure, MeasureState, Proof
from dialogue.decisions.turn_models import ReadBy
from dialogue.shared.clock import now, today
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_decision, a_partner, a_signal, change, save
from tests.feedback.test_public import WHAT, queries_of
from tests.pages import Pages

MOST_QUERIES = 88  # of which most count what stands on the twelve cards of a page


def a_measure(cast: Cast, signal: Signal, *steps: bool) -> Measure:
    """A measure with one step for each of `steps`, done or not, and all it needs."""
    decision = a_decision(signal, cast.ben)
    due = today() + timedelta(days=30)
    measure = save(
        Measure(decision_id=decision.id, department_id=cast.mobility.id, owner_id=cast.ada.id, title="Zebra", due=due)
    )
    for number, done in enumerate(steps):
        who = {"done_on": today(), "done_by_id": cast.ada.id} if done else {}
        save(MeasureStep(measure_id=measure.id, what=f"Stap {number}", due=due, **who))
    return measure


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")


def the_pages(signal: Signal) -> tuple[str, str, str]:
    return "/m/oudenhove", WHAT, f"/m/oudenhove/signal/{signal.id}"


def test_everybody_sees_how_far_a_measure_is_who_helps_and_what_it_costs(
    pages: Pages, cast: Cast, signal: Signal
) -> None:
    measure = a_measure(cast, signal, True, True, False)
    money = {"budget_cents": 1_200_000, "budget_about": True, "budget_note": "verf en borden"}
    save(Means(measure_id=measure.id, partner_id=a_partner(cast.town).id, plan_codes=["AP-1"], **money))
    for path in the_pages(signal):
        text = pages.get(path).text.replace("\N{NO-BREAK SPACE}", " ")
        for words in ("2 van 3 stappen klaar", "Helpt mee: Scholengroep Zuid", "Kost: ± € 12.000 (verf en borden)"):
            assert words in text
        assert cast.ada.name not in text
    assert "Stap 2 tegen" in pages.get(the_pages(signal)[2]).text


def test_what_a_person_says_of_it_is_shown_as_that(pages: Pages, cast: Cast, signal: Signal) -> None:
    measure = a_measure(cast, signal, True)
    save(Means(measure_id=measure.id, plan_codes=[], stated=40, stated_by_id=cast.ada.id, stated_on=today()))
    for path in the_pages(signal):
        assert "40 % klaar, zegt wie ervoor zorgt" in pages.get(path).text


def test_what_is_done_is_no_longer_under_way(pages: Pages, cast: Cast, signal: Signal) -> None:
    measure = a_measure(cast, signal, True, False)
    change(measure, state=MeasureState.DONE, done_on=today())
    assert "stappen klaar" not in pages.get(the_pages(signal)[2]).text


def test_the_page_for_everybody_asks_no_more_queries_with_more_signals(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)

    def more(count: int) -> None:
        for number in range(count):
            signal = a_signal(consultation, f"Signaal {number}")
            measure = a_measure(cast, signal, True, False)
            save(Proof(measure_id=measure.id, title="Foto", seen_on=today(), added_by_id=cast.ada.id))
            save(ReadBy(signal_id=signal.id, staff_member_id=cast.ben.id, as_who="schepen", at=now()))

    more(14)
    few = queries_of(pages)
    more(20)
    assert queries_of(pages) == few <= MOST_QUERIES


def test_who_read_a_signal_stands_with_that_signal_only(pages: Pages, cast: Cast, signal: Signal) -> None:
    other = a_signal(signal.consultation, "Er is geen licht.")
    save(ReadBy(signal_id=signal.id, staff_member_id=cast.ben.id, as_who="schepen van Mobiliteit", at=now()))
    assert "Gelezen door: schepen van Mobiliteit" in pages.get(f"/m/oudenhove/signal/{signal.id}").text
    assert "Gelezen door" not in pages.get(f"/m/oudenhove/signal/{other.id}").text
