"""Answers that children asked to be gone: which of them go now, and closed answers with all that was counted of them.

A response and the words of the same child left the letter box together, and whoever has an old log of the database
knows with which others; so those who go together came together (words: to one question), and each lot is a transaction.
"""

from collections import defaultdict
from typing import Any

from flask import current_app
from sqlalchemy import delete, func, select

from dialogue.answering.erasing import Lot, wishes
from dialogue.answering.models import Contribution, Erasure, Reading, Response
from dialogue.answering.receipt import RESPONSE, SAID
from dialogue.consultations.models import Wave
from dialogue.ledger.services import record
from dialogue.results.lots import Tallies, count, move_tallies
from dialogue.results.opening import closed_questions
from dialogue.results.rules import goes_now, threshold
from dialogue.shared.database import db, writing
from dialogue.shared.traces import leave_no_trace


def _came_with(table: type[Response | Contribution]) -> tuple[Any, ...]:
    return table.wave_id, table.lot, table.band, table.place_id


_KINDS = {Response: RESPONSE, Contribution: SAID}
_GROUPS: dict[Any, tuple[Any, ...]] = {
    Response: _came_with(Response),
    Contribution: (*_came_with(Contribution), Contribution.item),
}


def erase_answers() -> None:
    """Let closed answers go, and the figures follow."""
    lots = lots_to_go(Response)
    for lot in lots:
        _erase(lot)
    leave_no_trace(Response, Erasure, changed=bool(lots))


def lots_to_go(table: type[Response | Contribution]) -> list[Lot]:
    """The lots of closed answers, or of own words, that go now."""
    wished = wishes(_KINDS[table])
    asked: dict[tuple[Any, ...], list[tuple[bytes, bytes]]] = defaultdict(list)
    rows = select(table.key, table.tag, *_GROUPS[table]).where(table.tag.in_(wished)).order_by(table.key)
    for key, mark, *group in db.session.execute(rows) if wished else ():
        asked[tuple(group)].append((key, wished[mark]))
    return [
        Lot(group[0], [key for key, _ in going], sorted(wish for _, wish in going))
        for group, going in asked.items()
        if _goes(table, group, len(going))
    ]


def _goes(table: type[Response | Contribution], group: tuple[Any, ...], asked: int) -> bool:
    mine = [column == value for column, value in zip(_GROUPS[table], group, strict=True)]
    if table is Contribution:
        mine.append(Contribution.reading != Reading.WITHDRAWN)
    there = db.session.scalar(select(func.count()).select_from(table).where(*mine)) or 0
    wave_id, lot, band, place, *item = group
    least = db.session.get_one(Wave, wave_id).consultation.municipality.smallest_group
    pepper, name = current_app.extensions["dialogue"].keys.pepper, "|".join([_KINDS[table], band, *item])
    needed = threshold(pepper, wave_id, (name + lot.hex(), place or 0), there, least) if lot else there
    return goes_now(asked, there, needed, least)


def _erase(lot: Lot) -> None:
    wave, tallies = db.session.get_one(Wave, lot.wave_id), Tallies()
    asked = {instrument.id: closed_questions(instrument) for instrument in wave.instruments}
    department_id, going = wave.consultation.department_id, Response.key.in_(lot.keys)
    rows = select(Response.band, Response.place_id, Response.answers, Response.instrument_id).where(going)
    for band, place, answers, instrument_id in db.session.execute(rows):
        count(tallies, (band, place or 0), answers, asked[instrument_id], by=-1)
    with writing() as session:
        if lot.fulfil():
            session.execute(delete(Response).where(going))
            move_tallies(session.connection(), lot.wave_id, tallies)
            about = {"answers": len(lot.keys)}
            record("system", "answers.erased", f"wave:{lot.wave_id}", department_id=department_id, after=about)
