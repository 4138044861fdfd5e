"""When a follow-up question may be asked, what it offers, and until when it can be answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from dialogue.questions import refusals
from dialogue.questions.kinds import DONT_KNOW
from dialogue.shared.bands import RULES, Band
from dialogue.shared.canonical import sha256_hex
from dialogue.shared.text import clean
from dialogue.signals.follow_up_models import FollowUpQuestion

CODES = ("a", "b", "c", "d", "e")
FEWEST_OPTIONS = 2
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Wording:
    """A question as it is typed: its words per language, and per option (by its code) those of the option.

    `own_words`: children write their answer themselves; there are no options.
    """

    words: dict[str, str]
    options: dict[str, dict[str, str]]
    own_words: bool = False

    @property
    def digest(self) -> str:
        """What stands for all that a child would read."""
        return sha256_hex([self.words, self.options, self.own_words])

    def spoken_in(self, language: str) -> list[str]:
        """The codes of the options that are there in this language."""
        return [code for code, words in self.options.items() if words.get(language)]


def is_open(question: FollowUpQuestion, today: date) -> bool:
    """Whether it can be answered."""
    return question.closed_at is None and today <= question.closes_on


def offered(question: FollowUpQuestion) -> list[str]:
    """All that can be chosen; "I don't know" always can, where anything can."""
    return [] if question.own_words else [*question.options, DONT_KNOW]


def most_characters(question: FollowUpQuestion, band: Band) -> int:
    """How long an answer in own words may be; 0 where children of this age don't write, or choose."""
    return RULES[band].own_words_length if question.own_words else 0


def read_words(typed: str, most: int) -> str:
    """What a child wrote, made safe to keep; raises Refused for nothing, or for too much."""
    text = clean(typed)
    if not text:
        raise refusals.nothing_written()
    if len(text) > most:
        raise refusals.too_long(most)
    return text


def why_not_ask(
    wording: Wording, languages: Sequence[str], closes_on: date, today: date, *, busy: bool, ended: Collection[str]
) -> list[str]:
    """Reasons why this cannot be asked now; the first language is that in which it must be written.

    `busy`: another question about the signal is open; `ended`: reasons why nothing can be done with it any more.
    """
    reasons, main = list(ended), languages[0]
    if busy:
        reasons.append(_("Er loopt al een vraag bij dit signaal. Sluit die eerst."))
    if not wording.own_words and len(wording.spoken_in(main)) < FEWEST_OPTIONS:
        reasons.append(_("Geef minstens twee antwoorden om uit te kiezen."))
    if any(_twice(wording, language) for language in languages):
        reasons.append(_("Twee antwoorden zijn hetzelfde."))
    if any(_half(wording, language, main) for language in languages[1:]):
        reasons.append(_("Vul een taal helemaal in, of laat ze helemaal leeg."))
    if not today < closes_on <= today + LONGEST:
        reasons.append(_("Kies een dag in de toekomst, binnen een jaar."))
    return reasons


def _twice(wording: Wording, language: str) -> bool:
    said = [wording.options[code][language].casefold() for code in wording.spoken_in(language)]
    return len(set(said)) < len(said)


def _half(wording: Wording, language: str, main: str) -> bool:
    options = wording.spoken_in(language)
    return bool(options or wording.words.get(language)) and (
        options != wording.spoken_in(main) or not wording.words.get(language)
    )
