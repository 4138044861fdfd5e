"""A letter box to try: letters as the child's door seals them, and the raw figures that come out."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select

from dialogue.answering.letterbox import installation_key, seal
from dialogue.answering.models import Letter, Response
from dialogue.consultations.models import Consultation, State, Wave
from dialogue.places.models import Place
from dialogue.results.models import Tally
from dialogue.shared.clock import now
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing


def post(
    consultation: Consultation,
    count: int,
    *,
    place: Place | None = None,
    band: str = "B",
    options: Iterable[str] = "abcd",
    texts: Iterable[str] = (),
    wave: Wave | None = None,
    said_tag: str = "",
    changes: Mapping[str, Any] = {},
) -> list[bytes]:
    """`count` letters that wait in the box; the first ones hold `texts` as own words. Returns their tags.

    `said_tag` stands under all own words; `changes` are made to every body, also such as no door would let in.
    """
    wave = wave or consultation.waves[-1]
    instrument = next(i for i in wave.instruments if i.band == band)
    wave_id, place_id, options, texts = wave.id, place.id if place else 0, list(options), list(texts)
    letters = []
    for number in range(count):
        words = [{"item": "q2", "text": texts[number], "tag": said_tag}] if number < len(texts) else []
        chosen = random.choice(options)
        body: dict[str, Any] = {
            "instrument": instrument.id,
            "band": band,
            "place": place_id,
            "channel": "self",
            "answers": {"q1": chosen} if chosen else {},
            "words": words,
        }
        tag = new_key()
        letter = Letter(
            tag=tag, wave_id=wave_id, fingerprint=new_key(), body=seal(installation_key(), body | dict(changes), tag)
        )
        letters.append(letter)
    tags = [letter.tag for letter in letters]
    with writing() as session:
        session.add_all(letters)
    return tags


def close(consultation: Consultation) -> None:
    """The last round closes."""
    with writing() as session:
        wave = session.get_one(Wave, consultation.waves[-1].id)
        wave.state, wave.closed_at = State.CLOSED, now()


def in_box() -> int:
    """How many letters wait."""
    return db.session.scalar(select(func.count()).select_from(Letter)) or 0


def opened() -> Counter[int]:
    """How many responses are out of the box, per place (0: none)."""
    rows = db.session.execute(select(Response.place_id, func.count()).group_by(Response.place_id))
    return Counter({place or 0: count for place, count in rows})


def tallied(item: str = "") -> Counter[int]:
    """How many responses were counted, per place; with an item: how many rows of it."""
    rows = db.session.execute(
        select(Tally.place_id, func.sum(Tally.count)).where(Tally.item == item).group_by(Tally.place_id)
    )
    return Counter({place: count for place, count in rows if count})
