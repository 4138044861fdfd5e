"""A message on paper: the poster where children were asked, and the sheet a class reads together (PDF/UA-1)."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask_babel import force_locale
from flask_babel import gettext as _

from dialogue.consultations.queries import town_of
from dialogue.decisions.models import Decision
from dialogue.decisions.words import child_words
from dialogue.feedback.models import PARTS
from dialogue.feedback.versions import Shown
from dialogue.feedback.words import PART_LABELS
from dialogue.results.drawing import tokens
from dialogue.shared.pdf import pdf
from dialogue.shared.qr import drawn
from dialogue.web.assets import STATIC, picture_svg, picture_words
from dialogue.web.i18n import small

POSTER = Path(__file__).with_name("poster.typ")
SHEET = Path(__file__).with_name("class_sheet.typ")
LOGO = STATIC / "pictures" / "logo.svg"
PAPERS = ("a4", "a3")
ON_POSTER = ("we_decided", "because", "you_will_see")
INKS = {
    "we_asked": "asked",
    "you_said": "heard",
    "we_decided": "decided",
    "because": "told",
    "you_will_see": "done",
    "disagree": "asked",
    "hear_again": "told",
}


@dataclass(frozen=True)
class Printed:
    """What goes on paper: a text as children read it, the decision it tells, and the page where it is read again."""

    decision: Decision
    text: Shown
    address: str


def poster_pdf(told: Printed, paper: str) -> bytes:
    """The poster, on one of `PAPERS`."""
    with force_locale(told.text.language):
        words = {"title": _("Dit zeiden jullie:"), "scan": _("Scan en lees wat er nog gebeurt.")}
        return _set(POSTER, told, ON_POSTER, **words, said=told.text.parts.get("you_said", ""), paper=paper)


def class_sheet_pdf(told: Printed) -> bytes:
    """The sheet for in class, with all that is told."""
    with force_locale(told.text.language):
        words = {"title": _("Dit zeiden jullie, dit doen wij"), "scan": _("Later nog eens lezen? Scan, of ga naar:")}
        return _set(SHEET, told, PARTS, **words)


def _set(template: Path, told: Printed, shown: tuple[str, ...], **more: str) -> bytes:
    town, text, readable = town_of(told.decision.municipality_id), told.text, _readable(told.address)
    helps = {"name": town.help_name, "number": town.help_number}
    return pdf(
        template,
        {
            "language": text.language,
            "town": town.name,
            "listens": _("%(town)s luistert", town=town.name),
            "example": _("Voorbeeld: deze gemeente bestaat niet.") if town.is_example else "",
            "parts": [_part(told, part) for part in shown if part in text.parts],
            "picture": picture_svg(text.picture) if text.picture else "",
            "picture_alt": picture_words(text.picture, text.language),
            "logo": LOGO.read_text(),
            "qr": drawn(told.address),
            "qr_alt": _("QR-code naar %(address)s", address=readable),
            "address": readable,
            "help": _("Zit je ergens mee? %(name)s: bel gratis %(number)s.", **helps),
            **more,
        },
    )


def _part(told: Printed, part: str) -> dict[str, str]:
    """One part with its heading; that of the decision says yes or no at once."""
    label = str(PART_LABELS[part])
    if part == "we_decided":
        label = f"{label}: {small(child_words(told.decision.outcome))}"
    return {"label": label, "text": told.text.parts[part], "ink": tokens()[INKS[part]]}


def _readable(address: str) -> str:
    """The address as it is typed: without scheme and language."""
    parts = urlsplit(address)
    return parts.netloc + parts.path
