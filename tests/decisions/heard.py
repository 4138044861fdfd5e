"""Builder of a signal that much was said for: with figures, a chart, and words that may be quoted."""

from sqlalchemy import select

from dialogue.answering.models import Contribution, Reading
from dialogue.people.models import Department
from dialogue.results.drawing import draw_bars
from dialogue.results.models import Chart, Publication, Tally
from dialogue.results.publishing import publish
from dialogue.shared.bands import Band
from dialogue.shared.database import db
from dialogue.signals.models import Coding, Signal
from tests.builders import a_consultation, a_contribution, a_signal, change, save

SECRET = "GEHEIM"  # words nobody approved
QUOTES = ("Citaat 0.", "Citaat 1.", "Citaat 2.", "Citaat 3.")


def a_heard_signal(department: Department, title: str = "Ik durf niet oversteken.") -> Signal:
    """A signal of 183 ticks and 7 times own words, with a chart, four approved quotes and one that is not."""
    consultation = a_consultation(department)
    wave_id, band = consultation.waves[0].id, Band.B
    for item, option, count in (("", "", 611), ("q1", "a", 183), ("q1", "b", 428)):
        save(Tally(wave_id=wave_id, band=band, place_id=0, item=item, option=option, count=count))
    words = [a_contribution(consultation, f"woord {n}", reading=Reading.CODED) for n in range(7)]
    found = a_signal(consultation, title, *words)
    for number, coding in enumerate(db.session.scalars(select(Coding).order_by(Coding.contribution_key)).all()):
        change(coding, quote=QUOTES[number] if number < len(QUOTES) else None)
    change(db.session.scalars(select(Contribution)).first(), text=SECRET)
    publish({"wave": wave_id})
    bars = db.session.get_one(Publication, wave_id).tables["bands"][0]["items"][0]
    save(Chart(wave_id=wave_id, name="B-q1-nl", svg=draw_bars(bars, "nl")))
    return found
