"""The life of a round: open, renew, put off, close, answered, another one. Call inside `with writing():`."""

from collections.abc import Iterable, Sequence
from datetime import date

from dialogue.consultations import rules
from dialogue.consultations.models import Channel, Consultation, Instrument, InstrumentSound, State, VersionSound, Wave
from dialogue.consultations.queries import current_instrument, current_instruments
from dialogue.consultations.recording import note, picture
from dialogue.duties.services import keep, owe
from dialogue.questions.items import Document
from dialogue.shared.actor import Actor
from dialogue.shared.bands import Band
from dialogue.shared.canonical import sha256_hex
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.errors import refuse

Recorded = Sequence[VersionSound] | Sequence[InstrumentSound]


def open_wave(actor: Actor | str, wave: Wave) -> None:
    """Open the round: freeze one questionnaire per band and owe the children feedback."""
    consultation = wave.consultation
    refuse(rules.why_not_open(consultation, wave, today()))
    asked = [(rules.document(version), version.sounds) for version in consultation.versions if version.items]
    begin(actor, wave, asked)


def renew(actor: Actor, wave: Wave) -> list[Instrument]:
    """Put the changed questions to children from now on: a new questionnaire for each changed band."""
    current = current_instruments(wave)
    refuse(rules.why_not_renew(wave.consultation, wave, current))
    changed = rules.renewed(wave.consultation, current)
    fresh = [_freeze(wave, rules.document(version), version.sounds) for version in changed]
    note(actor, "wave.renewed", wave)
    return fresh


def put_off(actor: Actor, wave_id: int, hear_back_by: date) -> None:
    """The duty to tell back was put off, with a reason: children are told the new day."""
    wave = db.session.get_one(Wave, wave_id)
    before = picture(wave)
    wave.hear_back_by = hear_back_by
    note(actor, "wave.put_off", wave, before)


def close_wave(actor: Actor | str, wave: Wave) -> None:
    """Close the round: no child can answer any more; what was promised stays owed."""
    refuse(rules.why_not_close(wave, today()))
    before = picture(wave)
    wave.state = State.CLOSED
    wave.closed_at = now()
    wave.closes_on = min(wave.closes_on or today(), today())
    note(actor, "wave.closed", wave, before)


def mark_answered(actor: Actor | str, wave: Wave) -> None:
    """Everything that was said has been told back: the duty is kept."""
    refuse(rules.why_not_answered(wave))
    before = picture(wave)
    wave.state = State.ANSWERED
    keep(actor, "feedback", f"wave:{wave.id}")
    note(actor, "wave.answered", wave, before)


def add_round(actor: Actor | str, consultation: Consultation) -> Wave:
    """Prepare another round with the same questions."""
    refuse(rules.why_not_add_round(consultation))
    return next_round(actor, consultation)


def next_round(actor: Actor | str, consultation: Consultation) -> Wave:
    """A round after the latest one, whatever state that is in."""
    wave = Wave(number=rules.latest(consultation).number + 1, state=State.DRAFT)
    consultation.waves.append(wave)
    note(actor, "wave.added", wave)
    return wave


def begin(actor: Actor | str, wave: Wave, asked: Iterable[tuple[Document, Recorded]]) -> None:
    """Ask these questionnaires, each with its sounds, from now on."""
    before = picture(wave)
    for document, sounds in asked:
        _freeze(wave, document, sounds)
    wave.state, wave.opened_at = State.OPEN, now()
    if wave.consultation.channel == Channel.SELF or not wave.opens_on:
        wave.opens_on = min(today(), wave.closes_on or today())
    note(actor, "wave.opened", wave, before)
    owe_feedback(actor, wave)


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


def owe_feedback(actor: Actor | str, wave: Wave) -> None:
    """Children are owed feedback by the day of this round, if it has one."""
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
