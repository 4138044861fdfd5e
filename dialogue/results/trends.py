"""The same question over the rounds of a consultation: lines per age band, from what was published of each round."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from dialogue.consultations.models import Wave
from dialogue.results.models import Publication
from dialogue.shared.bands import RULES, Band
from dialogue.shared.database import db

Point = tuple[int, int, int, int]  # number of the round; positive share, low and high in whole per cent


@dataclass
class Trend:
    """One indicator in the age bands that were asked it at least twice."""

    first: str  # age band and key of the question it was first found in
    questions: dict[str, str]  # per language, as last asked
    lines: dict[str, list[Point]] = field(default_factory=dict)  # band → rounds in order

    @property
    def name(self) -> str:
        """What its chart is called, before the language."""
        return f"trend-{self.first}"

    def title(self) -> str:
        """What changed since the round before, in the language of the page; a change within the margin is none."""
        better = [band for band, line in self.lines.items() if line[-1][2] > line[-2][3]]
        worse = [band for band, line in self.lines.items() if line[-1][3] < line[-2][2]]
        if better and worse:
            return str(
                _("Beter bij %(better)s jaar, slechter bij %(worse)s", better=_years(better), worse=_years(worse))
            )
        if better:
            return str(_("Beter dan vorige ronde bij %(bands)s jaar", bands=_years(better)))
        if worse:
            return str(_("Slechter dan vorige ronde bij %(bands)s jaar", bands=_years(worse)))
        return str(_("Geen duidelijk verschil met vorige ronde"))


def _years(bands: list[str]) -> str:
    return str(_(" en ")).join(RULES[Band(band)].years for band in bands)


def trends_of(wave: Wave) -> list[Trend]:
    """The indicators of this round that an earlier round of its consultation asked too."""
    query = select(Wave.number, Publication.tables).join(Publication, Publication.wave_id == Wave.id)
    query = query.where(Wave.consultation_id == wave.consultation_id, Wave.number <= wave.number)
    found: dict[str, Trend] = {}
    for number, tables in db.session.execute(query.order_by(Wave.number)):
        for band, item in _measured(tables):
            trend = found.setdefault(item["indicator"], Trend(f"{band}-{item['key']}", item["questions"]))
            share = item["positive"]
            trend.lines.setdefault(band, []).append((number, share["share"], share["low"], share["high"]))
    for trend in found.values():
        now = {band: line for band, line in trend.lines.items() if len(line) > 1 and line[-1][0] == wave.number}
        trend.lines = dict(sorted(now.items()))
    return [trend for trend in found.values() if trend.lines]


def _measured(tables: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Items with an indicator and a share that may be shown; an indicator counts once per band."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for band in tables["bands"]:
        for item in band["items"]:
            if item["indicator"] and item["positive"]:
                seen.setdefault((band["band"], item["indicator"]), item)
    return [(band, item) for (band, _indicator), item in seen.items()]
