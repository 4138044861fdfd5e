"""What every kind of question can do: configure, read, tally, check, summarise, draw.

An answer to a question with options is one text: the code of the option, or the codes joined by "+" where a child may
choose more (first choice first where their order counts); "?" is "I don't know", "" is skipped.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from flask_babel import gettext as _

from dialogue.questions import wording
from dialogue.questions.findings import Finding
from dialogue.questions.intervals import Share
from dialogue.questions.items import Item
from dialogue.shared.bands import Band
from dialogue.shared.text import clean
from dialogue.web.assets import catalogue
from dialogue.web.i18n import LANGUAGES

DONT_KNOW = "?"
SKIPPED = ""
CHOSE = "*"  # in tallies, where a child may choose more than one: everybody who chose any
TOGETHER = "+"  # between the codes of one answer


@dataclass(frozen=True)
class Summary:
    """What was answered to one question. Shares are of those who chose an option."""

    counts: dict[str, int] = field(default_factory=dict)  # per option, in the order of the options
    answered: int = 0  # who chose an option
    dont_know: int = 0
    skipped: int = 0
    positive: Share | None = None  # None where no option is marked as good news, or nobody chose one


@dataclass(frozen=True)
class Counted:
    """What is counted of a question, by code. A child who answers has one of `one` and up to `most` of `many`.

    Where there are both, those at the same position belong together: who has the one has the other too.
    """

    one: tuple[str, ...] = ()
    positive: frozenset[str] = frozenset()  # which of `one` are good news
    many: tuple[str, ...] = ()
    most: int = 1


class Kind(ABC):
    """One kind of question; the registry in `kinds/__init__.py` holds one of each."""

    key: ClassVar[str]
    label: ClassVar[Any]  # lazy text, as staff read it
    is_closed: ClassVar[bool]  # has options that can be counted
    has_own_options: ClassVar[bool] = False  # a maker adds, moves and removes them
    bands: ClassVar[frozenset[Band]] = frozenset(Band)  # who can be asked in this way
    effort: ClassVar[int] = 1  # how many ordinary questions it weighs in the time estimate

    @abstractmethod
    def new_config(self, band: Band) -> dict[str, Any]:
        """The settings of a new question of this kind."""

    def configure(self, item: Item, form: Mapping[str, str], languages: Collection[str]) -> Item:
        """The item as a maker typed it. Fields: picture, indicator, <language>.question, <language>.help."""
        words = {language: self._words(item, form, language) for language in languages}
        return item | {
            "picture": picture_called(form.get("picture", "")),
            "indicator": clean(form.get("indicator", ""), lines=False),
            "config": self._config(item, form),
            "words": words,
        }

    def _words(self, item: Item, form: Mapping[str, str], language: str) -> dict[str, Any]:
        return {name: clean(form.get(f"{language}.{name}", ""), lines=False) for name in ("question", "help")}

    def spoken(self, item: Item, language: str) -> dict[str, str]:
        """What a child hears of it: question, help and answers, in this order; "" where nothing was written."""
        words = item["words"].get(language, {})
        return {name: words.get(name, "") for name in ("question", "help")}

    @abstractmethod
    def _config(self, item: Item, form: Mapping[str, str]) -> dict[str, Any]:
        """The settings of the item as typed."""

    @abstractmethod
    def read(self, item: Item, raw: str) -> str:
        """What a child sent, checked: option codes, "?", own words, or "" for skipped; raises Refused."""

    def in_words(self, item: Item, value: str, language: str) -> str:
        """An answer as the child reads it."""
        return value

    def tallied(self, item: Item, value: str) -> list[str]:
        """Under which codes an answer counts."""
        return [value]

    def counted(self, item: Item) -> Counted:
        """What `tallied` can give."""
        return Counted()

    def check(self, item: Item, band: Band, language: str) -> list[Finding]:
        """What is wrong with this question for this band, in this language."""
        question = item["words"].get(language, {}).get("question", "")
        if not question:
            missing = _("De vraag ontbreekt nog (%(language)s).", language=wording.language_name(language))
            return [Finding(missing, blocks=True), *self._check(item, band, language)]
        return wording.check(question, band, language) + self._check(item, band, language)

    @abstractmethod
    def _check(self, item: Item, band: Band, language: str) -> list[Finding]:
        """What only this kind can have wrong."""

    def summarise(self, item: Item, counts: Mapping[str, int]) -> Summary:
        """Counts per option ("?" don't know, "" skipped) as a summary."""
        return Summary(dont_know=counts.get(DONT_KNOW, 0), skipped=counts.get(SKIPPED, 0))

    @abstractmethod
    def draw(self, item: Item, summary: Summary, language: str) -> dict[str, Any]:
        """What a chart shows: {"title", "question", "note", "bars": [{"code", "label", "count", "share", "ink"}]}."""


def codes_in(value: str) -> list[str]:
    """The option codes in an answer to a question with options."""
    return value.split(TOGETHER) if value not in (SKIPPED, DONT_KNOW) else []


def picture_called(text: str) -> str:
    """The name of the picture that is called so in any language, or ""."""
    wanted = clean(text, lines=False).lower()
    for name, words in catalogue().items():
        if wanted and wanted in (name, *(words[language].lower() for language in LANGUAGES)):
            return name
    return ""
