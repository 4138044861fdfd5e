"""What is said of one language's list of receipt words: the ear of that language, its endings, and what it leaves out.

The rules themselves stand in tests/answering/test_words.py, and in words in dialogue/answering/words/README.*.md.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "dialogue" / "answering" / "words"

Reading = Callable[[str], str]
Cuts = Callable[[str], set[str]]


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


def families_of(text: str) -> list[frozenset[str]]:
    """Families of words, with a semicolon or a new line between them."""
    return [words_of(family) for family in text.replace("\n", ";").split(";")]


def ear(*folds: tuple[str, str]) -> Reading:
    """How letters are heard, one fold after the other: words with the same result sound alike."""
    patterns = [(re.compile(written), heard) for written, heard in folds]

    def sound(word: str) -> str:
        for pattern, heard in patterns:
            word = pattern.sub(heard, word)
        return word

    return sound


def without_one_letter(word: str) -> set[str]:
    """The word and everything that is left when one letter is taken out.

    Two words which are one change, one letter more or less, or one swap of neighbours apart always share one of these.
    """
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def with_one_letter_open(word: str) -> set[str]:
    """The word, and with a star for one letter or between two: shared by words one letter apart, not by a swap."""
    return {word} | {word[:i] + "*" + word[i + cut :] for i in range(len(word) + 1) for cut in (0, 1)}


def itself(word: str) -> set[str]:
    return {word}


def without_a_short_ending(word: str) -> set[str]:
    return {word[:-1], word[:-2]}


def no_forms(_word: str) -> set[str]:
    return set()


@dataclass(frozen=True)
class Wordlist:
    """The list of one language. `bad` holds, for each rule, words that break it: so that the rule is seen to work."""

    language: str
    sha256: str
    sound: Reading
    left_out: Mapping[str, Collection[str]]
    bad: Mapping[str, Iterable[str]]
    longest: int = 10
    near_look: Cuts = without_one_letter
    near_sound: Cuts = itself
    read_as: tuple[Reading, ...] = (str,)
    shortened: Cuts = without_a_short_ending
    forms: Cuts = no_forms
    families: Collection[frozenset[str]] = ()
    left_out_parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.language}.txt"

    @cached_property
    def words(self) -> list[str]:
        return self.file.read_text(encoding="ascii").split("\n")[:-1]
