"""The pages before the questionnaire: the place, the choice of an age, the class screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from dialogue.answering import doors, pages
from dialogue.answering.queries import class_screen
from dialogue.consultations.models import Consultation, Wave
from dialogue.consultations.queries import open_now, town, town_of
from dialogue.consultations.words import who_decides
from dialogue.places.models import Place
from dialogue.places.qr import qr_address, qr_svg
from dialogue.shared.bands import Band
from dialogue.web.i18n import LANGUAGES


@dataclass(frozen=True)
class OpenDoor:
    """An open round as a page shows it: where it begins, and the address of its questionnaire per band."""

    consultation: Consultation
    wave: Wave
    address: str
    bands: dict[Band, str]
    decided_by: str


def door_to(wave: Wave, here: Place | None = None) -> OpenDoor:
    """The door to an open round, at a place or without one, in the language of this page."""
    consultation = wave.consultation
    language = doors.language_for(consultation, str(get_locale()))
    code: dict[str, Any] = {"code": here.code} if here else {}
    ages, sheet = ("child.ages", "child.sheet") if here else ("child.ages_anywhere", "child.sheet_anywhere")
    bands = {
        band: url_for(sheet, consultation=consultation.code, band=band.value, language=language, **code)
        for band in doors.bands_of(wave)
    }
    address = url_for(ages, consultation=consultation.code, **code)
    return OpenDoor(consultation, wave, address, bands, who_decides(consultation))


def place_page(code: str) -> pages.Packed:
    """What is open at a place, else what happened; and always 'Wat wil jij zeggen?'."""
    here = doors.place_behind(code)
    waves = open_now(here.municipality_id)
    open_here = [door_to(wave, here) for wave in waves]
    html = render_template(
        "answering/child/place.html",
        place=here,
        town=town_of(here.municipality_id),
        asked=[door for door in open_here if not door.consultation.always_open],
        always=next((door for door in open_here if door.consultation.always_open), None),
        spoken=_spoken(wave.consultation for wave in waves),
    )
    return pages.pack(html)


def ages_page(code: str, consultation_code: str) -> pages.Packed:
    """The choice of an age for one consultation, at a place or (no code) without one."""
    here = doors.place_behind(code) if code else None
    consultation = doors.consultation_behind(consultation_code, here)
    html = render_template(
        "answering/child/ages.html",
        place=here,
        town=town(consultation),
        door=door_to(doors.open_wave(consultation), here),
        spoken=_spoken([consultation]),
    )
    return pages.pack(html)


def class_page(code: str) -> str:
    """The class screen: large enough to be read from the last row."""
    here = doors.place_behind(code)
    screen = class_screen(here)
    address = f"{current_app.extensions['dialogue'].settings.public_url}/p/{here.code}"
    return render_template(
        "answering/child/class.html",
        town=town_of(here.municipality_id),
        screen=screen,
        address=address,
        qr=Markup(qr_svg(qr_address(address))),  # noqa: S704
        counted=counted(screen.answers),
    )


def counted(answers: int) -> str:
    """The count in tens, in words."""
    if not answers:
        return str(_("Nog geen tien antwoorden"))
    return str(ngettext("Al %(num)s antwoord of meer", "Al %(num)s antwoorden of meer", answers))


def _spoken(consultations: Iterable[Consultation]) -> list[str]:
    asked = {language for consultation in consultations for language in consultation.languages}
    return [language for language in LANGUAGES if language in asked]
