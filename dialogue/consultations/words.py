"""What bands, states and channels are called on screen."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialogue.consultations.models import Channel, Consultation, State, Version, Wave
from dialogue.questions.bank import ALWAYS_OPEN, starter
from dialogue.shared.bands import RULES, Band
from dialogue.web.i18n import in_language

STATE_WORDS = {
    State.DRAFT: _l("in voorbereiding"),
    State.OPEN: _l("open"),
    State.CLOSED: _l("gesloten"),
    State.ANSWERED: _l("teruggekoppeld"),
}
STATE_CHIPS = {State.DRAFT: "draft", State.OPEN: "", State.CLOSED: "waiting", State.ANSWERED: "yes"}
CHANNEL_WORDS = {
    Channel.SELF: _l("Zelf, op een telefoon, tablet of computer"),
    Channel.INTERVIEW: _l("In een gesprek; iemand schrijft het op"),
    Channel.PAPER: _l("Op papier"),
    Channel.WORKSHOP: _l("In een workshop"),
}


def band_words(band: Band) -> str:
    """7–11 jaar."""
    return str(_("%(years)s jaar", years=RULES[band].years))


def title(consultation: Consultation) -> str:
    """The title in the language of the page, or in another, or a word that says there is none yet."""
    return in_language(consultation.titles) or str(_("Zonder titel"))


def who_decides(consultation: Consultation, language: str | None = None) -> str:
    """Who decides, as typed; what the always open one began with is said in this language, else that of the page."""
    begun = starter(ALWAYS_OPEN).promise[f"decided_by_{consultation.municipality.country}"]
    return in_language(begun, language) if consultation.decided_by in begun.values() else consultation.decided_by


def line_words(version: Version, name: str) -> str:
    """Vraag 2; Antwoord: which text of a questionnaire this is."""
    key, _slash, part = name.partition("/")
    if part == "question":
        return str(_("Vraag %(number)s", number=[item["key"] for item in version.items].index(key) + 1))
    if part == "help":
        return str(_("Uitleg"))
    return str(_("Antwoord") if part else _("Bij elke vraag"))


def round_words(wave: Wave) -> str:
    """Ronde 2."""
    return str(_("Ronde %(number)s", number=wave.number))
