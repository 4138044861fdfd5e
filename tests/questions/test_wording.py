"""Wording is looked at per age: what blocks a young child only gets advice for a teenager."""

import pytest

from dialogue.questions.wording import check
from dialogue.shared.bands import Band


def blocking(question: str, band: Band, language: str = "nl") -> list[str]:
    return [finding.text for finding in check(question, band, language) if finding.blocks]


def advice(question: str, band: Band, language: str = "nl") -> list[str]:
    return [finding.text for finding in check(question, band, language) if not finding.blocks]


def test_a_good_question_raises_nothing() -> None:
    assert check("Hoe veilig of onveilig is je weg naar school?", Band.B, "nl") == []
    assert check("How safe or unsafe is your way to school?", Band.B, "en") == []
    assert check("Ton chemin vers l'école est-il sûr ou dangereux ?", Band.B, "fr") == []
    assert check("Wie sicher oder unsicher ist dein Schulweg?", Band.B, "de") == []


@pytest.mark.parametrize("band", [Band.A, Band.B])
def test_a_negation_blocks_below_twelve(band: Band) -> None:
    assert "niet" in blocking("Waarom fiets je niet?", band)[0]
    assert "don't" in blocking("Why don't you cycle?", band, "en")[0]
    assert "pas" in blocking("Pourquoi ne roules-tu pas à vélo ?", band, "fr")[0]
    assert "keinen" in blocking("Warum hast du keinen Helm?", band, "de")[0]


@pytest.mark.parametrize("question", ["Pourquoi n'y va-t-il plus ?", "Pourquoi ne vois-tu personne ?"])
def test_some_french_words_deny_only_after_ne(question: str) -> None:
    assert blocking(question, Band.B, "fr")
    assert check("Veux-tu plus de vélos pour une personne ?", Band.B, "fr") == []


@pytest.mark.parametrize("band", [Band.C, Band.D])
def test_a_negation_is_advice_from_twelve(band: Band) -> None:
    assert blocking("Waarom fiets je niet?", band) == []
    assert "niet" in advice("Waarom fiets je niet?", band)[0]


def test_a_double_negation_blocks_until_sixteen() -> None:
    question = "Vind je het niet erg dat er geen fietspad is?"
    assert blocking(question, Band.C)
    assert not blocking(question, Band.D)
    assert advice(question, Band.D)


def test_both_sides_in_one_question_are_no_negation() -> None:
    assert check("Ga je graag naar school of niet?", Band.B, "nl") == []
    assert check("Do you like school or not?", Band.B, "en") == []
    assert check("Aimes-tu l'école ou pas ?", Band.B, "fr") == []
    assert check("Gehst du gern zur Schule oder nicht?", Band.B, "de") == []


@pytest.mark.parametrize("question", ["Is je school leuk en mooi?", "Is ze leuk? Is ze mooi?"])
def test_two_questions_in_one_block_below_twelve_and_are_advice_above(question: str) -> None:
    assert "één ding tegelijk" in blocking(question, Band.B)[0]
    assert "één ding tegelijk" in advice(question, Band.C)[0]


@pytest.mark.parametrize(
    ("language", "question"), [("fr", "L'école est-elle belle et propre ?"), ("de", "Ist sie schön und sauber?")]
)
def test_two_things_are_seen_in_every_language(language: str, question: str) -> None:
    assert "één ding tegelijk" in blocking(question, Band.B, language)[0]


def test_a_word_that_only_contains_en_is_no_second_question() -> None:
    assert check("Kan je buiten spelen met vrienden?", Band.B, "nl") == []


def test_a_leading_question_gets_advice() -> None:
    assert "stuurt" in advice("Vind je ook dat auto's te snel rijden?", Band.C)[0]
    assert "stuurt" in advice("Trouves-tu aussi que les autos vont trop vite ?", Band.C, "fr")[0]
    assert "stuurt" in advice("Findest du auch, dass die Autos zu schnell fahren?", Band.C, "de")[0]


@pytest.mark.parametrize(("band", "most"), [(Band.B, 10), (Band.C, 14), (Band.D, 18)])
def test_too_many_words_get_advice(band: Band, most: int) -> None:
    assert check(" ".join(["ja"] * most) + "?", band, "nl") == []
    assert f"{most + 1} woorden" in advice(" ".join(["ja"] * (most + 1)) + "?", band)[0]


def test_a_long_word_gets_advice_sooner_for_a_younger_child() -> None:
    question = "Welk verplaatsingsmiddel neem je?"
    assert "verplaatsingsmiddel" in advice(question, Band.B)[0]
    assert check(question, Band.D, "nl") == []


def test_a_sentence_without_a_question_mark_gets_advice() -> None:
    assert "vraagteken" in advice("Teken je droomschool", Band.B)[0]


def test_an_endless_question_blocks() -> None:
    assert blocking("a" * 250 + "?", Band.D)


def test_a_language_without_word_rules_is_only_measured() -> None:
    assert check("¿Por qué no vas en bici y en bus?", Band.B, "es") == []
