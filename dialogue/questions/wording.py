"""Whether a question can be understood at this age: length, "not", two questions in one, leading, hard words.

The rules stand in the field's age-band table (Borgers, de Leeuw & Hox 2000; de Leeuw 2011): no negation and one thing
at a time for 4-11, advice from 12 on; double negation never below 16. Which words deny: for Dutch the Algemene
Nederlandse Spraakkunst, English the Cambridge Grammar (Huddleston & Pullum 2002), French the Grammaire méthodique
(Riegel, Pellat & Rioul), German the Duden-Grammatik. Of other languages only length and form are looked at.
"""

import re
from collections.abc import Callable

from flask_babel import gettext as _

from dialogue.questions.findings import Finding
from dialogue.shared.bands import RULES, Band
from dialogue.web.i18n import LANGUAGES

YOUNG = frozenset({Band.A, Band.B})
LONGEST_QUESTION = 200  # characters
QUESTION_MARKS = ("?", "؟")
LONG_WORD = {Band.A: 12, Band.B: 14, Band.C: 17, Band.D: 20}
NEGATION = {
    "nl": r"\b(niet|geen|nooit|niemand|niets|nergens)\b",
    "en": r"\b(not|no|never|nobody|nothing|nowhere|\w+n['’]t)\b",
    # "plus" and "personne" deny only after "ne"
    "fr": r"\b(pas|jamais|rien|aucune?|nulle part|(?:ne |n['’])[\w'’-]+(?: [\w-]+)? (?:plus|personne))\b",
    "de": r"\b(nicht|kein(?:e[mnrs]?)?|nie|niemals|niemand(?:e[mn])?|nichts|nirgends|nirgendwo)\b",
}
BALANCED = {  # "wel of niet" offers both sides
    "nl": r"\b(wel )?of niet\b",
    "en": r"\bor not\b",
    "fr": r"\bou (pas|non)\b",
    "de": r"\boder nicht\b",
}
TWO_THINGS = {"nl": r"\b(en|én)\b", "en": r"\band\b", "fr": r"\bet\b", "de": r"\bund\b"}
LEADING = {
    "nl": r"\b(vind (je|jij|u) ook|ben (je|jij|u) het (er ?mee )?eens|denk (je|jij) ook)\b",
    "en": r"\b(don['’]t you think|do you agree|do you also think)\b",
    "fr": r"\b(n['’]est-ce pas|(trouves|penses|crois)-tu aussi|es-tu d['’]accord|ne (trouves|penses)-tu pas)\b",
    "de": r"\b((findest|denkst|meinst|glaubst) du (nicht )?auch|bist du einverstanden|stimmst du zu|nicht wahr)\b",
}


def language_name(language: str) -> str:
    """The language as its speakers call it."""
    return LANGUAGES.get(language, language)


def check(question: str, band: Band, language: str) -> list[Finding]:
    """What makes this question hard or unfair for this band."""
    looks: list[Callable[[str, Band, str], list[Finding]]] = [_form, _length, _negation, _double, _leading, _hard_words]
    return [finding for look in looks for finding in look(question, band, language)]


def words(text: str) -> list[str]:
    """The words of a sentence."""
    return re.findall(r"[\w'’-]+", text)


def _form(question: str, _band: Band, _language: str) -> list[Finding]:
    if len(question) > LONGEST_QUESTION:
        too_long = _("De vraag is te lang: hoogstens %(most)s tekens.", most=LONGEST_QUESTION)
        return [Finding(too_long, blocks=True)]
    if question.endswith(QUESTION_MARKS):
        return []
    return [Finding(_("Maak er een vraag van, met een vraagteken aan het eind."))]


def _length(question: str, band: Band, _language: str) -> list[Finding]:
    most, count = RULES[band].words_per_question, len(words(question))
    if most is None or count <= most:
        return []
    return [
        Finding(_("Een lange vraag: %(count)s woorden. Probeer het met hoogstens %(most)s.", count=count, most=most))
    ]


def _negation(question: str, band: Band, language: str) -> list[Finding]:
    text = re.sub(BALANCED.get(language, r"(?!)"), "", question.lower())
    found = [match.group(1) for match in re.finditer(NEGATION.get(language, r"(?!)"), text)]
    if not found:
        return []
    if len(found) > 1:
        twice = _("Twee keer een ontkenning (“%(words)s”): vraag het zonder.", words="”, “".join(found))
        return [Finding(twice, blocks=band != Band.D)]
    return [Finding(_("“%(word)s” maakt het lastig: vraag het zonder.", word=found[0]), blocks=band in YOUNG)]


def _double(question: str, band: Band, language: str) -> list[Finding]:
    both = re.search(TWO_THINGS.get(language, r"(?!)"), question.lower())
    if sum(map(question.count, QUESTION_MARKS)) < 2 and not both:
        return []
    return [Finding(_("Dit lijken twee vragen in één: vraag één ding tegelijk."), blocks=band in YOUNG)]


def _leading(question: str, _band: Band, language: str) -> list[Finding]:
    if not re.search(LEADING.get(language, r"(?!)"), question.lower()):
        return []
    return [Finding(_("Dit stuurt het antwoord. Noem beide kanten: “Hoe veilig of onveilig …?”"))]


def _hard_words(question: str, band: Band, _language: str) -> list[Finding]:
    long = [word for word in words(question) if max(map(len, re.split("['’-]", word))) >= LONG_WORD[band]]
    return [Finding(_("“%(word)s” is een lang woord: kan het eenvoudiger?", word=word)) for word in long]
