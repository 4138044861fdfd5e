"""Reading consultations, rounds and frozen questionnaires; the getters refuse strangers.

What answering needs to know of a town it asks here, so that the child's path never meets the people room.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import selectinload

from dialogue.consultations.models import Channel, Consultation, Instrument, State, Wave
from dialogue.people.models import Department, Municipality
from dialogue.shared.actor import Actor, Role
from dialogue.shared.bands import Band
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound
from dialogue.web.i18n import spoken_here


@dataclass(frozen=True)
class Town:
    """What a child may know of the municipality that asks."""

    name: str
    slug: str
    help_name: str
    help_number: str
    help_url: str
    exit_url: str
    is_example: bool
    language: str


def was_asked() -> ColumnElement[bool]:
    """Whether a consultation (in the query around it) asked something; an advice was given unasked."""
    return ~Consultation.advised


def get_for_reading(actor: Actor, consultation_id: int) -> Consultation:
    """A consultation this person may see; else NotFound."""
    consultation = db.session.get(Consultation, consultation_id)
    if (
        consultation is None
        or consultation.advised
        or consultation.municipality_id != actor.municipality_id
        or not actor.sees(consultation.department_id)
    ):
        raise NotFound
    return consultation


def get_for_writing(actor: Actor, consultation_id: int) -> Consultation:
    """A consultation this person may change (a maker of its department); else NotFound or NotAllowed."""
    consultation = get_for_reading(actor, consultation_id)
    if not may_write(actor, consultation):
        raise NotAllowed
    return consultation


def may_write(actor: Actor, consultation: Consultation) -> bool:
    """Whether this person makes consultations for the department that owns this one."""
    return actor.has(Role.MAKER, consultation.department_id)


def get_wave(actor: Actor, wave_id: int) -> Wave:
    """A round of a consultation this person may see; else NotFound."""
    wave = db.session.get(Wave, wave_id)
    if wave is None:
        raise NotFound
    get_for_reading(actor, wave.consultation_id)
    return wave


def get_wave_for_writing(actor: Actor, wave_id: int) -> Wave:
    """A round of a consultation this person may change; else NotFound or NotAllowed."""
    wave = get_wave(actor, wave_id)
    get_for_writing(actor, wave.consultation_id)
    return wave


def consultations_of(actor: Actor) -> list[Consultation]:
    """All this person may see: those of the own departments first, then the newest first."""
    own = case((Consultation.department_id.in_(actor.departments), 0), else_=1)
    found = select(Consultation).where(Consultation.municipality_id == actor.municipality_id, was_asked())
    if not actor.sees_all:
        found = found.where(Consultation.department_id.in_(actor.departments))
    found = found.options(selectinload(Consultation.waves), selectinload(Consultation.department))
    return list(db.session.scalars(found.order_by(own, Consultation.id.desc())))


def asks_something(municipality_id: int) -> bool:
    """Whether any department of this municipality made a consultation."""
    made = select(Consultation.id).where(Consultation.municipality_id == municipality_id, was_asked())
    return db.session.scalar(made.limit(1)) is not None


def by_code(code: str) -> Consultation | None:
    """The consultation of the address /c/<code>."""
    return db.session.scalar(select(Consultation).where(Consultation.code == code))


def open_now(municipality_id: int) -> list[Wave]:
    """Open rounds that a child can fill in: the newest first, the one that is always open last."""
    found = select(Wave).join(Wave.consultation).where(Wave.state == State.OPEN, Consultation.channel == Channel.SELF)
    found = found.where(Consultation.municipality_id == municipality_id)
    return list(db.session.scalars(found.order_by(Consultation.always_open, Wave.opened_at.desc(), Wave.id.desc())))


def waves_over(today: date) -> list[int]:
    """Ids of open rounds, of every municipality, whose last day has passed."""
    over = select(Wave.id).where(Wave.state == State.OPEN, Wave.closes_on < today)
    return list(db.session.scalars(over.order_by(Wave.id)))


def current_instrument(wave: Wave, band: Band) -> Instrument | None:
    """The questionnaire that is asked now: the one with the highest number."""
    found = select(Instrument).where(Instrument.wave_id == wave.id, Instrument.band == band)
    return db.session.scalar(found.order_by(Instrument.number.desc()).limit(1))


def current_instruments(wave: Wave) -> list[Instrument]:
    """What is asked now, one questionnaire per band, in the order of the bands."""
    found = [current_instrument(wave, band) for band in Band]
    return [instrument for instrument in found if instrument]


def instrument_by_sha(wave_id: int, sha256: str) -> Instrument | None:
    """The questionnaire of this round with this hash, current or older."""
    found = select(Instrument).where(Instrument.wave_id == wave_id, Instrument.sha256 == sha256)
    return db.session.scalar(found.order_by(Instrument.id).limit(1))


def always_open(municipality_id: int) -> Consultation | None:
    """The consultation "Wat wil jij zeggen?" of a municipality."""
    found = select(Consultation).where(Consultation.municipality_id == municipality_id, Consultation.always_open)
    return db.session.scalar(found.order_by(Consultation.id).limit(1))


def without_always_open() -> list[int]:
    """Ids of municipalities that have a department but no consultation that is always open."""
    has_one = select(Consultation.municipality_id).where(Consultation.always_open)
    found = select(Department.municipality_id).where(Department.municipality_id.not_in(has_one))
    return list(db.session.scalars(found.distinct().order_by(Department.municipality_id)))


def first_department(municipality_id: int) -> Department | None:
    """The department a municipality began with."""
    found = select(Department).where(Department.municipality_id == municipality_id)
    return db.session.scalar(found.order_by(Department.id).limit(1))


def town(consultation: Consultation, language: str = "") -> Town:
    """The town that asks, with a help line that speaks this language (default: that of what is being written)."""
    return _town(consultation.municipality, language)


def town_of(municipality_id: int) -> Town:
    """The town with this id, as `town`; it must exist."""
    return _town(db.session.get_one(Municipality, municipality_id))


def _town(municipality: Municipality, language: str = "") -> Town:
    helps = municipality.help_in(language or spoken_here())
    return Town(
        name=municipality.name,
        slug=municipality.slug,
        help_name=helps.name,
        help_number=helps.number,
        help_url=helps.url,
        exit_url=municipality.exit_url,
        is_example=municipality.is_example,
        language=municipality.language,
    )
