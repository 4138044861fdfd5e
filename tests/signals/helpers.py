"""What the tests of signals need besides the common builders: counted answers, and words by their keys."""

from dialogue.answering.models import Contribution
from dialogue.consultations.models import Consultation
from dialogue.results.models import Tally
from dialogue.results.publishing import publish
from dialogue.shared.bands import Band
from dialogue.shared.database import db
from tests.builders import save


def counted(
    consultation: Consultation, total: int = 600, *, band: str = "B", place_id: int = 0, **options: int
) -> None:
    """Tallies of the last round: `total` responses, and how often q1 was answered a, b, …"""
    wave_id = consultation.waves[-1].id
    rows = [("", "", total), *(("q1", option, count) for option, count in options.items())]
    save(*[Tally(wave_id=wave_id, band=Band(band), place_id=place_id, item=i, option=o, count=n) for i, o, n in rows])


def published(consultation: Consultation) -> None:
    """What may be shown of the last round, after `counted`."""
    publish({"wave": consultation.waves[-1].id})


def word(key: bytes) -> Contribution:
    """These words as they are in the database now."""
    db.session.rollback()
    return db.session.get_one(Contribution, key)
