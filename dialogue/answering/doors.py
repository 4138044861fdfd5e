"""Which place, round and questionnaire stand behind an address that a child opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import select

from dialogue.answering.queries import salt
from dialogue.answering.receipt import ROUNDS, list_for
from dialogue.consultations.models import Channel, Consultation, Instrument, State, Wave
from dialogue.consultations.queries import Town, by_code, current_instrument, instrument_by_sha, town
from dialogue.consultations.words import who_decides
from dialogue.places.models import Place
from dialogue.places.queries import place_by_code
from dialogue.shared.bands import Band
from dialogue.shared.canonical import canonical
from dialogue.shared.codes import typed_code
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound
from dialogue.web.i18n import LANGUAGES, in_language


class WithdrawnPlace(NotFound):
    """The code on the wall is no longer in use."""

    def __init__(self, place: Place) -> None:
        self.place = place


class ClosedRound(NotFound):
    """The questions are over; what happened with the answers is told elsewhere."""

    def __init__(self, consultation: Consultation) -> None:
        self.consultation = consultation


@dataclass(frozen=True)
class Sheet:
    """All that a questionnaire page shows: equal sheets are the same bytes, whatever the place."""

    consultation: str  # its code
    instrument: str  # its SHA-256
    document: str  # canonical JSON
    band: str
    language: str  # of the questions
    interface: str  # of all around them
    title: str
    decided_by: str
    hear_back_by: date | None
    town: Town
    words_in: str  # the language of the four words
    salt: str  # hexadecimal
    receipt_address: str
    rounds: int = ROUNDS


def place_behind(code: str) -> Place:
    """The place with this code, typed forgivingly; raises NotFound, or WithdrawnPlace."""
    place = place_by_code(typed_code(code))
    if place is None:
        raise NotFound
    if place.withdrawn_at:
        raise WithdrawnPlace(place)
    return place


def consultation_behind(code: str, place: Place | None = None) -> Consultation:
    """The consultation with this code that a phone can fill in, of the place's own town; raises NotFound."""
    consultation = by_code(typed_code(code))
    if consultation is None or consultation.channel != Channel.SELF:
        raise NotFound
    if place and place.municipality_id != consultation.municipality_id:
        raise NotFound
    return consultation


def open_wave(consultation: Consultation) -> Wave:
    """Its open round; raises ClosedRound when it is over, NotFound when it never began."""
    wave = latest_wave(consultation)
    if wave.state != State.OPEN:
        raise ClosedRound(consultation)
    return wave


def latest_wave(consultation: Consultation) -> Wave:
    """Its open round, else the last that was open; raises NotFound when it never began."""
    begun = [wave for wave in consultation.waves if wave.state != State.DRAFT]
    if not begun:
        raise NotFound
    return next((wave for wave in begun if wave.state == State.OPEN), begun[-1])


def bands_of(wave: Wave) -> list[Band]:
    """The age bands that this round asks, youngest first."""
    asked = db.session.scalars(select(Instrument.band).where(Instrument.wave_id == wave.id).distinct())
    return sorted(asked)


def language_for(consultation: Consultation, wishes: Iterable[str]) -> str:
    """The first of the wished languages that the consultation speaks, else its main one."""
    return next((wish for wish in wishes if wish in consultation.languages), consultation.languages[0])


def instrument_behind(wave: Wave, band: str, sha256: str = "") -> Instrument:
    """The questionnaire of this round and band: the one with this hash, else the current one; raises NotFound."""
    if band not in set(Band):
        raise NotFound
    found = instrument_by_sha(wave.id, sha256) if sha256 else None
    instrument = found or current_instrument(wave, Band(band))
    if instrument is None or instrument.band != band:
        raise NotFound
    return instrument


def open_instrument(code: str, sha256: str) -> Instrument:
    """A questionnaire, current or older, of the open round of this consultation; raises NotFound."""
    wave = latest_wave(consultation_behind(code))
    found = instrument_by_sha(wave.id, sha256) if wave.state == State.OPEN else None
    if found is None:
        raise NotFound
    return found


def sheet_of(instrument: Instrument, language: str, interface: str = "") -> Sheet:
    """A questionnaire in a language that its consultation speaks, the page around it in that or another of ours.

    Raises NotFound where nobody wrote the questions in this language.
    """
    wave = instrument.wave
    if language not in wave.consultation.languages or language not in LANGUAGES:
        raise NotFound
    asking = town(wave.consultation, interface or language)
    return Sheet(
        consultation=wave.consultation.code,
        instrument=instrument.sha256,
        document=canonical(instrument.document).decode(),
        band=instrument.band.value,
        language=language,
        interface=interface or language,
        title=in_language(wave.consultation.titles, language),
        decided_by=who_decides(wave.consultation, interface or language),
        hear_back_by=wave.hear_back_by,
        town=asking,
        words_in=list_for(interface or language, asking.language),
        salt=salt().hex(),
        receipt_address=f"{current_app.extensions['dialogue'].settings.public_url}/r",
    )
