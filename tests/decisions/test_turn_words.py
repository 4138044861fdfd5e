"""Help with the words of an answer, while somebody decides: nothing of it is kept."""

import pytest

from dialogue.decisions.models import Proposal
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_signal, change
from tests.decisions.turns import ANSWER, at, count
from tests.pages import Pages


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")


def test_advice_on_long_sentences_comes_without_keeping_anything(cast: Cast, signal: Signal, pages: Pages) -> None:
    ben = pages.as_(cast.ben)
    page = ben.post(at(signal, "check"), ANSWER | {"reason": "verkeersveiligheidsplan " * 16})
    assert "Lange zin" in page.text
    assert "Moeilijk of lang" in page.text
    assert "Dit leest vlot." in ben.post(at(signal, "check"), ANSWER).text
    assert count(Proposal) == 0


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Moeilijk of lang: Kinderspielplatz"), ("de", "Dit leest vlot.")]
)
def test_words_are_long_as_in_the_language_of_the_town(
    cast: Cast, signal: Signal, pages: Pages, language: str, words: str
) -> None:
    change(cast.town, language=language)
    reason = {"reason": "Der Kinderspielplatz kommt."}
    assert words in pages.as_(cast.ben).post(at(signal, "check"), ANSWER | reason).text
