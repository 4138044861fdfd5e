"""A lot of letters: unsealed before the lock, written in one transaction, so that what a child said comes apart.

Responses and contributions are each written in key order, all tallies moved together, the letters deleted. Inside the
lock only the letters still being there, and the tags that are taken, are looked at again.
"""

from base64 import urlsafe_b64decode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from dialogue.answering.letterbox import opened, read
from dialogue.answering.models import Concern, Contribution, Letter, Reading, Response
from dialogue.answering.rules import asks_for_help
from dialogue.answering.services import unheard
from dialogue.consultations.models import Channel
from dialogue.questions.items import Item
from dialogue.questions.kinds import KINDS, SKIPPED
from dialogue.results.models import Tally
from dialogue.results.rules import Group
from dialogue.shared.bands import Band
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, upsert, writing
from dialogue.shared.outbox import enqueue

PUBLISH = "publish_results"
Row = dict[str, Any]
Tallies = Counter[tuple[str, int, str, str]]  # band, place (0: none), item, option → how many


@dataclass(frozen=True)
class Round:
    """What a letter must fit to be opened."""

    wave_id: int
    bands: Mapping[int, str]  # instrument → band
    asked: Mapping[int, Sequence[Item]]  # instrument → its questions with options to count
    places: Mapping[int, int]  # place → the place above it


@dataclass
class Lot:
    """What one transaction writes."""

    wave_id: int
    key: bytes = field(default_factory=new_key)
    tags: list[bytes] = field(default_factory=list)
    responses: list[Row] = field(default_factory=list)
    contributions: list[Row] = field(default_factory=list)
    tallies: Tallies = field(default_factory=Counter)


def prepare(round_: Round, planned: Mapping[Group, Sequence[bytes]]) -> Lot:
    """A lot, unsealed and counted; a letter that went meanwhile is not in it, so that `store` will refuse it."""
    lot = Lot(round_.wave_id)
    for (band, place), tags in planned.items():
        letters = select(Letter.tag, Letter.fingerprint, Letter.body).where(Letter.tag.in_(tags))
        lot.tags += tags
        for tag, fingerprint, sealed in db.session.execute(letters):
            body = read(sealed, tag)
            if body:
                shared = {"wave_id": round_.wave_id, "band": Band(band), "place_id": place or None, "lot": lot.key}
                _add(lot, shared | {"channel": Channel(body["channel"])}, (tag, fingerprint), body)
                count(lot.tallies, (band, place), body["answers"], round_.asked[body["instrument"]])
    lot.responses.sort(key=_key)
    lot.contributions.sort(key=_key)
    return lot


def _add(lot: Lot, shared: Row, marks: tuple[bytes, bytes], body: Row) -> None:
    tag, fingerprint = marks
    own = {"key": new_key(), "tag": opened(tag), "fingerprint": opened(fingerprint), "answers": body["answers"]}
    lot.responses.append(shared | own | {"instrument_id": body["instrument"]})
    for said in body["words"]:
        said_tag = urlsafe_b64decode(said["tag"] + "==") if said["tag"] else None
        lot.contributions.append(said_row(shared, said["item"], said["text"], said_tag))


def said_row(shared: Row, item: str, text: str, tag: bytes | None) -> Row:
    """Own words as they come out of a box: to be read, by the safeguarding contact only where they ask for help."""
    reading = Reading.CONCERN if asks_for_help(text) else Reading.UNREAD
    return shared | {"key": new_key(), "tag": tag, "item": item, "text": text, "reading": reading}


def count(tallies: Tallies, group: Group, answers: Row, asked: Sequence[Item], by: int = 1) -> None:
    """Let one response count; with `by` -1 no longer."""
    tallies[*group, "", ""] += by
    for item in asked:
        for option in KINDS[item["kind"]].tallied(item, answers.get(item["key"], SKIPPED)):
            tallies[*group, item["key"], option] += by


def move_tallies(connection: Connection, wave_id: int, tallies: Tallies) -> None:
    """Let the figures of a round follow, all of a lot at once; then they are published."""
    names = ("band", "place_id", "item", "option")
    rows = [
        dict(zip(names, group, strict=True)) | {"wave_id": wave_id, "count": count} for group, count in tallies.items()
    ]
    move = upsert(Tally)
    keys = list(Tally.__table__.primary_key)
    adding = {"count": Tally.count + move.excluded.count}
    connection.execute(move.on_conflict_do_update(index_elements=keys, set_=adding), rows)
    enqueue(PUBLISH, {"wave": wave_id})


def _key(row: Row) -> bytes:
    key: bytes = row["key"]
    return key


def _tag_once(contributions: Sequence[Row], taken: set[bytes]) -> None:
    """A phone that says many things under one key is heard, but only the first of them keeps the tag."""
    for row in contributions:
        if row["tag"] in taken:
            row["tag"] = None
        elif row["tag"]:
            taken.add(row["tag"])


def concerns_not_heard(wave_id: int, contributions: Sequence[Row]) -> list[Row]:
    """Words that ask for help by word lists newer than their sending: so far nobody was shown them."""
    asking = {(row["band"], row["text"]) for row in contributions if row["reading"] == Reading.CONCERN}
    return unheard(wave_id, asking)


def store(lot: Lot) -> bool:
    """Write a lot in one transaction, unless one of its letters is gone: then it is planned anew at the next look."""
    said = [row["tag"] for row in lot.contributions if row["tag"]]
    with writing() as session:
        straight = session.connection()  # rows as they are: no records, no looking whether any changed
        there = straight.scalar(select(func.count()).select_from(Letter).where(Letter.tag.in_(lot.tags)))
        if not len(lot.tags) == len(lot.responses) == there:
            return False
        straight.execute(insert(Response), lot.responses)
        if lot.contributions:
            _tag_once(
                lot.contributions, set(straight.scalars(select(Contribution.tag).where(Contribution.tag.in_(said))))
            )
            straight.execute(insert(Contribution), lot.contributions)
        if concerns := concerns_not_heard(lot.wave_id, lot.contributions):
            straight.execute(insert(Concern), concerns)
        straight.execute(delete(Letter).where(Letter.tag.in_(lot.tags)))
        move_tallies(straight, lot.wave_id, lot.tallies)
    return True
