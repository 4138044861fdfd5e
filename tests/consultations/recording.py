"""A questionnaire of which some texts were read aloud, for the tests of what children hear."""

from dialogue.consultations import sounds
from dialogue.consultations.models import Consultation, Version
from dialogue.people.models import StaffMember
from dialogue.shared.database import db, writing
from dialogue.shared.sounds import checked_sound
from tests.builders import actor_of
from tests.web.sounds import a_wav


def version_of(consultation: Consultation, band: str = "B") -> Version:
    return db.session.query(Version).filter_by(consultation_id=consultation.id, band=band).one()


def record(
    person: StaffMember,
    consultation: Consultation,
    *names: str,
    band: str = "B",
    language: str = "nl",
    sound: bytes = b"",
) -> list[bytes]:
    """Read these texts aloud, each for another length of time; returns what was recorded."""
    actor, said = actor_of(person), [sound or a_wav(0.1 + place / 100) for place, _name in enumerate(names)]
    found = [checked_sound(content, "opname.wav") for content in said]
    with writing():
        version = version_of(consultation, band)
        for name, one in zip(names, found, strict=True):
            text = sounds.line_for(version, language, name).text
            sounds.keep(actor, version, language, name, text, one)
    return said
