"""What cannot be done on the screens of proposing and deciding: a clear sentence, and what was typed stays."""

from datetime import timedelta

import pytest

from dialogue.decisions import reshaping
from dialogue.decisions.models import Decision, Outcome, Proposal
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of
from tests.decisions.test_turn import ALONE, ANSWER, count
from tests.pages import Page, Pages

NOTED = ALONE | {"body": "college", "decided_on": today().isoformat()}
SCREENS = {
    "/desk/decisions/mine/{}/bring": ANSWER,
    "/desk/decisions/mine/{}/decide": ALONE,
    "/desk/decisions/signal/{}/decide": NOTED,
    "/desk/decisions/signal/{}/propose": ANSWER,
}
MERGED, WITHDRAWN = "Dit signaal werd samengevoegd", "Dit signaal werd ingetrokken"


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")


@pytest.fixture
def other(signal: Signal) -> Signal:
    return a_signal(signal.consultation, "De stoep is smal.")


def end(cast: Cast, signal: Signal, other: Signal, how: str) -> None:
    with writing():
        if how == MERGED:
            reshaping.merge(actor_of(cast.cora), [signal], other, "Het gaat over hetzelfde.")
        else:
            reshaping.withdraw(actor_of(cast.cora), signal, "Dit was een test.")


@pytest.mark.parametrize("how", [MERGED, WITHDRAWN])
@pytest.mark.parametrize("screen", list(SCREENS))
def test_a_signal_that_ended_meanwhile_is_named_and_what_was_typed_stays(
    cast: Cast, signal: Signal, other: Signal, pages: Pages, screen: str, how: str
) -> None:
    end(cast, signal, other, how)
    page = pages.as_(cast.ben).post(screen.format(signal.id), SCREENS[screen], status=422)
    assert how in page.text
    assert "Een zebrapad." in page.html
    assert "Een brug is te duur." in page.html
    assert (count(Proposal), count(Decision)) == (0, 0)


@pytest.mark.parametrize("screen", list(SCREENS)[:3])
def test_a_ticked_signal_that_ended_meanwhile_stops_all_of_it(
    cast: Cast, signal: Signal, other: Signal, pages: Pages, screen: str
) -> None:
    end(cast, other, signal, WITHDRAWN)
    page = pages.as_(cast.ben).post(screen.format(signal.id), SCREENS[screen] | {"signals": other.id}, status=422)
    assert WITHDRAWN in page.text
    assert "Een zebrapad." in page.html
    assert (count(Proposal), count(Decision)) == (0, 0)


def test_a_day_to_come_is_refused_where_a_day_is_typed(cast: Cast, signal: Signal, pages: Pages) -> None:
    ben, tomorrow = pages.as_(cast.ben), (today() + timedelta(days=1)).isoformat()
    address = f"/desk/decisions/signal/{signal.id}/decide"
    page = ben.post(address, NOTED | {"decided_on": tomorrow}, status=422)
    assert "Deze dag moet nog komen" in page.text
    assert page.all("input", name="decided_on", value=tomorrow)
    old = a_decision(signal, cast.ben)
    page = ben.post(f"/desk/decisions/{old.id}/correct", NOTED | {"decided_on": tomorrow}, status=422)
    assert "Deze dag moet nog komen" in page.text
    assert "Een zebrapad." in page.html
    assert count(Decision) == 1


@pytest.mark.parametrize("screen", [*SCREENS, "/desk/decisions/{}/correct"])
def test_without_a_reason_nothing_is_kept(cast: Cast, signal: Signal, pages: Pages, screen: str) -> None:
    corrects = "correct" in screen
    about = a_decision(signal, cast.ben, Outcome.NOT_ADOPTED).id if corrects else signal.id
    page = pages.as_(cast.ben).post(screen.format(about), SCREENS.get(screen, NOTED) | {"reason": " "}, status=422)
    assert page.all("textarea", name="reason", aria_invalid="true")
    assert "Een zebrapad." in page.html
    assert (count(Proposal), count(Decision)) == (0, int(corrects))


@pytest.mark.parametrize("screen", ["/desk/decisions/mine/{}/decide", "/desk/decisions/signal/{}/decide"])
def test_a_ticked_signal_that_somebody_decided_meanwhile_is_named_and_decided_on_purpose_only(
    cast: Cast, signal: Signal, other: Signal, pages: Pages, screen: str
) -> None:
    ben, address = pages.as_(cast.ben), screen.format(signal.id)
    opened = ben.get(
        address.removesuffix(f"/{signal.id}/decide") + f"?signal={signal.id}" if "mine" in address else address
    )
    a_decision(other, cast.cora, Outcome.NOT_ADOPTED)
    sent = SCREENS[screen] | {"signals": other.id}
    page = ben.post(address, sent | {"newest": newest(opened)}, status=422)
    assert "Iemand noteerde intussen al een besluit over “De stoep is smal.”." in page.text
    assert "Een zebrapad." in page.html
    assert count(Decision) == 1
    ben.post(address, sent, status=422)
    ben.post(address, sent | {"newest": newest(page)})
    assert count(Decision) == 2


def newest(page: Page) -> str:
    """The newest decision there was when this page was made."""
    return page.all("input", name="newest")[0].get("value") or ""


def test_who_corrects_second_reads_so_and_keeps_the_text(cast: Cast, signal: Signal, pages: Pages) -> None:
    old = a_decision(signal, cast.ben)
    address = f"/desk/decisions/{old.id}/correct"
    pages.as_(cast.cora).post(address, NOTED | {"what": "Een brug."})
    page = pages.as_(cast.ben).post(address, NOTED, status=422)
    assert "Dit besluit is al verbeterd" in page.text
    assert "Een zebrapad." in page.html
    assert count(Decision) == 2


def test_who_proposes_second_reads_so_and_keeps_the_text(cast: Cast, signal: Signal, pages: Pages) -> None:
    address = f"/desk/decisions/signal/{signal.id}/propose"
    pages.as_(cast.cora).post(address, ANSWER | {"what": "Een brug."})
    page = pages.as_(cast.ada).post(address, ANSWER, status=422)
    assert "Er ligt al een voorstel van Mobiliteit" in page.text
    assert "Een zebrapad." in page.html
    assert count(Proposal) == 1
