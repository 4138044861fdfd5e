"""The pages before the questionnaire: the place, the choice of an age, the class screen."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from dialogue.answering import doors
from dialogue.answering.queries import class_screen
from dialogue.consultations.models import Consultation, Wave
from dialogue.consultations.queries import open_now, town, town_of
from dialogue.consultations.words import who_decides
from dialogue.places.models import Place
from dialogue.places.qr import qr_address, qr_svg
from dialogue.shared.bands import Band
from dialogue.web.i18n import asked_language, liked, spoken_here
from dialogue.web.packed import Packed, pack


@dataclass(frozen=True)
class OpenDoor:
    """An open round as a page shows it: where it begins, and the address of its questionnaire per band."""

    consultation: Consultation
    wave: Wave
    address: str
    bands: dict[Band, str]
    decided_by: str
    language: str  # in which the questions are asked


def door_to(wave: Wave, here: Place | None = None) -> OpenDoor:
    """The door to an open round, at a place or without one, in the language of this page."""
    consultation = wave.consultation
    language = doors.language_for(consultation, [spoken_here(), *liked()])
    around = spoken_here() if spoken_here() != language else None
    code: dict[str, Any] = {"code": here.code} if here else {}
    ages, sheet = ("child.ages", "child.sheet") if here else ("child.ages_anywhere", "child.sheet_anywhere")
    bands = {
        band: url_for(sheet, consultation=consultation.code, band=band.value, language=language, lang=around, **code)
        for band in doors.bands_of(wave)
    }
    address = url_for(ages, consultation=consultation.code, lang=asked_language() or None, **code)
    return OpenDoor(consultation, wave, address, bands, who_decides(consultation), language)


def place_page(code: str) -> Packed:
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
    )
    return pack(html.encode())


def ages_page(code: str, consultation_code: str) -> Packed:
    """The choice of an age for one consultation, at a place or (no code) without one."""
    here = doors.place_behind(code) if code else None
    consultation = doors.consultation_behind(consultation_code, here)
    html = render_template(
        "answering/child/ages.html",
        place=here,
        town=town(consultation),
        door=door_to(doors.open_wave(consultation), here),
    )
    return pack(html.encode())


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
