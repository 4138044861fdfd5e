"""The life of a consultation: draft, promise, open, renew, close, answered, another round."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialogue.consultations import rules
from dialogue.consultations.models import (
    Channel,
    Consultation,
    Instrument,
    InstrumentSound,
    State,
    Version,
    VersionSound,
    Wave,
)
from dialogue.consultations.queries import current_instrument, current_instruments
from dialogue.consultations.recording import note, picture
from dialogue.consultations.sounds import forget_all
from dialogue.duties.services import keep, owe
from dialogue.people.models import Department, Municipality
from dialogue.questions.bank import ALWAYS_OPEN, starter, starter_items
from dialogue.questions.items import Document, in_languages
from dialogue.shared.actor import Actor
from dialogue.shared.bands import Band
from dialogue.shared.canonical import sha256_hex
from dialogue.shared.clock import now, today
from dialogue.shared.codes import new_code
from dialogue.shared.database import db
from dialogue.shared.errors import Refused
from dialogue.web.i18n import LANGUAGES, in_language

Recorded = Sequence[VersionSound] | Sequence[InstrumentSound]


@dataclass(frozen=True)
class Promise:
    """Why we ask, what can still change, who decides, where it goes and by when children hear back."""

    purpose: str
    still_open: str
    decided_by: str
    feeds_plan: str
    opens_on: date | None
    closes_on: date | None
    hear_back_by: date | None


def draft(
    actor: Actor | str,
    department: Department,
    titles: Mapping[str, str],
    *,
    bands: Collection[Band],
    languages: Collection[str],
    starter_key: str = "",
    channel: Channel = Channel.SELF,
) -> Consultation:
    """A new consultation with a first round that is not open yet; with questions when it begins from a starter."""
    consultation = Consultation(
        municipality_id=department.municipality_id,
        department_id=department.id,
        department=department,
        code=new_code(),
        titles={language: titles.get(language, "") for language in languages},
        languages=list(languages),
        channel=channel,
        always_open=starter_key == ALWAYS_OPEN,
    )
    for band in sorted(bands):
        consultation.versions.append(_version(band, starter_key, languages, department.municipality.country))
    consultation.waves.append(Wave(number=1, state=State.DRAFT))
    db.session.add(consultation)
    db.session.flush()
    note(actor, "consultation.drafted", consultation)
    return consultation


def set_promise(actor: Actor, consultation: Consultation, promise: Promise) -> None:
    """Change the promise and the days of the latest round; a duty that runs gets the new day, before it is late."""
    before = picture(consultation)
    wave = rules.latest(consultation)
    reasons = rules.why_not_put_off(wave, promise.hear_back_by, today())
    if reasons:
        raise Refused(*reasons)
    for name in ("purpose", "still_open", "decided_by", "feeds_plan"):
        setattr(consultation, name, getattr(promise, name))
    if wave.state == State.DRAFT:
        wave.opens_on = promise.opens_on
    if wave.state in (State.DRAFT, State.OPEN):
        wave.closes_on = promise.closes_on
    put_off = wave.hear_back_by != promise.hear_back_by and wave.state in (State.OPEN, State.CLOSED)
    if wave.state != State.ANSWERED:
        wave.hear_back_by = promise.hear_back_by
    note(actor, "consultation.promised", consultation, before)
    if put_off:
        _owe_feedback(actor, wave)


def put_off(actor: Actor, wave_id: int, hear_back_by: date) -> None:
    """The duty to tell back was put off, with a reason: children are told the new day."""
    wave = db.session.get_one(Wave, wave_id)
    before = picture(wave)
    wave.hear_back_by = hear_back_by
    note(actor, "wave.put_off", wave, before)


def set_basics(
    actor: Actor,
    consultation: Consultation,
    titles: Mapping[str, str],
    bands: Collection[Band],
    languages: Collection[str],
) -> None:
    """Change title, ages and languages; a band that was asked cannot go."""
    before = picture(consultation)
    gone = [version for version in consultation.versions if version.band not in bands]
    reasons = rules.why_not_drop(consultation, [version.band for version in gone])
    if reasons:
        raise Refused(*reasons)
    for version in gone:
        forget_all(version)
        consultation.versions.remove(version)
        db.session.delete(version)
    for band in sorted(set(bands) - {version.band for version in consultation.versions}):
        consultation.versions.append(Version(band=band, items=[], next_item=1))
    consultation.titles = {language: titles.get(language, "") for language in languages}
    consultation.languages = list(languages)
    note(actor, "consultation.changed", consultation, before)


def open_wave(actor: Actor | str, wave: Wave) -> None:
    """Open the round: freeze one questionnaire per band and owe the children feedback."""
    consultation = wave.consultation
    reasons = rules.why_not_open(consultation, wave, today())
    if reasons:
        raise Refused(*reasons)
    asked = [(rules.document(version), version.sounds) for version in consultation.versions if version.items]
    _start(actor, wave, asked)


def renew(actor: Actor, wave: Wave) -> list[Instrument]:
    """Put the changed questions to children from now on: a new questionnaire for each changed band."""
    current = current_instruments(wave)
    reasons = rules.why_not_renew(wave.consultation, wave, current)
    if reasons:
        raise Refused(*reasons)
    changed = rules.renewed(wave.consultation, current)
    fresh = [_freeze(wave, rules.document(version), version.sounds) for version in changed]
    note(actor, "wave.renewed", wave)
    return fresh


def close_wave(actor: Actor | str, wave: Wave) -> None:
    """Close the round: no child can answer any more; what was promised stays owed."""
    reasons = rules.why_not_close(wave, today())
    if reasons:
        raise Refused(*reasons)
    before = picture(wave)
    wave.state = State.CLOSED
    wave.closed_at = now()
    wave.closes_on = min(wave.closes_on or today(), today())
    note(actor, "wave.closed", wave, before)


def mark_answered(actor: Actor | str, wave: Wave) -> None:
    """Everything that was said has been told back: the duty is kept."""
    reasons = rules.why_not_answered(wave)
    if reasons:
        raise Refused(*reasons)
    before = picture(wave)
    wave.state = State.ANSWERED
    keep(actor, "feedback", f"wave:{wave.id}")
    note(actor, "wave.answered", wave, before)


def add_round(actor: Actor | str, consultation: Consultation) -> Wave:
    """Prepare another round with the same questions."""
    reasons = rules.why_not_add_round(consultation)
    if reasons:
        raise Refused(*reasons)
    return _next_round(actor, consultation)


def start_always_open(actor: Actor | str, municipality: Municipality, department: Department) -> Consultation:
    """Every municipality has one from the start: "Wat wil jij zeggen?", in every language, with a round per quarter."""
    template, main = starter(ALWAYS_OPEN), municipality.language
    languages = [main, *(language for language in LANGUAGES if language != main)]
    consultation = draft(
        actor, department, template.titles, bands=list(Band), languages=languages, starter_key=ALWAYS_OPEN
    )
    texts = {name: in_language(text, main) for name, text in template.promise.items()}
    consultation.purpose, consultation.still_open = texts["purpose"], texts["still_open"]
    consultation.feeds_plan = texts["feeds_plan"]
    consultation.decided_by = texts[f"decided_by_{municipality.country}"]
    _this_quarter(consultation.waves[0])
    open_wave(actor, consultation.waves[0])
    return consultation


def turn_quarter(wave: Wave) -> Wave:
    """Close a quarter of an always open consultation and open the next, with the questions asked until now."""
    asked = [(instrument.document, instrument.sounds) for instrument in current_instruments(wave)]
    close_wave("system", wave)
    following = _next_round("system", wave.consultation)
    _this_quarter(following)
    _start("system", following, asked)
    return following


def _version(band: Band, starter_key: str, languages: Collection[str], country: str) -> Version:
    items = starter_items(starter_key, band, country) if starter_key else []
    return Version(band=band, items=[in_languages(item, languages) for item in items], next_item=len(items) + 1)


def _next_round(actor: Actor | str, consultation: Consultation) -> Wave:
    wave = Wave(number=rules.latest(consultation).number + 1, state=State.DRAFT)
    consultation.waves.append(wave)
    note(actor, "wave.added", wave)
    return wave


def _this_quarter(wave: Wave) -> None:
    wave.opens_on = today()
    wave.closes_on = rules.quarter_end(today())
    wave.hear_back_by = wave.closes_on + rules.HEAR_BACK


def _start(actor: Actor | str, wave: Wave, asked: Iterable[tuple[Document, Recorded]]) -> None:
    before = picture(wave)
    for document, sounds in asked:
        _freeze(wave, document, sounds)
    wave.state, wave.opened_at = State.OPEN, now()
    if wave.consultation.channel == Channel.SELF or not wave.opens_on:
        wave.opens_on = min(today(), wave.closes_on or today())
    note(actor, "wave.opened", wave, before)
    _owe_feedback(actor, wave)


def _freeze(wave: Wave, document: Document, sounds: Recorded) -> Instrument:
    """A questionnaire that never changes, with the files of those `sounds` that its document tells of."""
    heard = {sha256 for names in document.get("sounds", {}).values() for sha256 in names.values()}
    files = {sound.file_id for sound in sounds if sound.file.sha256 in heard}
    band = Band(document["band"])
    last = current_instrument(wave, band)
    instrument = Instrument(
        band=band,
        number=last.number + 1 if last else 1,
        document=document,
        sha256=sha256_hex(document),
        frozen_at=now(),
        sounds=[InstrumentSound(file_id=file_id) for file_id in sorted(files)],
    )
    wave.instruments.append(instrument)
    return instrument


def _owe_feedback(actor: Actor | str, wave: Wave) -> None:
    consultation = wave.consultation
    if wave.hear_back_by is None:
        return
    title = consultation.titles.get(consultation.languages[0], "")
    owe(
        actor,
        "feedback",
        f"wave:{wave.id}",
        municipality_id=consultation.municipality_id,
        department_id=consultation.department_id,
        subject=title if wave.number == 1 else f"{title} ({wave.number})",
        due=wave.hear_back_by,
    )
