"""All posters of a consultation at once: one file per place and language, and one per language to print in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial

from flask_babel import gettext as _
from flask_babel import ngettext

from dialogue.consultations.models import Consultation
from dialogue.consultations.posters import COLOURS, poster_text
from dialogue.consultations.queries import town
from dialogue.consultations.rules import latest
from dialogue.ledger.services import record
from dialogue.places.models import Place
from dialogue.places.poster import PosterText, file_stems, poster_pdf
from dialogue.places.queries import places_of
from dialogue.shared import bundles
from dialogue.shared.actor import Actor
from dialogue.shared.bundles import Standing
from dialogue.shared.canonical import sha256_hex
from dialogue.shared.errors import refuse
from dialogue.shared.models import Bundle
from dialogue.shared.text import slug

DRAW = "draw_posters"
DAYS = 14  # how long they are kept
MOST = 500  # places


def posters(consultation: Consultation, site: str, colour: str) -> dict[str, PosterText]:
    """What each poster says, by file name; `site` is the public address."""
    places, wave, several = places_of(consultation.municipality_id), latest(consultation), consultation.languages[1:]
    stems = file_stems(town(consultation).slug, places)
    return {
        f"{stems[place.id]}{f'-{language}' if several else ''}-A4.pdf": poster_text(
            consultation, wave, place, f"{site}/p/{place.code}", language, colour
        )
        for language in consultation.languages
        for place in places
    }


def standing(consultation: Consultation) -> Standing:
    """How far the posters of this consultation are."""
    return bundles.standing(DRAW, _object(consultation))


def is_outdated(bundle: Bundle, consultation: Consultation, site: str) -> bool:
    """Whether a place or a text changed since these posters were asked for."""
    return bundle.wish["sha256"] != _sha256(posters(consultation, site, bundle.wish["colour"]))


def wish(consultation: Consultation, site: str, colour: str) -> dict[str, str]:
    """What to ask for: the colour, and the hash of all that the posters say; raises Refused."""
    refuse(why_not_draw(places_of(consultation.municipality_id)))
    colour = colour if colour in COLOURS else COLOURS[0]
    return {"colour": colour, "sha256": _sha256(posters(consultation, site, colour))}


def ask_for(actor: Actor, consultation: Consultation, wished: Mapping[str, str]) -> None:
    """Have all posters drawn. Call inside `with writing():`."""
    if bundles.ask(DRAW, _object(consultation), wished, days=DAYS):
        department_id = consultation.department_id
        record(actor, "posters.asked", _object(consultation), department_id=department_id, after=dict(wished))


def why_not_draw(places: Sequence[Place]) -> list[str]:
    """Reasons why the posters of all these places cannot be drawn at once."""
    if not places:
        return [_("Er zijn nog geen plaatsen. Voeg eerst een plaats toe: die krijgt een QR-code.")]
    if len(places) > MOST:
        most = ngettext("%(num)s plaats", "%(num)s plaatsen", MOST)
        return [_("Dit kan voor hoogstens %(most)s tegelijk. Maak de affiches per plaats.", most=most)]
    return []


def draw_all(bundle: Bundle, texts: Mapping[str, PosterText]) -> None:
    """Draw a file per poster, then those with all posters of a language."""
    files = {name: partial(poster_pdf, text) for name, text in texts.items()}
    languages = dict.fromkeys(text.language for text in texts.values())
    for language in languages:
        alike = [text for text in texts.values() if text.language == language]
        together = "_".join(map(slug, (alike[0].town, _("alle affiches"))))
        files[f"{together}{f'-{language}' if len(languages) > 1 else ''}-A4.pdf"] = partial(poster_pdf, *alike)
    bundles.draw(bundle.key, files)


def _sha256(texts: Mapping[str, PosterText]) -> str:
    return sha256_hex({name: asdict(text) for name, text in texts.items()})


def _object(consultation: Consultation) -> str:
    return f"consultation:{consultation.id}"
