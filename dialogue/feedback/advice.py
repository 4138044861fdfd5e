"""Help while a message is written: Lundy's four Fs of feedback (2018) as a list of what is fine and what is missing.

Advice blocks nothing; what a message cannot do without stands in `telling_rules`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from dialogue.decisions.models import Outcome
from dialogue.feedback.models import PARTS
from dialogue.feedback.versions import Shown
from dialogue.feedback.words import PART_LABELS
from dialogue.shared.bands import Band
from dialogue.shared.plain import hard_to_read
from dialogue.web.i18n import day

SOON = 10  # days from the decision to the message
OTHERS = {
    "nl": r"ander|sommige|niet iedereen|enkele|een paar",
    "en": r"other|some |not every|a few",
    "fr": r"autre|certain|quelques|pas tou|pas tous",
    "de": r"ander|manche|einige|nicht alle",
}
REFUSED = {
    "nl": r"\b(niet|geen|nee|neen|nooit)\b",
    "en": r"\b(not|no|cannot|never|\w+n['’]t)\b",
    "fr": r"\b(pas|non|aucune?|jamais)\b",
    "de": r"\b(nicht|kein\w*|nein|nie)\b",
}
NAMES_A_NO = (Outcome.PARTLY, Outcome.NOT_ADOPTED)
LOOKS_FIRST = ("", Band.A, Band.B)  # who would rather look than read
LISTENS = (Band.A, Band.B)
LONGEST_SENTENCE = {Band.A: 8, Band.B: 12, Band.C: 18, Band.D: 20}  # words; 15 in the text for everybody


@dataclass(frozen=True)
class Help:
    """One of the four Fs: what is already so, and what could be better (nothing: it is fine)."""

    name: str
    facts: Sequence[str]
    reasons: Sequence[str]


@dataclass(frozen=True)
class Days:
    """The days that count for a message: of the decision, of telling (or today), promised, and when told again."""

    decided: date
    told: date
    promised: date | None
    again: Sequence[date]


def four_fs(text: Shown, outcome: Outcome, days: Days) -> list[Help]:
    """What is good and what is missing in this version, in the order of the four Fs."""
    return [
        Help(_("Volledig"), *_full(text, outcome)),
        Help(_("Op maat"), *_friendly(text)),
        Help(_("Snel"), *_fast(days)),
        Help(_("Met een vervolg"), *_followed(text, days)),
    ]


def _full(text: Shown, outcome: Outcome) -> tuple[list[str], list[str]]:
    empty = [f"“{PART_LABELS[part]}”" for part in PARTS if part not in text.parts]
    reasons = [_("Nog leeg: %(parts)s.", parts=", ".join(empty))] if empty else []
    if not _tells(text, OTHERS, "you_said"):
        reasons.append(_("Zeg ook wat anderen vonden: niet iedereen dacht hetzelfde."))
    if outcome in NAMES_A_NO and not _tells(text, REFUSED, "we_decided", "because"):
        reasons.append(_("Zeg ook wat niet doorgaat: dat verzwijgen we nooit."))
    return [], reasons


def _friendly(text: Shown) -> tuple[list[str], list[str]]:
    most = LONGEST_SENTENCE[Band(text.band)] if text.band else None
    reasons = hard_to_read("\n".join(text.parts.values()), text.language, most)
    facts = [] if reasons else [_("Korte zinnen en gewone woorden: goed leesbaar.")]
    if not text.picture and text.band in LOOKS_FIRST:
        reasons.append(_("Kies een prent: wie nog niet vlot leest, kijkt eerst."))
    if not text.sound_id and text.band in LISTENS:
        reasons.append(_("Spreek het in: dan kan een kind het horen."))
    return facts, reasons


def _fast(days: Days) -> tuple[list[str], list[str]]:
    after = max((days.told - days.decided).days, 0)
    said = ngettext("%(num)s dag na de beslissing.", "%(num)s dagen na de beslissing.", after)
    facts, reasons = ([said], []) if after <= SOON else ([], [_("%(said)s Het doel is 10.", said=said)])
    if days.promised and days.promised < days.told:
        reasons.append(
            _("Beloofd tegen %(day)s: dat is te laat. Zeg waarom het langer duurde.", day=day(days.promised))
        )
    elif days.promised:
        facts.append(_("Beloofd tegen %(day)s: op tijd.", day=day(days.promised)))
    return facts, reasons


def _followed(text: Shown, days: Days) -> tuple[list[str], list[str]]:
    facts = [_("Je krijgt zelf een taak om het opnieuw te vertellen op %(day)s.", day=day(one)) for one in days.again]
    if "hear_again" not in text.parts:
        return facts, [_("Zeg wanneer kinderen opnieuw iets horen.")]
    return facts or [_("Er is geen vervolg nodig.")], []


def _tells(text: Shown, words: dict[str, str], *parts: str) -> bool:
    """Whether one of these parts says something of this kind; of a language we do not know, we think so."""
    said = " ".join(text.parts.get(part, "") for part in parts)
    return bool(re.search(words.get(text.language, ""), said, re.IGNORECASE))
