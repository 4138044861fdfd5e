"""The English words of the receipt (dialogue/answering/words/README.en.md)."""

from tests.answering.wordlists import (
    Wordlist,
    ear,
    families_of,
    words_of,
)

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
FAMILIES = families_of(
    """
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
    """
)

ENDINGS = words_of(
    """
    s es ed er ers or ors est ing ings n en y ly ily ies ied ier iest
    ful less ness ish ic al able ment ist ian ation
    """
)

# A rough English ear.
sound = ear(
    (r"^kn|^gn", "n"), (r"^wr|^rh", "r"), (r"^wh", "w"), (r"^ps|^x", "s"), (r"mb$|mn$", "m"),
    (r"tch|ch", "C"), (r"sh", "S"), (r"tion|sion|cean|cian", "Sn"), (r"th", "T"), (r"ph", "f"),
    (r"igh", "ie"), (r"gh", ""), (r"dg(?=[eiy])", "j"), (r"ck", "k"), (r"sc(?=[eiy])", "s"), (r"c(?=[eiy])", "s"),
    (r"c", "k"), (r"qu", "kw"), (r"q", "k"), (r"x", "ks"), (r"z", "s"), (r"ge$", "je"), (r"wor", "wer"),
    (r"al(?=[km])", "or"), (r"our|oar|oor|ore|aw|au|ough|or|al(?=l)", "O"), (r"eer|ere|ear|ier|eir|air|are", "E"),
    (r"er|ir|ur|yr", "U"), (r"ar(?![aeiouy])", "A"), (r"ee|ea|ie|ei|ey", "I"), (r"ai|ay", "Y"),
    (r"oa|ow|ou|oe", "W"), (r"oo|ue|ew|ui|eu", "V"), (r"([aiou])([bdfgjklmnpstvCST])e$", r"\1:\2"),
    (r"y", "i"), (r"e$", ""), (r"(.)\1+", r"\1"),
)  # fmt: skip


def forms(word: str) -> set[str]:
    """What the word may become with an ending: baker and baking for bake, runner for run, happily for happy."""
    stems = {word, word + word[-1]}
    if word[-1] in "ey":
        stems.add(word[:-1])
    return {stem + ending for stem in stems for ending in ENDINGS}


ENGLISH = Wordlist(
    language="en",
    sha256="76819edafd0099fa7dab41073ecf6fb85975a1451394f7014fd730f4261103c1",
    longest=9,
    sound=sound,
    forms=forms,
    families=FAMILIES,
    left_out={
        "sounds like another common word": HOMOPHONES,
        "is spelled otherwise in the United States": BRITISH_WORDS,
        "is nothing to hand to a child": UNWANTED,
    },
    bad={
        "order": ["cat cat", "dog cat"],
        "letters": ["Cat", "no", "caterpillar", "caterpilla", "tv2"],
        "look": ["cat hat", "boat boats", "angel angle"],
        "sound": ["fone phone", "flouer flower", "wales whales"],
        "longer": ["bake bakery", "farm farmer"],
        "family": ["dance dancing", "happy happily", "run running", "geese goose"],
        "left out": ["flower", "colour", "vodka"],
    },
)
