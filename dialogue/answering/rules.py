"""Which words ask for help, and other decisions that need no database.

The word rules only raise priority: they never block and never inform a school (promises.md, 7). A rule of
`concern_words/*.txt` holds when all its parts, joined by `+`, stand in one sentence, in any order:

    @parent = papa mama vader*     a set of words; * stands for any ending, _ for a space
    @parent + @hits + mij|me       one word of each
    wil ~ dood|sterven             words in a row; ~ allows up to three others between
    - slaat de bal                 everyday words, taken out before looking
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

LISTS = Path(__file__).parent / "concern_words"
FINGERPRINTS_KEPT = timedelta(days=30)
_GAP = "(?: [a-z0-9]+){0,3}"
_BEGIN = 3
_SATURDAY = 5
CONCERN = "concern"  # kind of duty


@dataclass(frozen=True)
class Part:
    """Words in a row; `begins` are the first three letters it can begin with, to pass over most rules quickly."""

    begins: frozenset[str]
    pattern: re.Pattern[str]


Rule = tuple[Part, ...]


@dataclass(frozen=True)
class WordRules:
    """The rules of one language: what to take out, and the parts of each rule, found by how its rarest part begins."""

    everyday: re.Pattern[str]
    rules: Mapping[str, Sequence[Rule]]

    def hold(self, sentence: str) -> bool:
        """Whether a rule holds, also after everyday words are taken out."""
        return self._any(sentence) and self._any(self.everyday.sub(" ", sentence))

    def _any(self, sentence: str) -> bool:
        begins = {word[:_BEGIN] for word in sentence.split()}
        near = (rule for begin in begins for rule in self.rules.get(begin, ()))
        possible = (rule for rule in near if not any(part.begins.isdisjoint(begins) for part in rule))
        return any(all(part.pattern.search(sentence) for part in rule) for rule in possible)


def asks_for_help(text: str) -> bool:
    """Whether these words should be read by the safeguarding contact first; all languages are tried."""
    sentences = list(_sentences(text))
    return any(language.hold(sentence) for language in _languages() for sentence in sentences)


def _sentences(text: str) -> Iterable[str]:
    """Sentences in bare small letters and single spaces, without accents, ß and drawn-out letters (neeee)."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe")
    plain = re.sub(r"[’'`´]", "", "".join(char for char in plain if not unicodedata.combining(char)))
    plain = re.sub(r"([a-z])\1{2,}", r"\1\1", plain)
    for sentence in re.split(r"[.!?;\n]+", plain):
        yield " ".join(re.sub(r"[^a-z0-9]+", " ", sentence).split())


@cache
def _languages() -> tuple[WordRules, ...]:
    return tuple(read_rules(path.read_text()) for path in sorted(LISTS.glob("*.txt")))


def read_rules(text: str) -> WordRules:
    """The rules written in `text`; an unknown @set is a KeyError."""
    sets: dict[str, list[str]] = {}
    everyday: list[str] = []
    rules: dict[str, list[Rule]] = defaultdict(list)
    for line in text.splitlines():
        rule = line.partition("#")[0].strip()
        if rule.startswith("@") and " = " in rule:
            name, _, words = rule.partition(" = ")
            sets[name] = [word for choice in words.split() for word in _words(choice, sets)]
        elif rule.startswith("- "):
            everyday.append(_part(rule[2:], sets).pattern.pattern)
        elif rule:
            parts = tuple(_part(part, sets) for part in rule.split("+"))
            for begin in min((part.begins for part in parts), key=len):
                rules[begin].append(parts)
    return WordRules(re.compile("|".join(everyday) or r"(?!)"), rules)


def _part(text: str, sets: dict[str, list[str]]) -> Part:
    row = [[word for choice in place.split("|") for word in _words(choice, sets)] for place in text.split()]
    begins = frozenset(word.rstrip("*").split("_")[0][:_BEGIN] for word in row[0])
    pattern = " ".join(f"(?:{'|'.join(place)})" for place in row).replace("_", " ").replace("*", "[a-z]*")
    return Part(begins, re.compile(rf"\b{pattern.replace(' (?:~)', _GAP)}\b"))


def _words(choice: str, sets: dict[str, list[str]]) -> list[str]:
    return sets[choice] if choice.startswith("@") else [choice]


def next_working_day(day: date) -> date:
    """The first day from Monday to Friday after `day`."""
    following = day + timedelta(days=1)
    while following.weekday() >= _SATURDAY:
        following += timedelta(days=1)
    return following


def concern_object(key: bytes) -> str:
    """How the ledger and the duties call a concern."""
    return f"concern:{key.hex()}"
