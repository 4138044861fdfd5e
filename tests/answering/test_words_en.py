"""The English words of the receipt obey their rules (dialogue/answering/words/README.en.md)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "dialogue" / "answering" / "words" / "en.txt"
WORDS = FILE.read_text(encoding="ascii").split("\n")[:-1]


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Everyday words that sound like another everyday word: in southern British or in American English.
HOMOPHONES = words_of(
    """
    ad aid aide ail air aisle ale allowed aloud altar alter ant arc ark ate aunt bail bait baited bald bale ball
    band banned bard bare baron barred barren base bass bawl bawled bay be beach bean bear beat beau bee beech
    been beer beet berry berth bey bier billed birth bite blew blue boar board bold bolder bore bored born borne
    borough bough boulder bow bowled boy braid brake brayed bread break bred brews bridal bridle brows bruise
    build buoy bury but butt buy by bye byte caught cell cellar cent cereal chased chaste cheap cheater check
    cheep cheetah cheque chews chili chilli chilly choir choral chord cite clause claws coarse colonel coral
    cord core cored corps council counsel course court creak creek crews cruise cue currant current cygnet
    cymbal dam damn days daze dear deer desert dessert dew die draft draught dual due duel dye earn eight ewe
    eye faint fair fare farther fate father faun fawn feat feet feint fete find fined fir flair flare flaw flea
    flee flew floor flour flower flu flue for fore foreword fort forward fought foul four fowl freeze frieze fur
    gait gate genes gilt gnu gorilla grate grater grease great greater greece groan grown guerrilla guessed
    guest guilt hail hair hale hall hangar hanger hare hart haul hay heal hear heard heart heel heir herd here
    hey higher him hire hoard hoarse hoes hole horde hose hostel hour hymn idle idol in inn jeans kernel key
    knead knew knight knot know lain lane law lead leak led leek lessen lesson liar licence lichen liken loan
    lone loot lore lute lyre made maid mail main maize male mall mane manner manor mare marry maul mayor maze
    meat medal meddle meet mewl mind mined miner minor missed mist moan moat moor more morning mote mourning
    mown mule muscle mussel naval navel nay need neigh new night no none not nun oar one or ore our pail pain
    pair pairs palate pale palette pane passed past patience patients pause paw paws pea peace peak peal pear
    pears pedal peddle pee peek peel peer piece pier plain plane pleas please plum plumb pole poll poor pore
    pour practice practise praise pray prays presence present presents prey pride pried prince principal
    principle prints prise prize profit prophet quay queue quire rain raise rap raw rays read real red reed reel
    reign rein right ring rite road roar rode roe role roll root rose rote rough route row rowed rows ruff rung
    rye sail sale sauce saw scene scent sea seam sear seas see seem seen seer sees seize sell seller sent serf
    serial shear shears sheer shoe shoo shore side sighed sight signet site slay sleigh soar soared sole some
    son sore sought soul source spa spar staid stair stairs stake stalk stare stares stationary stationery
    stayed steak steal steel storey stork story straight strait suite sum sun sundae sunday sure sword symbol
    tail tailor tale taught taut taylor tea team tear teas tease tee teem their there they threw throne through
    thrown thyme tic tick tide tied tier time to toad toe told tolled too tor tore tort tow towed tuba tuber two
    urchin urn vain vale vane vary veil vein wade wail waist wait waive ware waste wave way we weak wear weather
    wee weed week weigh weighed weight weir were wet whale where whet whether which while whine white whole
    wight wile wine witch won wood would wrap wring write wrote wrung wry yew yoke yolk yore you your
    """
)

# Same word, other spelling in the United States.
BRITISH_WORDS = words_of(
    """
    armour behaviour colour colourful favour favourite flavour harbour honour humour labour neighbour odour parlour
    rumour savoury splendour vapour vigour centre fibre litre metre centimetre kilometre theatre catalogue dialogue
    analogue cheque cosy doughnut draughts enrol fulfil grey jeweller jewellery kerb lasagne licence liquorice
    marvellous moustache mould omelette plough practise programme pyjamas sceptic skilful storey sulphur traveller tyre
    woollen yoghurt yogurt airplane aeroplane color favor flavor harbor neighbor center fiber theater gray jewelry
    licorice mold plow program pajamas skeptic tire
    """
)

# The beginning of a list, not the whole of it: a careless addition should meet it.
UNWANTED = words_of(
    """
    arrow army axe bacon battle beer black blade blood body bomb bone bottom breast brown bullet bully chest church cow
    crash cross cry danger dark dead death devil dirty donkey drug drunk dumb enemy fat fear fever fight flag funeral
    ghost god grave gun hate heaven hell hunt hurt ill jail kill king kiss knife lonely mad mean monkey monster mosque
    murder naked nightmare nude nuts old pain pig poison police poor pork prayer president prison queen race rat rifle
    rude sad scary scream sex shame shark shoot short sick skin skinny skull slave snake soldier spear stab stupid
    sweat sword tank tears temple thief thin tomb tongue trap ugly vodka vomit vote war weapon weed whip white wine
    witch wound yob
    """
)

# Forms of one word that the general rule for endings does not see.
FAMILIES = [
    family.split()
    for family in """
    arrive arrival; ball balls; begin began beginning; break broken; bring brought; build built building; buy bought
    catch caught; child children; choose choice chosen; clothes clothing; deep depth; discover discovery; draw drew
    drive drove; educate education; electric electrician; find found; fly flew flight; foot feet; forget forgot
    freeze frozen; give gift gave; goose geese; grow growth grew; half halves; heat hot; hide hidden; high height
    imagine imagination; invent invention; invite invitation; keep kept; knife knives; know knew knowledge
    laugh laughter; leaf leaves; loaf loaves; long length; magic magician magical; mouse mice; music musician musical
    nature natural
    photo photograph photographer; rehearse rehearsal; ride rode ridden; science scientist scientific; sell sale sold
    sing sang song; speak speech spoke; strong strength; swim swam; take took; teach taught; tell told; think thought
    tooth teeth; true truth; type typist; warm warmth; wear wore; wide width; win won; wolf wolves; write wrote written
    """.replace("\n", ";").split(";")
]

ENDINGS = """
    s es ed er ers or ors est ing ings n en y ly ily ies ied ier iest
    ful less ness ish ic al able ment ist ian ation
"""

FOLDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^kn|^gn", "n"), (r"^wr|^rh", "r"), (r"^wh", "w"), (r"^ps|^x", "s"), (r"mb$|mn$", "m"),
        (r"tch|ch", "C"), (r"sh", "S"), (r"tion|sion|cean|cian", "Sn"), (r"th", "T"), (r"ph", "f"),
        (r"igh", "ie"), (r"gh", ""), (r"dg(?=[eiy])", "j"), (r"ck", "k"), (r"sc(?=[eiy])", "s"), (r"c(?=[eiy])", "s"),
        (r"c", "k"), (r"qu", "kw"), (r"q", "k"), (r"x", "ks"), (r"z", "s"), (r"ge$", "je"), (r"wor", "wer"),
        (r"al(?=[km])", "or"), (r"our|oar|oor|ore|aw|au|ough|or|al(?=l)", "O"), (r"eer|ere|ear|ier|eir|air|are", "E"),
        (r"er|ir|ur|yr", "U"), (r"ar(?![aeiouy])", "A"), (r"ee|ea|ie|ei|ey", "I"), (r"ai|ay", "Y"),
        (r"oa|ow|ou|oe", "W"), (r"oo|ue|ew|ui|eu", "V"), (r"([aiou])([bdfgjklmnpstvCST])e$", r"\1:\2"),
        (r"y", "i"), (r"e$", ""), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


def sound(word: str) -> str:
    """A rough English ear: words with the same result sound alike."""
    for pattern, letters in FOLDS:
        word = pattern.sub(letters, word)
    return word


def without_one_letter(word: str) -> set[str]:
    """The word and everything that is left when one letter is taken out.

    Two words which are one change, one letter more or less, or one swap of neighbours apart always share one of these.
    """
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def forms(word: str) -> set[str]:
    """What the word may become with an ending: baker and baking for bake, runner for run, happily for happy."""
    stems = {word, word + word[-1]}
    if word[-1] in "ey":
        stems.add(word[:-1])
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


def test_every_word_has_three_to_nine_small_letters_and_nothing_else() -> None:
    assert [word for word in WORDS if not re.fullmatch(r"[a-z]{3,9}", word)] == []


def test_no_two_words_look_alike() -> None:
    assert look_alike(WORDS) == set()


def test_no_two_words_sound_alike() -> None:
    assert sound_alike(WORDS) == set()


def test_no_word_is_another_word_with_one_or_two_letters_at_the_end() -> None:
    assert one_inside_the_other(WORDS) == set()


def test_no_two_words_are_forms_of_one_word() -> None:
    assert of_one_family(WORDS) == set()


def test_no_word_sounds_like_another_common_word_outside_the_list() -> None:
    assert HOMOPHONES & set(WORDS) == set()


def test_no_word_is_spelled_otherwise_in_the_united_states() -> None:
    assert BRITISH_WORDS & set(WORDS) == set()


def test_no_word_is_one_that_a_child_should_not_be_handed() -> None:
    assert UNWANTED & set(WORDS) == set()


@pytest.mark.parametrize(
    ("rule", "pair"),
    [
        (look_alike, ("cat", "hat")),
        (look_alike, ("boat", "boats")),
        (look_alike, ("angel", "angle")),
        (sound_alike, ("fone", "phone")),
        (sound_alike, ("flouer", "flower")),
        (sound_alike, ("wales", "whales")),
        (one_inside_the_other, ("bake", "bakery")),
        (one_inside_the_other, ("farm", "farmer")),
        (of_one_family, ("dance", "dancing")),
        (of_one_family, ("happy", "happily")),
        (of_one_family, ("run", "running")),
        (of_one_family, ("geese", "goose")),
    ],
)
def test_each_rule_finds_a_pair_that_breaks_it(
    rule: Callable[[Iterable[str]], set[tuple[str, str]]], pair: tuple[str, str]
) -> None:
    assert pair in rule([*pair, "umbrella"])


def test_words_that_are_plainly_different_break_no_rule() -> None:
    different = ["umbrella", "giraffe", "pancake", "window"]
    for rule in (look_alike, sound_alike, one_inside_the_other, of_one_family):
        assert rule(different) == set()
