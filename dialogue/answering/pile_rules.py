"""How answers on paper are typed: the number of an option, ? for "I don't know", nothing for a question skipped."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from dialogue.consultations.models import State
from dialogue.questions.items import Document, Item
from dialogue.questions.kinds import DONT_KNOW, KINDS, SKIPPED, TOGETHER, codes_in
from dialogue.questions.options import options_of
from dialogue.questions.reading import read_answers
from dialogue.shared.errors import Refused
from dialogue.shared.text import clean

ONE_DIGIT = 9  # up to so many options each number is one key
SIGNS = {"": SKIPPED, "-": SKIPPED, "?": DONT_KNOW, "/": DONT_KNOW}


@dataclass
class Typed:
    """A sheet as read; `problems` are sentences per question."""

    answers: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was filled in."""
        return not (self.answers or self.words or self.problems)


@dataclass(frozen=True)
class Difference:
    """A question of a sheet that two people typed differently; the answers or words of each, "" where skipped."""

    number: int
    item: Item
    first: str
    second: str


def compared(document: Document, number: int, first: Mapping[str, str], second: Mapping[str, str]) -> list[Difference]:
    """Where what two people typed of sheet `number` differs."""
    both = ((item, first.get(item["key"], ""), second.get(item["key"], "")) for item in document["items"])
    return [Difference(number, item, one, other) for item, one, other in both if one != other]


def why_not_type(state: State) -> list[str]:
    """Reasons why paper cannot go into a round in this state."""
    if state in (State.OPEN, State.CLOSED):
        return []
    return [_("Antwoorden op papier kunnen alleen in een ronde die open of net gesloten is.")]


def read_typed(document: Document, typed: Mapping[str, str]) -> Typed:
    """What was typed for each question, against the form it was printed with."""
    found = Typed()
    for item in document["items"]:
        key, closed = item["key"], KINDS[item["kind"]].is_closed
        text = typed.get(key, "")
        try:
            sent = {key: _chosen(item, clean(text, lines=False)) if closed else text}
            answers, words = read_answers(document, sent if closed else {}, {} if closed else sent)
        except Refused as error:
            found.problems[key] = str(error)
            continue
        found.answers |= answers
        found.words |= words
    return found


def as_typed(document: Document, said: Mapping[str, str]) -> dict[str, str]:
    """Answers and own words as they were typed."""
    return {item["key"]: _numbers(item, said[item["key"]]) for item in document["items"] if item["key"] in said}


def _chosen(item: Item, text: str) -> str:
    """The answer behind what was typed; raises Refused."""
    if text in SIGNS:
        return SIGNS[text]
    if not KINDS[item["kind"]].has_own_options:
        return text
    codes = [option["code"] for option in options_of(item)]
    apart = text.replace(",", " ").split()
    numbers = apart if len(apart) > 1 or len(codes) > ONE_DIGIT else list(text)
    if not all(number.isascii() and number.isdigit() and 1 <= int(number[:3]) <= len(codes) for number in numbers):
        raise Refused(_("Typ een nummer van 1 tot %(most)s, ? of niets.", most=len(codes)))
    return TOGETHER.join(codes[int(number[:3]) - 1] for number in numbers)


def _numbers(item: Item, value: str) -> str:
    if not KINDS[item["kind"]].has_own_options or value == DONT_KNOW:
        return value
    codes = [option["code"] for option in options_of(item)]
    return " ".join(str(codes.index(code) + 1) for code in codes_in(value))
