"""How states and numbers of the room signals are said to staff."""

from flask_babel import gettext as _

from dialogue.answering.models import Reading
from dialogue.shared.bands import RULES, Band
from dialogue.signals.basis_queries import Said
from dialogue.web.i18n import day


def state_words(state: Reading) -> str:
    """How far words have been read, in words."""
    words = {
        Reading.UNREAD: _("ongelezen"),
        Reading.HELD: _("apart gehouden"),
        Reading.NO_REQUEST: _("gelezen, geen vraag"),
        Reading.CODED: _("bij een signaal"),
    }
    return words[state]


def band_words(band: Band) -> str:
    """An age band as people say it."""
    return _("%(years)s jaar", years=RULES[band].years)


def said_words(said: Said) -> str:
    """'± 180 keer aangekruist (van ± 600 antwoorden), ± 30 keer geschreven': never added up; or which advice it was."""
    if said.advised_on:
        return _("Uit een advies van de jeugdraad van %(day)s", day=day(said.advised_on))
    parts = []
    if said.ticked and said.of:
        parts.append(_("%(count)s keer aangekruist (van %(of)s antwoorden)", count=_few(said.ticked), of=said.of))
    elif said.ticked:
        parts.append(_("%(count)s keer aangekruist", count=_few(said.ticked)))
    if said.written:
        parts.append(_("%(count)s keer geschreven", count=_few(said.written)))
    return ", ".join(parts) or _("Steunt nog op niets")


def _few(count: str) -> str:
    return _("minder dan %(num)s", num=count[1:]) if count.startswith("<") else count
