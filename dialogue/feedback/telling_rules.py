"""What a message needs before it is told: the parts a child must be able to read, and a person who saw each version."""

from collections.abc import Collection

from flask_babel import gettext as _

from dialogue.feedback.models import MessageText, Version
from dialogue.feedback.versions import Shown, find, is_seen, shown
from dialogue.feedback.words import PART_LABELS, version_words

NEEDED = ("you_said", "we_decided", "because")  # nobody hears a yes or a no without its reason


def why_not_publish(texts: Collection[MessageText], main: str, corrected: bool) -> list[str]:
    """Reasons why this edition cannot be told to children; `main` is the language of the town."""
    if corrected:
        return [_("Deze beslissing werd verbeterd. Schrijf het bericht bij de nieuwe beslissing.")]
    if not texts:
        return [_("Er is niets nieuws om te vertellen. Schrijf of verander eerst de tekst.")]
    reasons = [] if find(texts, Version("", main)) else [_("Schrijf eerst de algemene tekst.")]
    return reasons + [reason for text in texts for reason in _why_not_yet(text, texts)]


def _why_not_yet(text: MessageText, texts: Collection[MessageText]) -> list[str]:
    """What this version still needs."""
    name, gaps = version_words(text.version), missing(shown(text, texts))
    if gaps:
        parts = ", ".join(f"“{PART_LABELS[part]}”" for part in gaps)
        return [_("%(version)s: vul nog in %(parts)s.", version=name, parts=parts)]
    return [] if is_seen(text, texts) else [_("%(version)s: nog niemand las dit na.", version=name)]


def missing(text: Shown) -> list[str]:
    """The needed parts that a child would not find."""
    return [part for part in NEEDED if part not in text.parts]
