"""The beginning of a consultation: draft it, change its basics, promise. Call inside `with writing():`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from dialogue.consultations import rules
from dialogue.consultations.models import Channel, Consultation, State, Version, Wave
from dialogue.consultations.recording import note, picture
from dialogue.consultations.round_services import owe_feedback
from dialogue.consultations.sounds import forget_all
from dialogue.people.models import Department
from dialogue.questions.bank import ALWAYS_OPEN, starter_items
from dialogue.questions.items import in_languages
from dialogue.shared.actor import Actor
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.codes import new_code
from dialogue.shared.database import db
from dialogue.shared.errors import refuse


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
    refuse(rules.why_not_put_off(wave, promise.hear_back_by, today()))
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
        owe_feedback(actor, wave)


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
    refuse(rules.why_not_drop(consultation, [version.band for version in gone]))
    for version in gone:
        forget_all(version)
        consultation.versions.remove(version)
        db.session.delete(version)
    for band in sorted(set(bands) - {version.band for version in consultation.versions}):
        consultation.versions.append(Version(band=band, items=[], next_item=1))
    consultation.titles = {language: titles.get(language, "") for language in languages}
    consultation.languages = list(languages)
    note(actor, "consultation.changed", consultation, before)


def _version(band: Band, starter_key: str, languages: Collection[str], country: str) -> Version:
    items = starter_items(starter_key, band, country) if starter_key else []
    return Version(band=band, items=[in_languages(item, languages) for item in items], next_item=len(items) + 1)
