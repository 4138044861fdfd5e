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
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from pathlib import Path

LISTS = Path(__file__).parent / "concern_words"
FINGERPRINTS_KEPT = timedelta(days=30)
_GAP = "(?: [^ ]+){0,3}"
_APOSTROPHES, _DRAWN_OUT = re.compile("[’'`´ʼ]"), re.compile(r"([^\W\d_])\1{2,}")
_ENDS, _NO_WORD = re.compile(r"[.!?;؟؛\n]+"), re.compile(r"[\W_]+")
_ALIKE = str.maketrans({"œ": "oe", "ı": "i", "ł": "l", "ة": "ه", "ى": "ي"})  # what children leave out or mix up
SHORTEST_STEM, LONGEST_STEM = 3, 24  # letters before a *
CONCERN = "concern"  # kind of duty


@dataclass(frozen=True)
class Part:
    """Words in a row; `needs`: of every place in the row but the gaps, the marks of which a sentence must have one."""

    needs: tuple[frozenset[str], ...]
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it: compiled when it is first looked for, as most never are."""
        return re.compile(self.source)


@dataclass(frozen=True)
class Rule:
    """Parts that must all stand in one sentence, and all that they need together."""

    parts: tuple[Part, ...]

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        """The needs of all parts."""
        return tuple(need for part in self.parts for need in part.needs)

    def holds(self, sentence: str, marks: Set[str]) -> bool:
        """Whether it holds; `marks` pass over nearly all rules quickly."""
        possible = not any(need.isdisjoint(marks) for need in self.needs)
        return possible and all(part.pattern.search(sentence) for part in self.parts)


@dataclass(frozen=True)
class WordRules:
    """The rules of one language: what to take out, and the rules, found by a mark of the rarest thing they need."""

    everyday: re.Pattern[str]
    rules: Mapping[str, Sequence[Rule]]

    def hold(self, sentence: str, marks: Set[str] | None = None) -> bool:
        """Whether a rule holds, also after everyday words are taken out."""
        if not self._any(sentence, marks or marks_of(sentence)):
            return False
        left = self.everyday.sub(" ", sentence)
        return self._any(left, marks_of(left))

    def _any(self, sentence: str, marks: Set[str]) -> bool:
        return any(rule.holds(sentence, marks) for mark in marks & self.rules.keys() for rule in self.rules[mark])


def marks_of(sentence: str) -> set[str]:
    """Its words, and how they begin: papa pap* papa*."""
    words = set(sentence.split())
    stems = (word[:size] for word in words for size in range(SHORTEST_STEM, min(len(word), LONGEST_STEM) + 1))
    return words.union(f"{stem}*" for stem in stems)


def asks_for_help(text: str) -> bool:
    """Whether these words should be read by the safeguarding contact first; all languages are tried."""
    sentences = [(sentence, marks_of(sentence)) for sentence in _sentences(text)]
    return any(language.hold(*sentence) for language in _languages() for sentence in sentences)


def _sentences(text: str) -> Iterable[str]:
    """Sentences in bare small letters and single spaces, without accents, ß and drawn-out letters (neeee)."""
    for sentence in _ENDS.split(_DRAWN_OUT.sub(r"\1\1", _bare(text))):
        yield " ".join(_NO_WORD.sub(" ", sentence).split())


def _bare(text: str) -> str:
    """`text` in small letters, without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    if not plain.isascii():
        plain = "".join(char for char in plain if not unicodedata.combining(char)).translate(_ALIKE)
    return _APOSTROPHES.sub("", plain)


@cache
def _languages() -> tuple[WordRules, ...]:
    return tuple(read_rules(path.read_text()) for path in sorted(LISTS.glob("*.txt")))


def read_rules(text: str) -> WordRules:
    """The rules written in `text`; an unknown @set is a KeyError."""
    sets: dict[str, list[str]] = {}
    everyday: list[str] = []
    rules: list[Rule] = []
    for line in _bare(text).splitlines():
        rule = line.partition("#")[0].strip()
        if rule.startswith("@") and " = " in rule:
            name, _, words = rule.partition(" = ")
            sets[name] = [word for choice in words.split() for word in _words(choice, sets)]
        elif rule.startswith("- "):
            everyday.append(_part(rule[2:], sets).source)
        elif rule:
            rules.append(Rule(tuple(_part(part, sets) for part in rule.split("+"))))
    return WordRules(re.compile("|".join(everyday) or r"(?!)"), _by_rarest(rules))


def _by_rarest(rules: Sequence[Rule]) -> Mapping[str, Sequence[Rule]]:
    """Rules under the marks of their rarest need: words that few rules speak of, few children use in passing."""
    common = Counter(mark for rule in rules for need in rule.needs for mark in need)
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        for mark in min(rule.needs, key=lambda need: max(common[mark] for mark in need)):
            found[mark].append(rule)
    return found


def _part(text: str, sets: dict[str, list[str]]) -> Part:
    row = [[word for choice in place.split("|") for word in _words(choice, sets)] for place in text.split()]
    needs = tuple(frozenset(word.split("_")[0] for word in place) for place in row if place != ["~"])
    pattern = " ".join(f"(?:{'|'.join(place)})" for place in row).replace("_", " ").replace("*", "[^ ]*")
    return Part(needs, rf"(?:^| ){pattern.replace(' (?:~)', _GAP)}(?= |$)")


def _words(choice: str, sets: dict[str, list[str]]) -> list[str]:
    return sets[choice] if choice.startswith("@") else [choice]


def concern_object(key: bytes) -> str:
    """How the ledger and the duties call a concern."""
    return f"concern:{key.hex()}"
