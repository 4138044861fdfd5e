"""Help while writing: the four Fs, each with what is fine and what could be better."""

from datetime import date, timedelta

import pytest

from dialogue.decisions.models import Outcome
from dialogue.feedback.advice import Days, Help, four_fs
from dialogue.feedback.models import PARTS
from dialogue.feedback.versions import Shown

DAY = date(2026, 3, 2)
GOOD = {
    "we_asked": "Hoe ga je naar school?",
    "you_said": "De auto's rijden te snel. Anderen vinden het goed zo.",
    "we_decided": "Er komt een drempel. Een schoolstraat komt er niet.",
    "because": "De bus moet door.",
    "you_will_see": "In mei komt de drempel.",
    "disagree": "Praat met de jeugdraad.",
    "hear_again": "In november hoor je meer.",
}


@pytest.fixture(autouse=True)
def _language(app: object) -> None:
    """Advice is translated: it speaks a language."""


def text(band: str = "", language: str = "nl", picture: str = "bus", sound_id: int | None = 1, **parts: str) -> Shown:
    """A text with these parts in place of good ones; an empty one is left out."""
    return Shown(band, language, {name: said for name, said in (GOOD | parts).items() if said}, picture, sound_id)


def days(decided: date = DAY, promised: date | None = None, again: tuple[date, ...] = ()) -> Days:
    return Days(decided, DAY, promised, again)


def advised(shown: Shown, when: Days | None = None, outcome: Outcome = Outcome.PARTLY) -> dict[str, str]:
    """What is to be done better, by F."""
    found: list[Help] = four_fs(shown, outcome, when or days())
    assert [one.name for one in found] == ["Volledig", "Op maat", "Snel", "Met een vervolg"]
    return {one.name: " ".join(one.reasons) for one in found if one.reasons}


def test_a_good_message_is_praised_and_left_alone() -> None:
    assert advised(text()) == {}
    assert all(one.facts or one.name == "Volledig" for one in four_fs(text(), Outcome.PARTLY, days()))


def test_another_opinion_is_named() -> None:
    assert "wat anderen vonden" in advised(text(you_said="De auto's rijden te snel."))["Volledig"]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_is_refused_is_never_hidden(outcome: Outcome) -> None:
    hidden = text(we_decided="Er komt een drempel.")
    told = "wat niet doorgaat" in advised(hidden, outcome=outcome).get("Volledig", "")
    assert told is (outcome in (Outcome.PARTLY, Outcome.NOT_ADOPTED))


@pytest.mark.parametrize(
    ("language", "said", "decided"),
    [
        ("en", "Others like it.", "There will not be a street without cars."),
        ("fr", "D'autres trouvent ça bien.", "Il n'y aura pas de rue sans voitures."),
        ("de", "Andere finden es gut.", "Es gibt keine Straße ohne Autos."),
    ],
)
def test_refusal_and_other_opinions_are_found_in_every_language(language: str, said: str, decided: str) -> None:
    assert "Volledig" not in advised(text(language=language, you_said=said, we_decided=decided))
    assert "Volledig" in advised(text(language=language, you_said="Ja!", we_decided="Ja!", because="Ja!"))


def test_empty_parts_are_named() -> None:
    assert advised(text(**dict.fromkeys(PARTS, "")))["Volledig"].count("“") == len(PARTS)


def test_the_youngest_get_short_sentences_a_picture_and_a_sound() -> None:
    eleven = "In de straat van de school komt nu een nieuwe drempel."
    assert "Op maat" not in advised(text(you_will_see=eleven))
    assert "11 woorden" in advised(text("A", you_will_see=eleven))["Op maat"]
    bare = advised(text("A", picture="", sound_id=None))["Op maat"]
    assert "Kies een prent" in bare
    assert "Spreek het in" in bare
    assert "Op maat" not in advised(text("D", picture="", sound_id=None))


def test_fast_is_counted_from_the_decision_and_against_the_promise() -> None:
    assert "Snel" not in advised(text(), days(DAY - timedelta(days=10), DAY))
    assert "11 dagen" in advised(text(), days(DAY - timedelta(days=11)))["Snel"]
    assert "te laat" in advised(text(), days(promised=DAY - timedelta(days=1)))["Snel"]


def test_what_follows_is_said_with_its_days() -> None:
    [*_, last] = four_fs(text(), Outcome.ADOPTED, days(again=(date(2026, 9, 2), date(2027, 3, 2))))
    assert "2 september 2026" in last.facts[0]
    assert len(last.facts) == 2
    assert "wanneer kinderen opnieuw" in advised(text(hear_again=""))["Met een vervolg"]
