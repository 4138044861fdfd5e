"""Opening the letter box: letters leave their envelopes in lots, and what one child said can no longer be joined.

A lot is one transaction: responses and contributions each written in key order, all tallies moved together, the letters
deleted. Unsealing happens before the lock; inside it only the letters still being there is looked at again.
"""

import logging
from base64 import urlsafe_b64decode
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import SystemRandom
from typing import Any

from cryptography.exceptions import InvalidTag
from flask import current_app
from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.models import Contribution, Letter, Reading, Response, Waiting
from dialogue.answering.queries import in_the_box
from dialogue.answering.rules import asks_for_help
from dialogue.consultations.models import Channel, Instrument, State, Wave
from dialogue.places.queries import tree
from dialogue.questions.kinds import KINDS
from dialogue.results import rules
from dialogue.results.models import Tally
from dialogue.results.queries import opened_in
from dialogue.results.rules import Group
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from dialogue.shared.outbox import enqueue

log = logging.getLogger(__name__)
PUBLISH = "publish_results"
Box = Mapping[str, Mapping[int, Sequence[bytes]]]  # band → place → the tags of the letters that wait
Row = dict[str, Any]


@dataclass
class Lot:
    """What one transaction writes."""

    wave_id: int
    tags: list[bytes] = field(default_factory=list)
    responses: list[Row] = field(default_factory=list)
    contributions: list[Row] = field(default_factory=list)
    tallies: Counter[tuple[str, int, str, str]] = field(default_factory=Counter)


def open_box(wave: Wave) -> bool:
    """Open what may be opened of this wave's letters; whether anything was."""
    wave_id, closed = wave.id, wave.state in (State.CLOSED, State.ANSWERED)
    asked = {instrument.id: closed_questions(instrument) for instrument in wave.instruments}
    box = sort_letters(wave_id)
    opening = _at_closing(wave, box) if closed else _now(wave, box)
    opened: set[Group] = set()
    for planned in rules.lots(opening, SystemRandom()):
        if store(prepare(wave_id, planned, asked)):
            opened |= planned.keys()
    _note_waiting(wave_id, sort_letters(wave_id) if opened else box, opened)
    return bool(opened)


def closed_questions(instrument: Instrument) -> list[str]:
    """The keys of the questions with options to count."""
    return [item["key"] for item in instrument.document["items"] if KINDS[item["kind"]].is_closed]


def sort_letters(wave_id: int) -> dict[str, dict[int, list[bytes]]]:
    """The tags of a wave's letters by the band and place inside; bodies are read in small portions and forgotten."""
    box: dict[str, dict[int, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    letters = in_the_box(wave_id).with_only_columns(Letter.tag, Letter.body).execution_options(yield_per=1000)
    for tag, sealed in db.session.execute(letters):
        body = _unsealed(tag, sealed)
        if body:
            box[body["band"]][body["place"]].append(tag)
    db.session.rollback()  # a long read would keep the write-ahead log from shrinking
    return box


def _unsealed(tag: bytes, sealed: bytes) -> Row | None:
    try:
        return unseal(installation_key(), sealed, tag)
    except (InvalidTag, ValueError):
        log.error("a letter cannot be opened with this key; it stays in the box")
        return None


def _at_closing(wave: Wave, box: Box) -> dict[Group, list[bytes]]:
    town = wave.consultation.municipality
    places = tree(town.id)
    return {
        (band, place): tags
        for band, waiting in box.items()
        for place, tags in rules.opens_at_closing(waiting, places, town.smallest_group).items()
    }


def _now(wave: Wave, box: Box) -> dict[Group, list[bytes]]:
    town, places = wave.consultation.municipality, tree(wave.consultation.municipality_id)
    pepper, done = current_app.extensions["dialogue"].keys.pepper, opened_in(wave.id)
    long_ago = today() - timedelta(days=rules.DAYS_OF_WAITING)
    waited = set(
        db.session.execute(
            select(Waiting.band, Waiting.place_id).where(Waiting.wave_id == wave.id, Waiting.since <= long_ago)
        )
    )
    opening: dict[Group, list[bytes]] = {}
    for band, waiting in box.items():

        def needed(place: int, band: str = band) -> int:
            group = (band, place)
            return rules.threshold(pepper, wave.id, group, done.get(group, 0), town.smallest_group)

        old = {place for other, place in waited if other == band}
        found = rules.opens_now(waiting, places, needed, old, SystemRandom())
        opening |= {(band, place): tags for place, tags in found.items()}
    return opening


def prepare(wave_id: int, planned: Mapping[Group, Sequence[bytes]], asked: Mapping[int, Sequence[str]]) -> Lot:
    """A lot, unsealed and counted; a letter that went meanwhile is not in it, so that `store` will refuse it."""
    lot = Lot(wave_id)
    for (band, place), tags in planned.items():
        letters = select(Letter.tag, Letter.fingerprint, Letter.body).where(Letter.tag.in_(tags))
        lot.tags += tags
        for tag, fingerprint, sealed in db.session.execute(letters):
            body = _unsealed(tag, sealed)
            if body:
                shared = {"wave_id": wave_id, "band": Band(band), "place_id": place or None}
                _add(lot, shared | {"channel": Channel(body["channel"])}, (tag, fingerprint), body)
                _count(lot.tallies, (band, place), body["answers"], asked[body["instrument"]])
    lot.responses.sort(key=_key)
    lot.contributions.sort(key=_key)
    return lot


def _add(lot: Lot, shared: Row, marks: tuple[bytes, bytes], body: Row) -> None:
    tag, fingerprint = marks
    own = {"key": new_key(), "tag": tag, "fingerprint": fingerprint, "instrument_id": body["instrument"]}
    lot.responses.append(shared | own | {"answers": body["answers"]})
    for said in body["words"]:
        reading = Reading.CONCERN if asks_for_help(said["text"]) else Reading.UNREAD
        said_tag = urlsafe_b64decode(said["tag"] + "==") if said["tag"] else None
        words = {"key": new_key(), "tag": said_tag, "item": said["item"], "text": said["text"], "reading": reading}
        lot.contributions.append(shared | words)


def _count(tallies: Counter[tuple[str, int, str, str]], group: Group, answers: Row, asked: Sequence[str]) -> None:
    tallies[*group, "", ""] += 1
    for item in asked:
        tallies[*group, item, answers.get(item, "")] += 1


def _key(row: Row) -> bytes:
    key: bytes = row["key"]
    return key


def store(lot: Lot) -> bool:
    """Write a lot in one transaction, unless one of its letters is gone: then it is planned anew at the next look."""
    tallies = [
        dict(zip(("band", "place_id", "item", "option"), group, strict=True)) | {"wave_id": lot.wave_id, "count": count}
        for group, count in lot.tallies.items()
    ]
    with writing() as session:
        there = session.scalar(select(func.count()).select_from(Letter).where(Letter.tag.in_(lot.tags)))
        if not len(lot.tags) == len(lot.responses) == there:
            return False
        session.execute(insert(Response), lot.responses)
        if lot.contributions:
            session.execute(insert(Contribution), lot.contributions)
        move = upsert(Tally)
        keys = list(Tally.__table__.primary_key)
        session.execute(move.on_conflict_do_update(keys, set_={"count": Tally.count + move.excluded.count}), tallies)
        session.execute(delete(Letter).where(Letter.tag.in_(lot.tags)))
        enqueue(PUBLISH, {"wave": lot.wave_id})
    return True


def _note_waiting(wave_id: int, box: Box, opened: Collection[Group]) -> None:
    """Since when each group waits; one that was opened begins anew with what is left."""
    mine = Waiting.wave_id == wave_id
    noted = {(row.band.value, row.place_id): row.since for row in db.session.scalars(select(Waiting).where(mine))}
    groups = [(band, place) for band, places in box.items() for place, tags in places.items() if tags]
    now = {group: today() if group in opened else noted.get(group, today()) for group in groups}
    if now == noted:
        return
    rows = [{"wave_id": wave_id, "band": Band(b), "place_id": p, "since": since} for (b, p), since in now.items()]
    with writing() as session:
        session.execute(delete(Waiting).where(mine))
        if rows:
            session.execute(insert(Waiting), rows)
