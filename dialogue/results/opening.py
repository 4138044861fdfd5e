"""Opening the letter box: letters leave their envelopes in lots, and what one child said can no longer be joined."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from secrets import SystemRandom

from flask import current_app
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from dialogue.answering.letterbox import read
from dialogue.answering.models import Letter, Waiting
from dialogue.answering.queries import in_the_box
from dialogue.consultations.models import Instrument, State, Wave
from dialogue.places.queries import tree
from dialogue.questions.items import Item
from dialogue.questions.kinds import KINDS
from dialogue.results import rules
from dialogue.results.grouping import WHOLE
from dialogue.results.lots import Round, prepare, store
from dialogue.results.queries import opened_in
from dialogue.results.rules import Group
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing

log = logging.getLogger(__name__)
Box = Mapping[str, Mapping[int, Sequence[bytes]]]  # band → place → the tags of the letters that wait


def round_of(wave: Wave) -> Round:
    """The questionnaires of a wave and the places of its municipality."""
    return Round(
        wave.id,
        {instrument.id: instrument.band.value for instrument in wave.instruments},
        {instrument.id: closed_questions(instrument) for instrument in wave.instruments},
        tree(wave.consultation.municipality_id),
    )


def closed_questions(instrument: Instrument) -> list[Item]:
    """The questions with options to count."""
    return [item for item in instrument.document["items"] if KINDS[item["kind"]].is_closed]


def open_box(wave: Wave) -> bool:
    """Open what may be opened of this wave's letters; whether anything was. A lot that is refused stops no other."""
    round_, closed = round_of(wave), wave.state in (State.CLOSED, State.ANSWERED)
    box = sort_letters(round_)
    opening = _at_closing(wave, box, round_.places) if closed else _now(wave, box, round_.places)
    opened: set[Group] = set()
    for planned in rules.lots(opening, SystemRandom()):
        try:
            if store(prepare(round_, planned)):
                opened |= planned.keys()
        except IntegrityError as error:
            log.error("a lot of letters stays in the box: %s", type(error.orig).__name__)  # never its values
    _note_waiting(round_.wave_id, sort_letters(round_) if opened else box, opened)
    return bool(opened)


def sort_letters(round_: Round) -> dict[str, dict[int, list[bytes]]]:
    """The tags of a wave's letters by the band and place inside; bodies are read in small portions and forgotten.

    A place that is gone counts for the whole municipality; a letter that does not fit its round is left out.
    """
    box: dict[str, dict[int, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    letters = in_the_box(round_.wave_id).with_only_columns(Letter.tag, Letter.body).execution_options(yield_per=1000)
    for tag, sealed in db.session.execute(letters):
        body = read(sealed, tag)
        if body and rules.fits(body, round_.bands):
            box[body["band"]][body["place"] if body["place"] in round_.places else WHOLE].append(tag)
        elif body:
            log.error("a letter does not fit its round; it stays in the box")
    db.session.rollback()  # a long read would keep the write-ahead log from shrinking
    return box


def _at_closing(wave: Wave, box: Box, places: Mapping[int, int]) -> dict[Group, list[bytes]]:
    smallest_group = wave.consultation.municipality.smallest_group
    return {
        (band, place): tags
        for band, waiting in box.items()
        for place, tags in rules.opens_at_closing(waiting, places, smallest_group).items()
    }


def _now(wave: Wave, box: Box, places: Mapping[int, int]) -> dict[Group, list[bytes]]:
    town = wave.consultation.municipality
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
