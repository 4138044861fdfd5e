"""Which texts of a questionnaire can be recorded, what is, and whether a recording still says what stands there.

A text has a name: "q1/question", "q1/help", "q1/a" (an answer); "unsure" is "I don't know", recorded once for all
questions. Only the youngest are read to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from dialogue.consultations.models import Channel, Version, VersionSound
from dialogue.questions.items import Item
from dialogue.questions.kinds import KINDS
from dialogue.questions.wording import YOUNG, language_name
from dialogue.shared.bands import RULES

UNSURE = "unsure"
Sounds = dict[str, dict[str, str]]  # language -> name of the text -> SHA-256 of the file


@dataclass(frozen=True)
class Line:
    """A text that a child can hear, and what was recorded of it."""

    name: str
    text: str
    sound: VersionSound | None

    @property
    def is_done(self) -> bool:
        """Whether a recording says just this."""
        return self.sound is not None and self.sound.text == self.text

    @property
    def is_stale(self) -> bool:
        """Whether it was recorded, and changed after that."""
        return self.sound is not None and not self.is_done


def can_be_recorded(version: Version) -> bool:
    """Whether children of this age are read to, on a device."""
    return version.band in YOUNG and version.consultation.channel == Channel.SELF


def lines(version: Version, language: str) -> list[Line]:
    """Every text of this version in this language, in the order in which children hear them."""
    if not can_be_recorded(version):
        return []
    recorded = {sound.name: sound for sound in version.sounds if sound.language == language}
    return [Line(name, text, recorded.get(name)) for name, text in _texts(version, language).items() if text]


def names(version: Version) -> set[str]:
    """The names of all texts that this version can have, also of those that are empty now."""
    return {name for language in version.consultation.languages for name in _texts(version, language)}


def progress(version: Version) -> tuple[int, int]:
    """How many texts were recorded as they stand, and how many there are, over all languages."""
    found = [line for language in version.consultation.languages for line in lines(version, language)]
    return sum(line.is_done for line in found), len(found)


def heard(version: Version) -> Sounds:
    """What children hear: recordings that say what stands there, in the languages that are asked."""
    found = {language: _heard_in(version, language) for language in version.consultation.languages}
    return {language: sounds for language, sounds in found.items() if sounds}


def stale(version: Version) -> dict[str, int]:
    """How many texts changed after they were recorded, per language where there are any."""
    languages = version.consultation.languages
    count = {language: sum(line.is_stale for line in lines(version, language)) for language in languages}
    return {language: number for language, number in count.items() if number}


def why_not_ask(versions: Sequence[Version]) -> list[str]:
    """Every reason why these recordings cannot be heard by children."""
    return [
        _("%(years)s jaar: %(what)s", years=RULES[version.band].years, what=_changed(number, language))
        for version in versions
        for language, number in stale(version).items()
    ]


def advice(versions: Sequence[Version]) -> list[str]:
    """Where some texts are heard as recorded and others are not."""
    return [
        _("%(years)s jaar: %(what)s", years=RULES[version.band].years, what=_missing(missing, language))
        for version in versions
        for language in heard(version)
        if (missing := sum(line.sound is None for line in lines(version, language)))
    ]


def _heard_in(version: Version, language: str) -> dict[str, str]:
    return {line.name: line.sound.file.sha256 for line in lines(version, language) if line.sound and line.is_done}


def _changed(number: int, language: str) -> str:
    return ngettext(
        "%(num)s tekst (%(language)s) is veranderd na het inspreken: spreek opnieuw in, of zeg dat het nog past.",
        "%(num)s teksten (%(language)s) zijn veranderd na het inspreken: spreek opnieuw in, of zeg dat het nog past.",
        number,
        language=language_name(language),
    )


def _missing(number: int, language: str) -> str:
    return ngettext(
        "%(num)s tekst (%(language)s) is nog niet ingesproken.",
        "%(num)s teksten (%(language)s) zijn nog niet ingesproken.",
        number,
        language=language_name(language),
    )


def _texts(version: Version, language: str) -> dict[str, str]:
    found = {
        f"{item['key']}/{part}": text
        for item in version.items
        for part, text in KINDS[item["kind"]].spoken(item, language).items()
    }
    return found | ({UNSURE: _unsure(language)} if any(map(_is_closed, version.items)) else {})


def _is_closed(item: Item) -> bool:
    return KINDS[item["kind"]].is_closed


def _unsure(language: str) -> str:
    with force_locale(language):
        return str(_("Weet ik niet"))
