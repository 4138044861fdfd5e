"""A round in which nobody was asked anything: the youth council gave its advice by itself.

So every signal comes out of a round, those out of an advice too, and goes the same way from there.
"""

from datetime import date, datetime, time

from flask_babel import force_locale
from flask_babel import gettext as _

from dialogue.consultations.models import Channel, Consultation, State, Wave
from dialogue.consultations.recording import note
from dialogue.people.models import Department
from dialogue.shared.actor import Actor
from dialogue.shared.clock import CALENDAR
from dialogue.shared.codes import new_code
from dialogue.shared.database import db
from dialogue.web.i18n import LANGUAGES


def languages_of(department: Department) -> list[str]:
    """In which languages what is advised can be said, that of the town first."""
    main = department.municipality.language
    return [main, *(language for language in LANGUAGES if language != main)]


def advised_round(actor: Actor, department: Department, received_on: date, answer_by: date | None) -> Wave:
    """A round without questions, open and closed on the day the advice came in; found by no child."""
    languages = languages_of(department)
    with force_locale(languages[0]):
        title = _("Advies van de jeugdraad")
    consultation = Consultation(
        municipality_id=department.municipality_id,
        department_id=department.id,
        department=department,
        code=new_code(),
        titles={languages[0]: title},
        languages=languages,
        channel=Channel.WORKSHOP,
        advised=True,
    )
    came_in = datetime.combine(received_on, time(12), CALENDAR)
    wave = Wave(number=1, state=State.CLOSED, opened_at=came_in, closed_at=came_in, hear_back_by=answer_by)
    wave.opens_on = wave.closes_on = received_on
    consultation.waves.append(wave)
    db.session.add(consultation)
    note(actor, "wave.advised", wave)
    return wave
