"""Which text of a message a child reads: that of its age in its language, else the general one; never another's.

A version for one age may leave parts empty: those, and the picture, are as in the general text of its language.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from dialogue.decisions.models import Decision
from dialogue.feedback.models import PARTS, Message, MessageText, Version
from dialogue.shared.bands import Band
from dialogue.shared.canonical import sha256_hex
from dialogue.shared.errors import NotFound
from dialogue.web.i18n import spoken_here


def version_of(code: str, languages: Collection[str]) -> Version:
    """What a code stands for; raises NotFound."""
    band, _, language = code.rpartition("-")
    if language not in languages or band not in ("", *Band):
        raise NotFound
    return Version(band, language)


@dataclass(frozen=True)
class Shown:
    """A text as a child reads it: only the parts that say something, in their order."""

    band: str
    language: str
    parts: dict[str, str]
    picture: str = ""
    sound_id: int | None = None

    @property
    def version(self) -> Version:
        return Version(self.band, self.language)

    @property
    def digest(self) -> str:
        """What stands for all that is to be seen and heard here."""
        return sha256_hex([self.band, self.language, self.parts, self.picture, self.sound_id])


def main_language(decision: Decision) -> str:
    """The language in which every message is written: that of the town."""
    return decision.department.municipality.language


def find(texts: Collection[MessageText], version: Version) -> MessageText | None:
    """The text of exactly this version."""
    return next((text for text in texts if text.version == version), None)


def completed(version: Version, parts: dict[str, str], picture: str, general: MessageText | None) -> Shown:
    """What is shown of these parts: what a version for one age leaves empty comes from the general text."""
    rest = general if version.band and general else None
    said = {part: parts.get(part, "").strip() or (rest.parts.get(part, "") if rest else "") for part in PARTS}
    filled = {part: text for part, text in said.items() if text}
    return Shown(*version, filled, picture or (rest.picture if rest else ""))


def shown(text: MessageText, texts: Collection[MessageText]) -> Shown:
    """How this text is read, among the others of its edition. A sound is only ever of its own words."""
    seen = completed(text.version, text.parts, text.picture, find(texts, Version("", text.language)))
    return replace(seen, sound_id=text.sound_id)


def is_seen(text: MessageText, texts: Collection[MessageText]) -> bool:
    """Whether a person saw this text as a child would read it now."""
    return text.seen == shown(text, texts).digest


def chosen(texts: Collection[MessageText], band: str, language: str, main: str) -> Shown | None:
    """The text for a child of this age ("" when not known) who reads this language."""
    for version in (Version(band, language), Version("", language), Version(band, main), Version("", main)):
        if found := find(texts, version):
            return shown(found, texts)
    general = next((text for text in texts if not text.band), None)  # the town spoke another language then
    return shown(general, texts) if general else None


def told(message: Message, band: str = "", language: str = "") -> Shown:
    """What is read of a message that was told: for this age, where that is known, in the language of the page."""
    language = language or spoken_here()
    return chosen(message.told, band, language, main_language(message.decision)) or Shown(band, language, {})


def picture(texts: Collection[MessageText]) -> dict[str, str] | None:
    """All that is shown of an edition, for the record: the digest of each version; None when there is none."""
    return {text.version.code: shown(text, texts).digest for text in texts} or None
