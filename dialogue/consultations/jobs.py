"""Work of the calendar (rounds that are over close, what is always open turns its quarter), and posters to draw."""

from typing import Any

from flask import current_app
from flask_babel import force_locale

from dialogue.consultations.always_open import start_always_open, turn_quarter
from dialogue.consultations.models import Consultation, State, Wave
from dialogue.consultations.printing import DRAW, draw_all, posters
from dialogue.consultations.queries import always_open, first_department, waves_over, without_always_open
from dialogue.consultations.round_services import close_wave
from dialogue.shared import bundles
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing

__all__ = ["DRAW", "close_what_is_over", "draw_posters", "ensure_always_open"]


def close_what_is_over() -> None:
    """Close every open round whose last day has passed; an always open consultation goes on with a new quarter."""
    for wave_id in waves_over(today()):
        with writing() as session:
            wave = session.get_one(Wave, wave_id)
            if wave.state != State.OPEN:
                continue
            if wave.consultation.always_open:
                turn_quarter(wave)
            else:
                close_wave("system", wave)


def ensure_always_open() -> None:
    """Give every municipality that has a department its "Wat wil jij zeggen?"."""
    for municipality_id in without_always_open():
        with writing():
            department = first_department(municipality_id)
            if department and always_open(municipality_id) is None:
                start_always_open("system", department.municipality, department)


def draw_posters(payload: dict[str, Any]) -> None:
    """Draw all posters of a consultation for the bundle `payload["bundle"]`; goes on where it was after a restart."""
    bundle = bundles.asked(payload)
    if bundle is None:
        return
    consultation = db.session.get_one(Consultation, int(bundle.object.removeprefix("consultation:")))
    site = current_app.extensions["dialogue"].settings.public_url
    with force_locale(consultation.municipality.language):
        draw_all(bundle, posters(consultation, site, bundle.wish["colour"]))
