"""What signals of a note cost, typed by two people at the same time: nothing is lost unseen."""

from typing import Any

import pytest

from dialogue.signals.models import Signal
from tests.builders import Cast, a_signal
from tests.decisions.heard import a_heard_signal
from tests.decisions.test_notes import NOTES, make, proposed, the_note
from tests.pages import Page, Pages


@pytest.fixture
def two(cast: Cast, pages: Pages) -> tuple[Signal, Signal]:
    """Two signals in one note."""
    first = proposed(cast, a_heard_signal(cast.mobility))
    second = proposed(cast, a_signal(first.consultation, "De bus komt niet."), "Een bus.")
    make(pages.as_(cast.ada), first, second)
    return first, second


def fields(page: Page) -> dict[str, str]:
    """What the form on this page would send as it is."""
    return {
        str(one.get("name")): one.get("value") or "" for one in page.all("input") if "signal-" in one.get("name", "")
    }


def costs() -> list[Any]:
    return [(line.budget, line.plan_codes) for line in the_note().lines]


def test_who_types_beside_another_loses_nothing(cast: Cast, two: tuple[Signal, Signal], pages: Pages) -> None:
    at, ada, cora = f"{NOTES}/{the_note().id}", pages.as_(cast.ada), pages.as_(cast.cora)
    of_ada, of_cora = fields(ada.get(at)), fields(cora.get(at))
    ada.post(f"{at}/facts", of_ada | {f"signal-{two[0].id}-budget": "€ 12.000"})
    cora.post(f"{at}/facts", of_cora | {f"signal-{two[1].id}-plan_codes": "AP-3"})
    assert costs() == [("€ 12.000", []), ("", ["AP-3"])]


def test_who_types_over_another_sees_both_and_chooses(cast: Cast, two: tuple[Signal, Signal], pages: Pages) -> None:
    at, name = f"{NOTES}/{the_note().id}", f"signal-{two[0].id}-budget"
    ada, cora = pages.as_(cast.ada), pages.as_(cast.cora)
    of_ada, of_cora = fields(ada.get(at)), fields(cora.get(at))
    ada.post(f"{at}/facts", of_ada | {name: "€ 12.000"})
    page = cora.post(f"{at}/facts", of_cora | {name: "€ 9.000"}, status=422)
    assert "Iemand anders bewaarde dit intussen" in page.text
    assert "Hier staat nu: € 12.000" in page.text
    assert fields(page)[name] == "€ 9.000"
    assert costs()[0] == ("€ 12.000", [])
    cora.post(f"{at}/facts", fields(page))
    assert costs()[0] == ("€ 9.000", [])


def test_who_did_not_see_what_stood_changes_nothing(cast: Cast, two: tuple[Signal, Signal], pages: Pages) -> None:
    at, sent = f"{NOTES}/{the_note().id}/facts", {f"signal-{two[0].id}-budget": "€ 12.000"}
    for made_up in ({}, {f"signal-{two[0].id}-seen": "0" * 64}):
        pages.as_(cast.ada).post(at, sent | made_up, status=422)
    assert costs()[0] == ("", [])
