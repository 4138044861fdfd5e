"""The French words of the receipt obey their rules (dialogue/answering/words/README.fr.md)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "dialogue" / "answering" / "words" / "fr.txt"
WORDS = FILE.read_text(encoding="ascii").split("\n")[:-1]


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Very common words that sound like another very common word.
TWINS = words_of(
    """
    air aire amande amende ancre auteur autel balade ballade balle bal boue bout box boxe cahier car cent cerf chaine
    chair champ chant chaud chaux cher coin compte comte conte coq coque cou coup cour cours court cygne
    danse dent dessin dessein eau elle encre faim fard fin foi foie fois fond font gel gris haut hauteur heure
    hotel houx laid lait lieu lit lot lutte lys maire mai mais maitre mal male mer mere metre mite moi mois mon mot
    mur nez nid noeud non nom oie os ou paire pain panser penser peau pere pin plaine pleine plus poids poing point
    pois poil pont porc port pot pou pouce pousse puits rang raz reine renne riz roi roue sain saint sale salle sang
    sans saut sceau seau sel selle sept serre signe soi soie sol sole son sort sou sous statue tache tant tante temps
    tente thon toi toit tour tout toux trait tribu trop vain ver vers verre vert vingt vin voie voix
    """
)

# Words whose known spelling has an accent, a cedilla, a ligature or a hyphen.
BARE = words_of(
    """
    aerer bebe boite buche cable cafe canoe chaine chateau choeur coeur cone crane creche croute diplome echelle ecole
    ecran eleve epee etoile fee fete flute foret gateau gouter hotel ile lecon leger legume metro noel noeud oeil
    oeuf oeuvre piege pate patissier poele rateau reve riviere soeur tache telephone tele theatre trefle velo
    veranda zebre
    """
)

# The beginning of a list, not the whole of it: a careless addition should meet it.
UNWANTED = words_of(
    """
    andouille ange arc arme balle baiser banc bar biere bite blanc boisson bombe bordel boudin bourrer branler brun
    cafard canard canon cancer cave cercueil chameau chatte chien chienne chier cigare cimetiere cochon con conne corde
    cornichon couper couteau cracher crier croix cruche cul culotte danger dieu diable dinde docteur drapeau drogue
    enceinte enfer esclave fantome fesse feu flic foutre fouet frapper fumer fusil garce geant gifle gorille gourde
    gland grand grave gros guerre guenon haine hache hopital idiot imam juif juge lance larme laid lourd macaque maigre
    malade marteau mince moche moine monstre mort morve moule mourir musulman nain negre nichon noir nouille nu ogre
    oie orphelin pape pauvre pede pendre petit peur pipe pipi piquer pistolet pleurer poil poing poison poitrine police
    porc poubelle poule poulet prier prison pute queue rat reine revolver roi sabre salaud sang sein seringue
    serpent sexe sida singe soldat sorcier sucer tabac tapette thon tirer tombe triste truie tuer turban vache ventre
    verge vin viol voler voleur vomir vote whisky zizi
    """
)

# Forms of one word that the general rule for endings does not see.
FAMILIES = [
    family.split()
    for family in """
    acteur action actrice; attentif attentive; boire boisson; coiffer coiffure coiffeuse; couvrir couverture
    diviser division; employer emploi; envoyer envoi; fermer fermeture; fromage fromagerie; jeu jouer joueur jouet
    juste justice justesse; lire lecture lecteur; lumineux luminaire; magicien magique; nager nageur natation
    ouvrir ouvert ouvreuse ouverture; palmier palmeraie; produire produit; rosier roseraie; sauver sauvetage sauveur
    savoir savant; sculpter sculpture; sel saler; servir service serveur; sportif sportive; trouver trouvaille
    vaincre vainqueur; vigne vigneron vignoble; vite vitesse; vivre vie; voir vue; zapper zapping
    """.replace("\n", ";").split(";")
]

ENDINGS = """
    e s x es r er ir re eur euse eux ant ante ent ement ment age ier iere ette et iste oir oire if ive
    ation ition ateur atrice able ure ie ique ine eau elle
"""
DROPPED = ("e", "er", "ir", "re", "eau", "ie", "ier", "eur", "on")

FOLDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch|sh|ch", "S"), (r"ph", "f"), (r"h", ""), (r"tion", "sion"), (r"sc(?=[eiy])|c(?=[eiy])", "s"),
        (r"cqu|qu|q|ck|cc|k|c", "k"), (r"gu(?=[eiy])", "G"), (r"ge(?=[aou])|g(?=[eiy])", "j"), (r"G", "g"),
        (r"x", "ks"), (r"z", "s"), (r"w", "v"), (r"(?:er|ez|et|ed|ai|ay|ey|ais|ait|aiks|es)$", "9"),
        (r"eau|au", "o"), (r"oeu|eu|oe", "e"), (r"oin(?![aeiouynm])", "w1"),
        (r"(?:ain|aim|ein|eim|in|im|yn|ym|un|um)(?![aeiouynm])", "1"), (r"ien(?![aeiouynm])", "i1"),
        (r"(?:an|am|en|em|aon)(?![aeiouynm])", "2"), (r"(?:on|om)(?![aeiouynm])", "3"), (r"ou", "u"), (r"oi|oy", "wa"),
        (r"ai|ei|ay|ey", "9"), (r"ill|il$", "y"), (r"y", "i"), (r"(.)\1+", r"\1"), (r"(?<=.)e$", ""),
        (r"(?<=..)[tdspg]+$", ""), (r"ks$", ""), (r"9", "e"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


def sound(word: str) -> str:
    """A rough French ear: words with the same result sound alike."""
    for pattern, letters in FOLDS:
        word = pattern.sub(letters, word)
    return word


def without_one_letter(word: str) -> set[str]:
    """The word and everything that is left when one letter is taken out.

    Two words which are one change, one letter more or less, or one swap of neighbours apart always share one of these.
    """
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def forms(word: str) -> set[str]:
    """What the word may become with another ending: danseur and dansant for danser, jardinier for jardin."""
    shorter = {word.removesuffix(ending) for ending in DROPPED}
    stems = {word, word + word[-1]} | {stem for stem in shorter if len(stem) >= 3}
    return {stem + ending for stem in stems for ending in ENDINGS.split()} - {word}


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
    return {(word[:-n], word) for word in known for n in (1, 2) if word[:-n] in known}


def of_one_family(words: Iterable[str]) -> set[tuple[str, str]]:
    known = set(words)
    by_ending = {(word, form) for word in known for form in forms(word) & known}
    return by_ending | {pair for family in FAMILIES for pair in combinations(sorted(known & set(family)), 2)}


def test_there_are_exactly_2048_words_each_on_its_own_line() -> None:
    assert len(WORDS) == 2048
    assert FILE.read_bytes() == "".join(f"{word}\n" for word in WORDS).encode("ascii")


def test_the_words_are_sorted_and_none_comes_twice() -> None:
    assert sorted(set(WORDS)) == WORDS


def test_every_word_has_three_to_ten_small_letters_and_nothing_else() -> None:
    assert [word for word in WORDS if not re.fullmatch(r"[a-z]{3,10}", word)] == []


def test_no_two_words_look_alike() -> None:
    assert look_alike(WORDS) == set()


def test_no_two_words_sound_alike() -> None:
    assert sound_alike(WORDS) == set()


def test_no_word_is_another_word_with_one_or_two_letters_at_the_end() -> None:
    assert one_inside_the_other(WORDS) == set()


def test_no_two_words_are_forms_of_one_word() -> None:
    assert of_one_family(WORDS) == set()


def test_no_word_sounds_like_another_very_common_word_outside_the_list() -> None:
    assert TWINS & set(WORDS) == set()


def test_no_word_is_really_written_with_an_accent_or_another_sign() -> None:
    assert BARE & set(WORDS) == set()


def test_no_word_is_one_that_a_child_should_not_be_handed() -> None:
    assert UNWANTED & set(WORDS) == set()


@pytest.mark.parametrize(
    ("rule", "pair"),
    [
        (look_alike, ("lapin", "sapin")),
        (look_alike, ("robe", "robes")),
        (look_alike, ("carton", "catron")),
        (sound_alike, ("car", "quart")),
        (sound_alike, ("seau", "sot")),
        (sound_alike, ("danse", "dense")),
        (sound_alike, ("coq", "coque")),
        (sound_alike, ("pain", "pin")),
        (sound_alike, ("poisson", "poison")),
        (one_inside_the_other, ("chant", "chanter")),
        (of_one_family, ("danser", "danseur")),
        (of_one_family, ("jardin", "jardinier")),
        (of_one_family, ("fermer", "fermeture")),
    ],
)
def test_each_rule_finds_a_pair_that_breaks_it(
    rule: Callable[[Iterable[str]], set[tuple[str, str]]], pair: tuple[str, str]
) -> None:
    assert pair in {found for a, b in rule([*pair, "parapluie"]) for found in ((a, b), (b, a))}


def test_words_that_are_plainly_different_break_no_rule() -> None:
    different = ["parapluie", "girafe", "tulipe", "crayon"]
    for rule in (look_alike, sound_alike, one_inside_the_other, of_one_family):
        assert rule(different) == set()
