"""Two who say the sentence of a signal better: the second is told, sees both, and nothing is lost unseen."""

import pytest

from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_signal, refresh
from tests.pages import Pages

FIRST = {"title_nl": "Te snel.", "title_en": "Too fast."}
SECOND = {"title_nl": "Ze racen.", "title_en": ""}


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(a_consultation(cast.mobility))


def test_who_renames_second_sees_both_sentences_and_chooses(cast: Cast, pages: Pages, signal: Signal) -> None:
    at, ada, cora = f"/desk/signals/{signal.id}", pages.as_(cast.ada), pages.as_(cast.cora)
    of_ada, of_cora = ada.get(at).seen, cora.get(at).seen
    ada.post(f"{at}/rename", FIRST | {"seen": of_ada})
    page = cora.post(f"{at}/rename", SECOND | {"seen": of_cora}, status=422)
    assert "Iemand anders bewaarde dit intussen" in page.text
    assert page.all("input", name="title_nl", value="Ze racen.")
    for stands in ("Hier staat nu: Te snel.", "Hier staat nu: Too fast."):
        folded = [one for one in page.all("details") if stands in "".join(one.itertext())]
        assert folded
        assert all(one.get("open") is not None for one in folded)
    assert refresh(signal).titles["nl"] == "Te snel."
    cora.post(f"{at}/rename", SECOND | {"seen": page.seen})
    assert refresh(signal).titles == {"nl": "Ze racen."}


@pytest.mark.parametrize("made_up", [{}, {"seen": ""}, {"seen": "0" * 64}])
def test_who_did_not_see_what_stood_renames_nothing(
    cast: Cast, pages: Pages, signal: Signal, made_up: dict[str, str]
) -> None:
    before = signal.titles
    pages.as_(cast.ada).post(f"/desk/signals/{signal.id}/rename", FIRST | made_up, status=422)
    assert refresh(signal).titles == before
