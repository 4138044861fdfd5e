"""Rounds that became fully answered without a new message: the last words were read, or the box was emptied."""

from dialogue.consultations.models import Wave
from dialogue.feedback.queries import waves_to_answer
from dialogue.feedback.services import keep_promise, why_not_told
from dialogue.shared.database import db, writing


def note_answered_rounds() -> None:
    """Keep the promise of every closed round of which everything has been told."""
    ready = [wave.id for wave in waves_to_answer() if not why_not_told(wave)]
    for wave_id in ready:
        with writing():
            keep_promise("system", db.session.get_one(Wave, wave_id))
