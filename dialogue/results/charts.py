"""Which charts a round has: a bar chart per question and a line chart per indicator, in the languages of who looks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete

from dialogue.consultations.models import Wave
from dialogue.results.drawing import draw_bars, draw_lines
from dialogue.results.models import Chart
from dialogue.results.queries import Tables, publication
from dialogue.results.trends import Trend, trends_of
from dialogue.shared.database import db, writing
from dialogue.web.i18n import WHOLE, direction


def draw_charts(payload: Mapping[str, Any]) -> None:
    """Draw every chart of wave `payload["wave"]` anew, from what was published: nothing else comes in here."""
    wave = db.session.get_one(Wave, payload["wave"])
    tables, trends = publication(wave.id), trends_of(wave)
    if tables is None:
        return
    wave_id, languages = wave.id, _seen_in(wave.consultation.languages)
    db.session.rollback()
    charts = {name: svg for language in languages for name, svg in _drawn(tables, trends, language)}
    with writing() as session:
        session.execute(delete(Chart).where(Chart.wave_id == wave_id))
        session.add_all(Chart(wave_id=wave_id, name=name, svg=svg) for name, svg in charts.items())


def _seen_in(languages: Sequence[str]) -> list[str]:
    """Those of staff, and the main one; what is written from right to left is not drawn: its table stands there."""
    return [one for one in languages if one in WHOLE or (one == languages[0] and direction(one) == "ltr")]


def _drawn(tables: Tables, trends: Sequence[Trend], language: str) -> Iterator[tuple[str, str]]:
    for band in tables["bands"]:
        for item in band["items"]:
            if item["answered"] and not item["most"] and any(row["share"] is not None for row in item["rows"]):
                yield f"{band['band']}-{item['key']}-{language}", draw_bars(item, language)
    for trend in trends:
        yield f"{trend.name}-{language}", draw_lines(trend, language)
