"""The Dutch words of the receipt obey the rules that dialogue/answering/words/README.nl.md states."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "dialogue" / "answering" / "words" / "nl.txt"
WORDS = FILE.read_text(encoding="utf-8").splitlines()
FROZEN = "2a94daf911a6cb2109f77b8759e5243eaea8ea4fab2fbb64f7219a8937d8c6d8"

Pairs = set[tuple[str, str]]

# Words that may hurt, frighten, embarrass or single out a child who draws them at random.
UNSUITABLE = """
    aap bed beha bier bijl bikini bil billen blank bloed bloot bom boos borst bruin bruid dief dik dom doos dood drank
    drug drugs duivel eikel engel ezel flikker gat geheim gek geld god graf haat heks hel hoer homo huid ijdel jood kak
    kanker kanon kater kerk kist koe kogel koning kruis kussen kut kwal lam lelijk leger lijk lul mager mes moord
    moskee muts naaien naakt nacht nicht oorlog pijl pijn pijp pil plas poep poes pokken poot pot prins pruim rat rook
    roken rotzak ruzie schieten seks slaaf slaan slang slet soldaat spin spook spuit stom straf stem tank teef tiet
    tieten trut turk vagina varken verdriet vet vlag vluchten vrijen wapen wiet wijn wit wolf wond zak zeug ziek zoen
    zwaard zwart
"""
UNSUITABLE_PARTS = """
    begraf bloed dood drugs geweer gevang kanker misbruik moord oorlog pistool porno racis scheld seks sigaret soldaat
    stront terreur vergif wapen ziekenhuis zuipen
"""
NUMBERS = """
    nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien
    achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen miljard
"""
OF_THE_RECEIPT = "antwoord bericht bewijs bon code komma naam nummer punt streep ticket wachtwoord woord"


def sound(word: str) -> str:
    """The word as it is heard: ei is ij, ou is au, v is f, z is s, a final d is t, doubled letters are one."""
    heard = word
    for spelt, said in (
        ("sch", "sg"),
        ("ch", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("qu", "kw"),
        ("x", "ks"),
    ):
        heard = heard.replace(spelt, said)
    heard = re.sub("c(?=[eiy])", "s", heard).replace("c", "k")
    for spelt, said in (
        ("ij", "Y"),
        ("ei", "Y"),
        ("auw", "A"),
        ("ouw", "A"),
        ("au", "A"),
        ("ou", "A"),
        ("ie", "i"),
        ("y", "i"),
        ("v", "f"),
        ("z", "s"),
    ):
        heard = heard.replace(spelt, said)
    heard = re.sub("d$|dt", "t", heard)
    heard = re.sub("b$", "p", heard)
    return re.sub(r"(.)\1+", r"\1", heard)


def one_change_apart(one: str, other: str) -> bool:
    """Whether the words are equal or one added, dropped or changed letter apart."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def near_pairs(words: Iterable[str], form: Callable[[str], str] = str) -> Pairs:
    """All pairs whose forms are less than two letters apart; only words that share a pattern are compared."""
    shelves: dict[str, list[str]] = defaultdict(list)
    for word in words:
        as_form = form(word)
        holes = {as_form[:i] + "*" + as_form[i + cut :] for i in range(len(as_form) + 1) for cut in (0, 1)}
        for pattern in holes | {as_form}:
            shelves[pattern].append(word)
    return {
        (one, other)
        for shelf in shelves.values()
        for one, other in combinations(sorted(shelf), 2)
        if one_change_apart(form(one), form(other))
    }


def stretched_pairs(words: Iterable[str], form: Callable[[str], str] = str) -> Pairs:
    """All pairs in which one word is another with one or two letters, or a diminutive ending, behind it."""
    by_form = defaultdict(list)
    for word in words:
        by_form[form(word)].append(word)
    endings = re.compile(r"(?=(?:.{1,2}|tje|pje|kje|etje|jes|tjes)$)")
    return {
        (stem, word)
        for longer, bearers in by_form.items()
        for end in endings.finditer(longer)
        for stem in by_form.get(longer[: end.start()], ())
        for word in bearers
    }


def test_there_are_2048_words_sorted_and_none_twice() -> None:
    assert len(WORDS) == 2048
    assert sorted(set(WORDS)) == WORDS


def test_the_list_is_frozen_because_receipts_already_given_depend_on_it() -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == FROZEN


def test_every_line_ends_with_a_single_line_feed() -> None:
    assert FILE.read_bytes() == ("\n".join(WORDS) + "\n").encode("ascii")


def test_every_word_has_three_to_ten_plain_small_letters() -> None:
    assert [word for word in WORDS if not re.fullmatch("[a-z]{3,10}", word)] == []


def test_no_two_words_look_alike() -> None:
    assert near_pairs(WORDS) == set()


def test_no_two_words_sound_alike() -> None:
    assert near_pairs(WORDS, sound) == set()


def test_no_word_is_another_with_a_short_ending_behind_it() -> None:
    assert stretched_pairs(WORDS) | stretched_pairs(WORDS, sound) == set()


def test_no_word_is_unsuitable_for_a_child() -> None:
    assert set(UNSUITABLE.split()) & set(WORDS) == set()
    assert [(word, part) for word in WORDS for part in UNSUITABLE_PARTS.split() if part in word] == []


def test_no_word_can_be_taken_for_a_number() -> None:
    assert set(NUMBERS.split()) & set(WORDS) == set()


def test_no_word_can_be_taken_for_a_part_of_the_receipt_itself() -> None:
    assert set(OF_THE_RECEIPT.split()) & set(WORDS) == set()


@pytest.mark.parametrize("pair", [("boek", "broek"), ("kaas", "kaars"), ("maan", "maan"), ("tuin", "duin")])
def test_the_rule_on_looks_catches_words_that_look_alike(pair: tuple[str, str]) -> None:
    assert near_pairs(pair) == {tuple(sorted(pair))}


@pytest.mark.parametrize(
    "pair",
    [("leiden", "lijden"), ("rauw", "rouw"), ("hart", "hard"), ("ligt", "licht"), ("feest", "vest"), ("sier", "zier")],
)
def test_the_rule_on_sounds_catches_words_that_sound_alike(pair: tuple[str, str]) -> None:
    assert near_pairs(pair, sound) == {tuple(sorted(pair))}


@pytest.mark.parametrize(
    ("stem", "longer"),
    [("boom", "bomen"), ("boom", "boompje"), ("huis", "huizen"), ("duif", "duiven"), ("pan", "pannetje")],
)
def test_the_rule_on_endings_catches_plurals_and_diminutives(stem: str, longer: str) -> None:
    assert (stem, longer) in stretched_pairs([stem, longer], sound)


def test_the_rules_leave_different_words_alone() -> None:
    different = ["regenboog", "pannenkoek", "zaklamp", "olifant", "kat"]
    assert near_pairs(different) | near_pairs(different, sound) | stretched_pairs(different, sound) == set()
