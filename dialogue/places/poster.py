"""The A4 posters of places, as PDF/UA."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dialogue.places.models import Place
from dialogue.places.qr import qr_svg
from dialogue.shared.pdf import pdf
from dialogue.shared.text import slug

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


def poster_pdf(*texts: PosterText) -> bytes:
    """These posters (at least one, of one language and colour) as PDF/UA-1, a page each.

    Raises typst's error when a text is missing.
    """
    logo = LOGO.read_text()
    return pdf(TEMPLATE, {"posters": [asdict(text) | {"qr": qr_svg(text.link), "logo": logo} for text in texts]})


def file_stems(town: str, places: Iterable[Place]) -> dict[int, str]:
    """What the file of each place is called, by the id of the place: oudenhove-jeugdhuis-de-kring.

    Where two places would be called the same, and where a name has no letters a–z, the code of the place tells
    them apart; no name of a place can hold an underscore, so no two files are ever called the same.
    """
    chosen: Sequence[Place] = list(places)
    names = {place.id: slug(place.name) for place in chosen}
    often = Counter(names.values())
    alone = {place.id for place in chosen if names[place.id] and often[names[place.id]] == 1}
    return {
        place.id: f"{town}-{names[place.id]}" if place.id in alone else f"{town}-{names[place.id]}_{place.code.lower()}"
        for place in chosen
    }
