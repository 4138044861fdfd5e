"""Pages of a tablet that children share: they begin with an empty screen, one after the other, also without connection.

A questionnaire is the same as on a phone but for a script more; what the tablet keeps for later is sealed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from flask import render_template, url_for

from dialogue.answering import doors, pages
from dialogue.answering.receipt import LISTS
from dialogue.answering.tablet_letters import public_key
from dialogue.consultations.models import Consultation, Wave
from dialogue.consultations.queries import Town, current_instruments, open_now, town_of
from dialogue.places.models import Place
from dialogue.shared.bands import Band
from dialogue.web.assets import STATIC, asset
from dialogue.web.i18n import asked_language, liked, spoken_here
from dialogue.web.packed import Packed, pack

SCRIPTS = ("child", "tablet", "queue", "receipt", "care")
LOOKS = ("css/answering-tablet.css", "vendor/fonts/fonts.css")
OF_EVERY_SHEET = ("envelope", "question-mark")  # pictures
ASKED_FOR_BY_NAME = ("vendor/lean-qr/nano.mjs", "vendor/fonts/*.woff2")  # by another file, so without a mark


@dataclass(frozen=True)
class Tablet:
    """What the scripts of a shared tablet need: where they begin anew, where letters go, and for which key."""

    code: str
    start: str
    letters: str
    worker: str
    key: str


@dataclass(frozen=True)
class TabletDoor:
    """What is asked now, as the beginning shows it."""

    consultation: Consultation
    bands: dict[Band, str]
    language: str  # in which the questions are asked


def tablet_at(place: Place) -> Tablet:
    """The shared tablet of this place; every tablet there is the same."""
    code = place.code
    start, letters = url_for("child.tablet", code=code), url_for("child.tablet_letter", code=code)
    return Tablet(code, start, letters, url_for("child.tablet_worker"), public_key())


def start_page(code: str) -> Packed:
    """Where each child begins: what is asked, and how old it is."""
    place = doors.place_behind(code)
    waves, tablet = open_now(place.municipality_id), tablet_at(place)
    begun = [_door(wave, place) for wave in waves]
    html = render_template(
        "answering/child/tablet.html",
        place=place,
        town=_stays(town_of(place.municipality_id), tablet),
        doors=begun,
        tablet=tablet,
        keep=dict.fromkeys([*_addresses(place, waves), *_behind(begun), *_files(waves)]),
    )
    return pack(html.encode())


def questionnaire(code: str, consultation: str, band: str, language: str) -> Packed:
    """The questionnaire, for one child after the other."""
    place = doors.place_behind(code)
    wave = doors.open_wave(doors.consultation_behind(consultation, place))
    sheet = doors.sheet_of(doors.instrument_behind(wave, band), language, asked_language())
    return _shared(sheet, tablet_at(place))


@lru_cache(maxsize=256)
def _shared(sheet: doors.Sheet, tablet: Tablet) -> Packed:
    shared = {"tablet": tablet, "town": _stays(sheet.town, tablet)}
    html = pages.render(sheet, "tablet_sheet", **pages.asked(sheet), typed={}, errors=(), **shared)
    return pack(html.encode())


def _stays(town: Town, tablet: Tablet) -> Town:
    """The town, with a way out that does not leave the tablet to whoever comes next."""
    return replace(town, exit_url=tablet.start)


def _door(wave: Wave, place: Place) -> TabletDoor:
    consultation = wave.consultation
    language = doors.language_for(consultation, [spoken_here(), *liked()])
    around = spoken_here() if spoken_here() != language else None
    bands = {band: _sheet(place, consultation, band, language, lang=around) for band in doors.bands_of(wave)}
    return TabletDoor(consultation, bands, language)


def _sheet(place: Place, consultation: Consultation, band: Band, language: str, **around: Any) -> str:
    to: dict[str, Any] = {
        "code": place.code,
        "consultation": consultation.code,
        "band": band.value,
        "language": language,
    }
    return url_for("child.tablet_sheet", **to, **around)


def _addresses(place: Place, waves: Sequence[Wave]) -> Iterator[str]:
    """The pages that must open without a connection."""
    yield url_for("child.tablet", code=place.code)
    yield url_for("child.tablet_supervisor", code=place.code)
    yield from (url_for("child.tablet", code=place.code, lang=language) for language in sorted(_spoken(waves)))
    for wave in waves:
        for band in doors.bands_of(wave):
            yield from (_sheet(place, wave.consultation, band, one) for one in wave.consultation.languages)


def _behind(begun: Sequence[TabletDoor]) -> Iterator[str]:
    """The questionnaires in the language of this page, where nobody wrote the questions in it too."""
    for door in begun:
        yield from door.bands.values()


def _files(waves: Sequence[Wave]) -> Iterator[str]:
    """The files of those pages."""
    yield from _always()
    yield from (pages.help_words_address(language) for language in sorted({*_spoken(waves), spoken_here()}))
    for name in sorted({name for wave in waves for name in _pictures(wave)}):
        yield asset(f"pictures/{name}.svg")
    for wave in waves:
        yield from _sounds(wave)


def _spoken(waves: Sequence[Wave]) -> set[str]:
    return {language for wave in waves for language in wave.consultation.languages}


@cache
def _always() -> tuple[str, ...]:
    named = [asset(f"js/answering-{name}.js") for name in SCRIPTS] + [asset(path) for path in LOOKS]
    found = [path.relative_to(STATIC) for pattern in ASKED_FOR_BY_NAME for path in sorted(STATIC.glob(pattern))]
    words = [pages.words_address(path.stem) for path in sorted(LISTS.glob("*.txt"))]
    return *named, *words, *(url_for("static", filename=str(path)) for path in found)


def _sounds(wave: Wave) -> Iterator[str]:
    for instrument in current_instruments(wave):
        for language, names in instrument.document.get("sounds", {}).items():
            for name in names:
                yield pages.sound_address(wave.consultation.code, instrument.sha256, language, name)


def _pictures(wave: Wave) -> Iterator[str]:
    for item in (item for instrument in current_instruments(wave) for item in instrument.document["items"]):
        yield from filter(None, [item["picture"], *(option["picture"] for option in item["config"].get("options", []))])
    yield from OF_EVERY_SHEET
