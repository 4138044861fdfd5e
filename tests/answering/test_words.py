"""The words of the receipt obey the rules of their language (dialogue/answering/words/README.*.md)."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations, pairwise

import pytest

from tests.answering.wordlists import Wordlist
from tests.answering.wordlists.de import GERMAN
from tests.answering.wordlists.en import ENGLISH
from tests.answering.wordlists.fr import FRENCH
from tests.answering.wordlists.nl import DUTCH

LISTS = [DUTCH, ENGLISH, FRENCH, GERMAN]
PLAINLY_DIFFERENT = {
    "nl": ["kat", "olifant", "pannenkoek", "regenboog", "zaklamp"],
    "en": ["giraffe", "pancake", "umbrella", "window"],
    "fr": ["crayon", "girafe", "parapluie", "tulipe"],
    "de": ["giraffe", "regenbogen", "roboter", "tulpe"],
}

Pairs = set[tuple[str, str]]

each_list = pytest.mark.parametrize("of", LISTS, ids=lambda of: of.language)


def out_of_order(_of: Wordlist, words: Iterable[str]) -> Pairs:
    return {(word, after) for word, after in pairwise(words) if word >= after}


def wrong_letters(of: Wordlist, words: Iterable[str]) -> set[tuple[str]]:
    return {(word,) for word in words if not re.fullmatch(f"[a-z]{{3,{of.longest}}}", word)}


def look_alike(of: Wordlist, words: Iterable[str]) -> Pairs:
    return pairs_sharing(of.near_look, words)


def sound_alike(of: Wordlist, words: Iterable[str]) -> Pairs:
    return pairs_sharing(lambda word: of.near_sound(of.sound(word)), words)


def pairs_sharing(key: Callable[[str], Iterable[str]], words: Iterable[str]) -> Pairs:
    groups = defaultdict(set)
    for word in words:
        for value in key(word):
            groups[value].add(word)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def one_inside_the_other(of: Wordlist, words: Iterable[str]) -> Pairs:
    found = set()
    for read in of.read_as:
        bearers = defaultdict(set)
        for word in words:
            bearers[read(word)].add(word)
        found |= {
            (stem, word)
            for form, longer in bearers.items()
            for short in of.shortened(form)
            for stem in bearers.get(short, ())
            for word in longer
        }
    return found


def of_one_family(of: Wordlist, words: Iterable[str]) -> Pairs:
    known = set(words)
    by_ending = {(word, form) for word in known for form in of.forms(word) & known if form != word}
    return by_ending | {pair for family in of.families for pair in combinations(sorted(known & family), 2)}


def left_out(of: Wordlist, words: Iterable[str]) -> set[tuple[str, str]]:
    return {(word, why) for word in words for why, those in of.left_out.items() if word in those}


def with_a_part_left_out(of: Wordlist, words: Iterable[str]) -> set[tuple[str, str]]:
    return {(word, why) for word in words for why, part in of.left_out_parts.items() if re.search(part, word)}


RULES = {
    "order": out_of_order,
    "letters": wrong_letters,
    "look": look_alike,
    "sound": sound_alike,
    "longer": one_inside_the_other,
    "family": of_one_family,
    "left out": left_out,
    "left out parts": with_a_part_left_out,
}


@each_list
def test_there_are_exactly_2048_words_each_on_its_own_line(of: Wordlist) -> None:
    assert len(of.words) == 2048
    assert of.file.read_bytes() == "".join(f"{word}\n" for word in of.words).encode("ascii")


@each_list
def test_the_words_are_sorted_and_none_comes_twice(of: Wordlist) -> None:
    assert out_of_order(of, of.words) == set()


@each_list
def test_the_list_is_frozen_because_receipts_already_given_depend_on_it(of: Wordlist) -> None:
    assert hashlib.sha256(of.file.read_bytes()).hexdigest() == of.sha256


@each_list
def test_every_word_has_three_letters_or_some_more_and_nothing_else(of: Wordlist) -> None:
    assert wrong_letters(of, of.words) == set()


@each_list
def test_no_two_words_look_alike(of: Wordlist) -> None:
    assert look_alike(of, of.words) == set()


@each_list
def test_no_two_words_sound_alike(of: Wordlist) -> None:
    assert sound_alike(of, of.words) == set()


@each_list
def test_no_word_is_another_word_with_a_few_letters_more(of: Wordlist) -> None:
    assert one_inside_the_other(of, of.words) == set()


@each_list
def test_no_two_words_are_forms_of_one_word(of: Wordlist) -> None:
    assert of_one_family(of, of.words) == set()


@each_list
def test_no_word_is_one_that_its_language_leaves_out(of: Wordlist) -> None:
    assert left_out(of, of.words) | with_a_part_left_out(of, of.words) == set()


@pytest.mark.parametrize(
    ("of", "rule", "bad"),
    [
        pytest.param(of, rule, bad.split(), id=f"{of.language}: {bad}")
        for of in LISTS
        for rule, examples in of.bad.items()
        for bad in examples
    ],
)
def test_each_rule_finds_words_that_break_it_and_nothing_else(of: Wordlist, rule: str, bad: list[str]) -> None:
    found = RULES[rule](of, [*bad, PLAINLY_DIFFERENT[of.language][-1]])
    assert {frozenset(one) & frozenset(bad) for one in found} == {frozenset(bad)}


@each_list
def test_every_reason_to_leave_a_word_out_has_an_example(of: Wordlist) -> None:
    found = left_out(of, of.bad["left out"]) | with_a_part_left_out(of, of.bad.get("left out parts", ()))
    assert {why for _word, why in found} == {*of.left_out, *of.left_out_parts}


@each_list
def test_words_that_are_plainly_different_break_no_rule(of: Wordlist) -> None:
    assert [name for name, rule in RULES.items() if rule(of, PLAINLY_DIFFERENT[of.language])] == []
