"""What may be shown of a wave, computed once per opening and kept: every page, chart and export reads this.

{"responses": "± 1 210", "places": [{"place": 3, "responses": "± 165"} | {"place": 4, "with": 3}],
 "bands": [{"band": "B", "responses": "± 620", "items": [ITEM]}], "too_few": ["A"]}
ITEM: {"key", "kind", "indicator", "titles", "questions", "notes", "answered": "± 600" or "" with too few,
 "dont_know": "<5", "most": {"nl": …} or {}, "positive": {"share", "low", "high"} or None,
 "rows": [{"code", "labels", "ink", "share": 12 or None, "shown": "12 %", "<5" or "–"}],
 "places": [{"place", "answered", "positive" or None, "most"}]}
"""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from dialogue.consultations.models import Instrument, Wave
from dialogue.places.queries import tree
from dialogue.questions.intervals import wilson
from dialogue.questions.kinds import DONT_KNOW, KINDS
from dialogue.results.disclosure import SMALLEST_GROUP, Answers, Disclosed, Question, Row, disclose, rounded
from dialogue.results.models import Publication, Tally
from dialogue.shared.canonical import sha256_hex
from dialogue.shared.clock import now
from dialogue.shared.database import db, writing
from dialogue.shared.outbox import enqueue

DRAW = "draw_charts"
Table = dict[str, Any]
Item = dict[str, Any]


def publish(payload: Mapping[str, Any]) -> None:
    """Compute and keep what may be shown of wave `payload["wave"]` when something was counted; then ask for charts."""
    wave_id: int = payload["wave"]
    old = db.session.get(Publication, wave_id)
    before: Table = old.tables if old else {"bands": [], "_sizes": {}, "_counted": ""}
    tallies = _tallies(wave_id)
    counted = sha256_hex(tallies)
    if not tallies or before["_counted"] == counted:
        return
    tallies, held = _hold(tallies, before["_sizes"])
    tables = tables_of(db.session.get_one(Wave, wave_id), tallies)
    kept = {band["band"]: band for band in before["bands"] if band["band"] in held}
    tables["bands"] = [kept.get(band["band"], band) for band in tables["bands"]]
    tables |= {"_counted": counted, "_sizes": _sizes(tallies)}
    with writing() as session:
        session.merge(Publication(wave_id=wave_id, made_at=now(), tables=tables))
        enqueue(DRAW, {"wave": wave_id})


def _hold(tallies: list[Row], before: Mapping[str, Mapping[str, int]]) -> tuple[list[Row], set[str]]:
    """Tallies in which a band that moved by fewer than ten stands still; and those bands."""
    after = _sizes(tallies)
    moved = {band: abs(sum(after.get(band, {}).values()) - sum(places.values())) for band, places in before.items()}
    held = {band for band, count in moved.items() if 0 < count < SMALLEST_GROUP}
    still = [(band, int(place), "", "", count) for band in sorted(held) for place, count in before[band].items()]
    return [row for row in tallies if row[0] not in held] + still, held


def _sizes(tallies: Iterable[Row]) -> dict[str, dict[str, int]]:
    sizes: dict[str, dict[str, int]] = {}
    for band, place, item, _option, count in tallies:
        if not item:
            sizes.setdefault(band, {})[str(place)] = count
    return sizes


def _tallies(wave_id: int) -> list[Row]:
    query = select(Tally.band, Tally.place_id, Tally.item, Tally.option, Tally.count).where(Tally.wave_id == wave_id)
    rows = db.session.execute(query.order_by(*Tally.__table__.primary_key))
    return [(band.value, place, item, option, count) for band, place, item, option, count in rows]


def tables_of(wave: Wave, tallies: list[Row]) -> Table:
    """The tables of one wave, with what its questions and options are called."""
    town = wave.consultation.municipality
    places, items = tree(town.id), _items(wave.instruments)
    asked = {band: [_question(item) for item in own.values()] for band, own in items.items()}
    shown = disclose(tallies, places, asked, town.smallest_group)
    languages = wave.consultation.languages
    return {
        "responses": rounded(shown.responses) if shown.responses else "",
        "bands": [
            {
                "band": band,
                "responses": rounded(count),
                "items": [
                    _item(items[band][key], answers, _raw(tallies, band, key), languages)
                    for key, answers in shown.items[band].items()
                ],
            }
            for band, count in shown.bands.items()
        ],
        "too_few": sorted({band for band, *_ in tallies} - set(shown.bands)),
        "places": _places(shown, places),
    }


def _items(instruments: Iterable[Instrument]) -> dict[str, dict[str, Item]]:
    """The closed questions per band, as last asked; also those that are asked no more."""
    found: dict[str, dict[str, Item]] = {}
    for instrument in sorted(instruments, key=lambda instrument: instrument.number):
        closed = [item for item in instrument.document["items"] if KINDS[item["kind"]].is_closed]
        found.setdefault(instrument.band.value, {}).update({item["key"]: item for item in closed})
    return found


def _question(item: Item) -> Question:
    counted = KINDS[item["kind"]].counted(item)
    return Question(item["key"], counted.one, counted.positive, counted if counted.many else None)


def _raw(tallies: Iterable[Row], band: str, key: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for its_band, _place, item, option, count in tallies:
        if (its_band, item) == (band, key):
            counts[option] = counts.get(option, 0) + count
    return counts


def _item(item: Item, answers: Answers, counts: Mapping[str, int], languages: list[str]) -> Table:
    """One question as it may be shown. Its finding stands above it only where the figures in it may be shown."""
    kind = KINDS[item["kind"]]
    drawn = {language: kind.draw(item, kind.summarise(item, counts), language) for language in languages}
    first = drawn[languages[0]]
    labels = {bar["code"]: {lang: _label(drawn[lang], bar["code"]) for lang in languages} for bar in first["bars"]}
    open_cells = all(count is not None for count in answers.cells.values())
    stated = answers.positive is not None or (open_cells and not first["positive"])
    most = {lang: _most(lang, labels[answers.most][lang]) for lang in languages} if answers.most else {}
    return {
        "key": item["key"],
        "kind": item["kind"],
        "indicator": item["indicator"],
        "questions": {language: drawn[language]["question"] for language in languages},
        "titles": {language: drawn[language]["title"] for language in languages} if stated else most,
        "notes": {language: drawn[language]["note"] for language in languages},
        "most": most,
        "answered": rounded(answers.answered) if answers.answered else "",
        "dont_know": rounded(counts.get(DONT_KNOW, 0)) if answers.answered else "",
        "positive": _interval(answers.positive, answers.answered),
        "rows": [
            {"code": bar["code"], "labels": labels[bar["code"]], "ink": bar["ink"]}
            | _cell(answers.cells.get(bar["code"]), counts.get(bar["code"], 0), answers)
            for bar in first["bars"]
        ],
        "places": [
            {
                "place": place,
                "answered": rounded(group.answered),
                "positive": _interval(group.positive, group.answered),
                "most": group.most,
            }
            for place, group in answers.places.items()
        ],
    }


def _label(drawn: Table, code: str) -> str:
    return next(str(bar["label"]) for bar in drawn["bars"] if bar["code"] == code)


def _most(language: str, label: str) -> str:
    with force_locale(language):
        return str(_("De meesten kozen “%(label)s”", label=label))


def _cell(shown: int | None, raw: int, answers: Answers) -> Table:
    if shown is not None:
        share = round(100 * shown / answers.answered)
        return {"share": share, "shown": f"{share} %"}
    small = answers.answered and not answers.most and 0 < raw < 5
    return {"share": None, "shown": "<5" if small else "–"}


def _interval(positive: int | None, answered: int) -> Table | None:
    share = wilson(positive, answered) if positive is not None else None
    if share is None:
        return None
    return {name: round(100 * getattr(share, name)) for name in ("share", "low", "high")}


def _places(shown: Disclosed, tree_: Mapping[int, int]) -> list[Table]:
    """The places that are shown, and for every other place with which it counts."""
    if set(shown.places) <= {0}:
        return []
    own = [{"place": place, "responses": rounded(count)} for place, count in shown.places.items()]
    return own + [
        {"place": place, "with": _nearest(place, shown, tree_)} for place in tree_ if place not in shown.places
    ]


def _nearest(place: int, shown: Disclosed, tree_: Mapping[int, int]) -> int:
    """Where the answers of a place that is not shown count, or would count."""
    if place in shown.counted_with:
        return shown.counted_with[place]
    parent = tree_.get(place, 0)
    return parent if parent == 0 or parent in shown.places else _nearest(parent, shown, tree_)
