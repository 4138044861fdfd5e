"""Reading what was counted: what may be shown, and raw counts for rules that only staff's own software applies."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from dialogue.answering.models import ImportBatch, Letter
from dialogue.consultations.models import Consultation, State, Wave
from dialogue.consultations.queries import was_asked
from dialogue.places.models import Place
from dialogue.results.models import Chart, Publication, Tally
from dialogue.results.rules import implausible
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound

Tables = dict[str, Any]  # as dialogue.results.publishing makes them
LISTED = 30
HEADLINE = 30


def publication(wave_id: int) -> Tables | None:
    """What may be shown of a wave to staff, or None when nothing was opened yet."""
    row = db.session.get(Publication, wave_id)
    return {name: table for name, table in row.tables.items() if not name.startswith("_")} if row else None


def public_publication(wave_id: int) -> Tables | None:
    """What everybody may see: nothing by place, so that no school can be ranked."""
    return public_publications([wave_id]).get(wave_id)


def public_publications(wave_ids: Collection[int]) -> dict[int, Tables]:
    """What everybody may see of each of these waves; one that was not published is not in it."""
    rows = db.session.scalars(select(Publication).where(Publication.wave_id.in_(list(wave_ids))))
    return {row.wave_id: _without_places(row.tables) for row in rows}


def _without_places(tables: Tables) -> Tables:
    bands = [band | {"items": [item | {"places": []} for item in band["items"]]} for band in tables["bands"]]
    shown = {name: table for name, table in tables.items() if not name.startswith("_")}
    return shown | {"places": [], "bands": bands}


def shown_cells(wave_id: int) -> set[tuple[str, str, str]]:
    """Band, question and answer of each figure that may be shown of a wave."""
    bands = (publication(wave_id) or {"bands": []})["bands"]
    rows = ((band["band"], item["key"], row) for band in bands for item in band["items"] for row in item["rows"])
    return {(band, key, row["code"]) for band, key, row in rows if row["share"] is not None}


def counts_for(wave_id: int, band: str, item: str, option: str) -> int:
    """How often an option was chosen, raw: for rules, never for showing. Item "" counts responses."""
    chosen = (Tally.wave_id == wave_id, Tally.band == band, Tally.item == item, Tally.option == option)
    return db.session.scalar(select(func.coalesce(func.sum(Tally.count), 0)).where(*chosen)) or 0


def total(wave_id: int) -> int:
    """How many responses of a wave were opened, raw."""
    return totals([wave_id]).get(wave_id, 0)


def totals(wave_ids: Collection[int]) -> dict[int, int]:
    """How many responses of each of these waves were opened, raw."""
    query = select(Tally.wave_id, func.sum(Tally.count)).where(Tally.wave_id.in_(list(wave_ids)), Tally.item == "")
    return dict(db.session.execute(query.group_by(Tally.wave_id)).all())


def opened_in(wave_id: int) -> dict[tuple[str, int], int]:
    """How many responses of a wave were opened per band and place, raw."""
    query = select(Tally.band, Tally.place_id, Tally.count).where(Tally.wave_id == wave_id, Tally.item == "")
    return {(band.value, place): count for band, place, count in db.session.execute(query)}


def implausible_places(wave_id: int) -> list[int]:
    """Places of a wave with more answers than can be expected, for its maker to look at."""
    counts: Counter[int] = Counter()
    for (_band, place), count in opened_in(wave_id).items():
        counts[place] += count
    return implausible(counts)


def waiting(wave_ids: Collection[int]) -> dict[int, int]:
    """How many letters of each of these waves wait to be opened; those of an import only once it is complete."""
    active = select(ImportBatch.id).where(ImportBatch.active)
    query = select(Letter.wave_id, func.count()).where(Letter.wave_id.in_(list(wave_ids)))
    query = query.where(Letter.batch_id.is_(None) | Letter.batch_id.in_(active)).group_by(Letter.wave_id)
    return dict(db.session.execute(query).all())


@dataclass(frozen=True)
class Round:
    """A wave in the list: with its finding, answers (rounded, "" when none may be shown) and letters that wait."""

    wave: Wave
    finding: dict[str, str]
    responses: str
    waiting: int


def rounds_of(actor: Actor, before: int | None = None) -> tuple[list[Round], int | None]:
    """The rounds this person may see, latest first; and from where to go on, when there are more."""
    query = select(Wave).join(Wave.consultation).where(Consultation.municipality_id == actor.municipality_id)
    query = query.where(Wave.state != State.DRAFT, was_asked()).order_by(Wave.id.desc()).limit(LISTED + 1)
    if not actor.sees_all:
        query = query.where(Consultation.department_id.in_(actor.departments))
    if before is not None:
        query = query.where(Wave.id < before)
    waves = list(db.session.scalars(query))
    more = waves[LISTED - 1].id if len(waves) > LISTED else None
    ids = [wave.id for wave in waves[:LISTED]]
    published = {
        row.wave_id: row.tables for row in db.session.scalars(select(Publication).where(Publication.wave_id.in_(ids)))
    }
    wait = waiting(ids)
    return [_round(wave, published.get(wave.id, {}), wait.get(wave.id, 0)) for wave in waves[:LISTED]], more


def _round(wave: Wave, tables: Tables, waiting_letters: int) -> Round:
    leading = leading_item(tables)
    return Round(wave, leading["titles"] if leading else {}, tables.get("responses", ""), waiting_letters)


def leading_item(tables: Tables) -> Tables | None:
    """The question whose finding heads the page, with its band: the first of the age that answered most.

    A finding over fewer than HEADLINE children stays with its question: it says little about the others.
    """
    bands = sorted(tables.get("bands", ()), key=lambda band: -_number(band["responses"]))
    items = (item | {"band": band["band"]} for band in bands for item in band["items"])
    return next((item for item in items if item["titles"] and _number(item["answered"]) >= HEADLINE), None)


def _number(shown: str) -> int:
    return int("".join(filter(str.isdecimal, shown)) or 0)


def chart(wave_id: int, name: str) -> str:
    """A drawn chart as SVG; raises NotFound."""
    row = db.session.get(Chart, (wave_id, name))
    if row is None:
        raise NotFound
    return row.svg


def charts_of(wave_id: int) -> set[str]:
    """The names of the charts that are drawn."""
    return set(db.session.scalars(select(Chart.name).where(Chart.wave_id == wave_id)))


def charts_named(wave_id: int, language: str) -> dict[str, str]:
    """The drawn charts of a wave in this language, as SVG, by name without the language: "B-q1"."""
    query = select(Chart).where(Chart.wave_id == wave_id, Chart.name.endswith(f"-{language}", autoescape=True))
    return {chart.name.removesuffix(f"-{language}"): chart.svg for chart in db.session.scalars(query)}


def place_names(municipality_id: int) -> dict[int, str]:
    """What each place is called, also those withdrawn."""
    query = select(Place.id, Place.name).where(Place.municipality_id == municipality_id)
    return dict(db.session.execute(query).all())
