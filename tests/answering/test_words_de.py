"""The German words of the receipt obey their rules (dialogue/answering/words/README.de.md)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "dialogue" / "answering" / "words" / "de.txt"
WORDS = FILE.read_text(encoding="ascii").split("\n")[:-1]


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Everyday words that sound like another everyday word.
HOMOPHONES = words_of(
    """
    arme bann bannt bar boot bot bote bund bunt elf elfe fasst fast feld ferse fest fetter fiel graf heer herr her
    held hielt isst ist kannte kante konnte laib leere leeren lehre lehren leib leiht leid lerche lid lied list liest
    mahl mahlen mal malen mann man meer mehr mehrheit miene mine mohr moor rad rain rat rein reise rhein riss rist saite
    seite seen sehen seht seid seit sohle sole stadt statt stiel stil tau tod tot uhr uhrzeit ur urzeit verse vetter
    viel wagen wahl wahre waise wal wand war ware weise wende werk wider wieder wird wirt
    """
)

# Words that are also written otherwise, or that many write otherwise.
TWO_SPELLINGS = words_of(
    """
    delfin delphin fantasie phantasie fotograf gemse jacht yacht joghurt jogurt kabarett ketchup ketschup krepp
    majonese mayonnaise nougat nugat orthografie pappmaschee panter panther portmonee saxofon saxophon sketch sketsch
    spaghetti spagetti thunfisch tunfisch tip tipp trekking xylofon zierrat
    """
)

# The beginning of a list, not the whole of it: a careless addition should meet it.
UNWANTED = words_of(
    """
    affe alkohol alt anfassen angst armee asche ausziehen axt bauch beil bibel bier blind blut bombe braun brust busen
    dick dieb dolch droge dumm dunkel elefant engel esel feind fett fieber flinte flucht front galgen gans gas geist
    gelb gericht gewalt gewehr gift gott grab grau gras hass haut heide herrscher hexe hoden husten jagd jude kaiser
    kammer kampf kanone kartoffel kerker kirche klo kneipe kopftuch krank kreuz krieg kuh kuss lager lanze lauch leiche
    lunge machete mager messer mord moschee mumie nackt narbe narr neger nonne null ochse ofen panzer papst patrone
    pfaffe pfeil pickel pirat pistole polizei popo puff pulver pute qual rasse ratte rauch rauchen rausch sarg sau
    schaf schlag schlampe schlange schlimm schmerz schnaps schuld schuss schwach schwanz schwarz schwein schwert sekt
    seuche sex sklave soldat speck spinne sterben steuer strafe streit stumm tabak taub teufel tod tot trauer traurig
    trottel urin vampir waffe wahl wein weinen witwe wolf wunde wut ziege zigarette zigeuner zorn zwang zwerg
    """
)

# Forms of one word that the general rule for endings does not see.
FAMILIES = [
    family.split()
    for family in """
    abbiegen biegen; anfang anfangen; angebot gabe geben; anruf anrufen beruf rufen; ansehen ansicht sehen
    backen gebacken; band binden bund verband; bringen gebracht; denken gedanke; erfinden finden fund; fahren fahrt
    fliegen flieger flug; foto fotograf fotografieren; gang gehen; gesang singen; gesessen sitz sitzen; gewinn gewinnen
    greifen griff; helfen hilfe; klang klingen; kopie kopieren; lage liegen; lauf laufen; limo limonade; lok lokomotive
    pfeifen pfiff; pulli pullover; reiten ritt; ruhe ruhig; sauber saubermachen; schlaf schlafen; schloss schluss
    schneiden schnitt; schreiben schrift; schreiten schritt; schwamm schwimmen; schwingen schwung; sonne sonnig
    sprache sprechen spruch; springen sprung; stand stehen; steigen stieg; streichen strich; treff treffen
    treiben trieb; trank trinken; werfen wurf; wiegen gewicht; wolke wolkig; zeichen zeichnen zeichnung; ziehen zug
    """.replace("\n", ";").split(";")
]

ENDINGS = """
    e n s t en er es em et te st ern ens end
    el ler ner erin in innen chen lein ling ung ig lich isch bar haft heit keit nis los sam ei erei
"""

# How a German ear hears letters: Cologne phonetics, but with the vowels kept.
FOLDS = [
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"ph|v", "f"), (r"pf", "f"), (r"sch", "S"), (r"chs|cks|ks|gs", "x"), (r"^ch(?=[lraou])", "k"), (r"ch", "H"),
        (r"tz|ts|ds|dz", "z"), (r"c(?=[eiy])", "z"), (r"ck|c|qu|q", "k"), (r"th|dt", "t"), (r"rh", "r"),
        (r"a[iy]|e[iy]", "E"), (r"eu|oi|oy", "O"), (r"ou", "u"), (r"ie(?=h|[^aeiou]|$)", "i"), (r"y", "i"), (r"j", "i"),
        (r"(?<=[aeiouEO])h(?![aeiouEO])", ""), (r"er$", "a"), (r"(.)\1+", r"\1"),
        (r"d(?=$|[^aeiouEOrlw])", "t"), (r"b(?=$|[^aeiouEOrlw])", "p"), (r"g(?=$|[^aeiouEOrlw])", "k"),
    )
]  # fmt: skip


def sound(word: str) -> str:
    """A rough German ear: words with the same result sound alike."""
    for pattern, heard in FOLDS:
        word = pattern.sub(heard, word)
    return word


def without_one_letter(word: str) -> set[str]:
    """The word and everything that is left when one letter is taken out.

    Two words which are one change, one letter more or less, or one swap of neighbours apart always share one of these.
    """
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def forms(word: str) -> set[str]:
    """What the word may become with an ending: malerei for malen, spiele and gespielt for spielen."""
    stems = {word} | {word.removesuffix(ending) for ending in ("e", "n", "en", "ln", "rn") if len(word) > 4}
    return {stem + ending for stem in stems for ending in ENDINGS.split()} | {f"ge{stem}t" for stem in stems} - {word}


def pairs_sharing(key: Callable[[str], Iterable[str]], words: Iterable[str]) -> set[tuple[str, str]]:
    groups = defaultdict(set)
    for word in words:
        for value in key(word):
            groups[value].add(word)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def look_alike(words: Iterable[str]) -> set[tuple[str, str]]:
    return pairs_sharing(without_one_letter, words)


def sound_alike(words: Iterable[str]) -> set[tuple[str, str]]:
    return pairs_sharing(lambda word: [sound(word)], words)


def one_inside_the_other(words: Iterable[str]) -> set[tuple[str, str]]:
    known = set(words)
    ends = {(word[:-n], word) for word in known for n in (1, 2) if word[:-n] in known}
    return ends | {(word[n:], word) for word in known for n in (1, 2) if word[n:] in known}


def of_one_family(words: Iterable[str]) -> set[tuple[str, str]]:
    known = set(words)
    by_ending = {(word, form) for word in known for form in forms(word) & known if form != word}
    return by_ending | {pair for family in FAMILIES for pair in combinations(sorted(known & set(family)), 2)}


def test_there_are_exactly_2048_words_each_on_its_own_line() -> None:
    assert len(WORDS) == 2048
    assert FILE.read_bytes() == "".join(f"{word}\n" for word in WORDS).encode("ascii")


def test_the_words_are_sorted_and_none_comes_twice() -> None:
    assert sorted(set(WORDS)) == WORDS


def test_every_word_has_three_to_ten_small_letters_and_nothing_else() -> None:
    assert [word for word in WORDS if not re.fullmatch(r"[a-z]{3,10}", word)] == []


def test_no_word_writes_an_umlaut_with_two_letters() -> None:
    assert [word for word in WORDS if re.search(r"[ao]e|(?<![aeq])ue", word)] == []


def test_no_two_words_look_alike() -> None:
    assert look_alike(WORDS) == set()


def test_no_two_words_sound_alike() -> None:
    assert sound_alike(WORDS) == set()


def test_no_word_is_another_word_with_one_or_two_letters_more() -> None:
    assert one_inside_the_other(WORDS) == set()


def test_no_two_words_are_forms_of_one_word() -> None:
    assert of_one_family(WORDS) == set()


def test_no_word_sounds_like_another_common_word_outside_the_list() -> None:
    assert HOMOPHONES & set(WORDS) == set()


def test_no_word_can_be_spelled_in_two_ways() -> None:
    assert TWO_SPELLINGS & set(WORDS) == set()


def test_no_word_is_one_that_a_child_should_not_be_handed() -> None:
    assert UNWANTED & set(WORDS) == set()


@pytest.mark.parametrize(
    ("rule", "pair"),
    [
        (look_alike, ("hase", "hose")),
        (look_alike, ("igel", "igeln")),
        (look_alike, ("regal", "regla")),
        (sound_alike, ("bald", "balt")),
        (sound_alike, ("fogel", "vogel")),
        (sound_alike, ("heuser", "hoisa")),
        (sound_alike, ("lied", "lihd")),
        (sound_alike, ("mais", "meis")),
        (one_inside_the_other, ("sonne", "sonnen")),
        (one_inside_the_other, ("falle", "unfalle")),
        (of_one_family, ("malen", "malerei")),
        (of_one_family, ("gespielt", "spielen")),
        (of_one_family, ("freund", "freundin")),
        (of_one_family, ("fliegen", "flieger")),
        (of_one_family, ("springen", "sprung")),
    ],
)
def test_each_rule_finds_a_pair_that_breaks_it(
    rule: Callable[[Iterable[str]], set[tuple[str, str]]], pair: tuple[str, str]
) -> None:
    assert {pair, pair[::-1]} & rule([*pair, "regenbogen"])


def test_words_that_are_plainly_different_break_no_rule() -> None:
    different = ["regenbogen", "giraffe", "tulpe", "roboter"]
    for rule in (look_alike, sound_alike, one_inside_the_other, of_one_family):
        assert rule(different) == set()
