"""The German words of the receipt (dialogue/answering/words/README.de.md)."""

from tests.answering.wordlists import (
    Wordlist,
    ear,
    families_of,
    words_of,
)

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
FAMILIES = families_of(
    """
    abbiegen biegen; anfang anfangen; angebot gabe geben; anruf anrufen beruf rufen; ansehen ansicht sehen
    backen gebacken; band binden bund verband; bringen gebracht; denken gedanke; erfinden finden fund; fahren fahrt
    fliegen flieger flug; foto fotograf fotografieren; gang gehen; gesang singen; gesessen sitz sitzen; gewinn gewinnen
    greifen griff; helfen hilfe; klang klingen; kopie kopieren; lage liegen; lauf laufen; limo limonade; lok lokomotive
    pfeifen pfiff; pulli pullover; reiten ritt; ruhe ruhig; sauber saubermachen; schlaf schlafen; schloss schluss
    schneiden schnitt; schreiben schrift; schreiten schritt; schwamm schwimmen; schwingen schwung; sonne sonnig
    sprache sprechen spruch; springen sprung; stand stehen; steigen stieg; streichen strich; treff treffen
    treiben trieb; trank trinken; werfen wurf; wiegen gewicht; wolke wolkig; zeichen zeichnen zeichnung; ziehen zug
    """
)

ENDINGS = words_of(
    """
    e n s t en er es em et te st ern ens end
    el ler ner erin in innen chen lein ling ung ig lich isch bar haft heit keit nis los sam ei erei
    """
)

# A rough German ear: Cologne phonetics, but with the vowels kept.
sound = ear(
    (r"ph|v", "f"), (r"pf", "f"), (r"sch", "S"), (r"chs|cks|ks|gs", "x"), (r"^ch(?=[lraou])", "k"), (r"ch", "H"),
    (r"tz|ts|ds|dz", "z"), (r"c(?=[eiy])", "z"), (r"ck|c|qu|q", "k"), (r"th|dt", "t"), (r"rh", "r"),
    (r"a[iy]|e[iy]", "E"), (r"eu|oi|oy", "O"), (r"ou", "u"), (r"ie(?=h|[^aeiou]|$)", "i"), (r"y", "i"), (r"j", "i"),
    (r"(?<=[aeiouEO])h(?![aeiouEO])", ""), (r"er$", "a"), (r"(.)\1+", r"\1"),
    (r"d(?=$|[^aeiouEOrlw])", "t"), (r"b(?=$|[^aeiouEOrlw])", "p"), (r"g(?=$|[^aeiouEOrlw])", "k"),
)  # fmt: skip


def forms(word: str) -> set[str]:
    """What the word may become with an ending: malerei for malen, spiele and gespielt for spielen."""
    stems = {word} | {word.removesuffix(ending) for ending in ("e", "n", "en", "ln", "rn") if len(word) > 4}
    return {stem + ending for stem in stems for ending in ENDINGS} | {f"ge{stem}t" for stem in stems}


def shortened(word: str) -> set[str]:
    """The word without one or two letters at the end or the beginning."""
    return {word[:-1], word[:-2], word[1:], word[2:]}


GERMAN = Wordlist(
    language="de",
    sha256="a599c059f2cef8fa1dbd203d73dae2bb3b869331a3b9c143760a4d9ac118ab05",
    sound=sound,
    shortened=shortened,
    forms=forms,
    families=FAMILIES,
    left_out={
        "sounds like another common word": HOMOPHONES,
        "can be spelled in two ways": TWO_SPELLINGS,
        "is nothing to hand to a child": UNWANTED,
    },
    left_out_parts={"writes an umlaut with two letters": r"[ao]e|(?<![aeq])ue"},
    bad={
        "order": ["hase hase", "katze hase"],
        "letters": ["Hase", "ei", "schildkroete", "bär", "mp3"],
        "look": ["hase hose", "igel igeln", "regal regla"],
        "sound": ["bald balt", "fogel vogel", "heuser hoisa", "lied lihd", "mais meis"],
        "longer": ["sonne sonnen", "falle unfalle"],
        "family": ["malen malerei", "gespielt spielen", "freund freundin", "fliegen flieger", "springen sprung"],
        "left out": ["seite", "delfin", "schnaps"],
        "left out parts": ["kaefer", "loewe", "gruen"],
    },
)
