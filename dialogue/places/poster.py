"""The A4 poster of a place, as PDF/UA."""

from dataclasses import asdict, dataclass
from pathlib import Path

from dialogue.places.qr import qr_svg
from dialogue.shared.pdf import pdf

TEMPLATE = Path(__file__).with_name("poster.typ")
LOGO = Path(__file__).parents[2] / "static" / "pictures" / "logo.svg"


@dataclass(frozen=True)
class PosterText:
    """All that a poster says, already in its language."""

    language: str
    town: str
    listens: str  # "Oudenhove luistert"
    place: str
    title: str  # "Hoe kom jij naar school?"
    scan: str  # "Scan en zeg wat jij vindt."
    facts: str  # "6 minuten · geen naam · je mag altijd stoppen"
    no_phone: str  # "Geen gsm? Vraag de tablet of ga naar"
    address: str  # readable, without scheme
    link: str  # what the QR says
    qr_alt: str
    promise: str  # who reads it, who decides, when children hear back
    help: str
    example: str = ""
    colour: str = "sun"


def poster_pdf(text: PosterText) -> bytes:
    """The poster as PDF/UA-1; raises typst's error when a text is missing."""
    return pdf(TEMPLATE, asdict(text) | {"qr": qr_svg(text.link), "logo": LOGO.read_text()})
