"""The Dutch words of the receipt (dialogue/answering/words/README.nl.md)."""

import re

from tests.answering.wordlists import Wordlist, ear, with_one_letter_open, words_of

# Words that may hurt, frighten, embarrass or single out a child who draws them at random.
UNWANTED = words_of(
    """
    aap bed beha bier bijl bikini bil billen blank bloed bloot bom boos borst bruin bruid dief dik dom doos dood drank
    drug drugs duivel eikel engel ezel flikker gat geheim gek geld god graf haat heks hel hoer homo huid ijdel jood kak
    kanker kanon kater kerk kist koe kogel koning kruis kussen kut kwal lam lelijk leger lijk lul mager mes moord
    moskee muts naaien naakt nacht nicht oorlog pijl pijn pijp pil plas poep poes pokken poot pot prins pruim rat rook
    roken rotzak ruzie schieten seks slaaf slaan slang slet soldaat spin spook spuit stom straf stem tank teef tiet
    tieten trut turk vagina varken verdriet vet vlag vluchten vrijen wapen wiet wijn wit wolf wond zak zeug ziek zoen
    zwaard zwart
    """
)

UNWANTED_PARTS = words_of(
    """
    begraf bloed dood drugs geweer gevang kanker misbruik moord oorlog pistool porno racis scheld seks sigaret soldaat
    stront terreur vergif wapen ziekenhuis zuipen
    """
)

NUMBERS = words_of(
    """
    nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien
    achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen miljard
    """
)

OF_THE_RECEIPT = words_of("antwoord bericht bewijs bon code komma naam nummer punt streep ticket wachtwoord woord")

ENDINGS = re.compile(r"(?=(?:.{1,2}|tje|pje|kje|etje|jes|tjes)$)")

# A Dutch ear: ei is ij, ou is au, v is f, z is s, a final d is t, doubled letters are one.
sound = ear(
    ("sch", "sg"), ("ch", "g"), ("ph", "f"), ("th", "t"), ("qu", "kw"), ("x", "ks"), ("c(?=[eiy])", "s"), ("c", "k"),
    ("ij", "Y"), ("ei", "Y"), ("[ao]uw?", "A"), ("ie", "i"), ("y", "i"), ("v", "f"), ("z", "s"),
    ("d$|dt", "t"), ("b$", "p"), (r"(.)\1+", r"\1"),
)  # fmt: skip


def shortened(word: str) -> set[str]:
    """The word without one or two letters, or a diminutive ending, behind it."""
    return {word[: ending.start()] for ending in ENDINGS.finditer(word)}


DUTCH = Wordlist(
    language="nl",
    sha256="2a94daf911a6cb2109f77b8759e5243eaea8ea4fab2fbb64f7219a8937d8c6d8",
    sound=sound,
    near_look=with_one_letter_open,
    near_sound=with_one_letter_open,
    read_as=(str, sound),
    shortened=shortened,
    left_out={
        "is nothing to hand to a child": UNWANTED,
        "can be taken for a number": NUMBERS,
        "can be taken for a part of the receipt itself": OF_THE_RECEIPT,
    },
    left_out_parts={"holds what is nothing to hand to a child": "|".join(UNWANTED_PARTS)},
    bad={
        "order": ["maan maan", "maan kaas"],
        "letters": ["Kat", "ui", "olifantenoor", "café", "mp3"],
        "look": ["boek broek", "kaas kaars", "tuin duin"],
        "sound": ["leiden lijden", "rauw rouw", "hart hard", "ligt licht", "feest vest", "sier zier"],
        "longer": ["boom bomen", "boom boompje", "huis huizen", "duif duiven", "pan pannetje"],
        "left out": ["wiet", "zeven", "wachtwoord"],
        "left out parts": ["neusbloed", "sigaretje"],
    },
)
