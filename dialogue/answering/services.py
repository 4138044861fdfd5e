"""Verbs of answering: receive a sending, and look after the concerns of children."""

import base64
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import CursorResult, delete, select

from dialogue.answering.letterbox import fingerprint, installation_key, opened, seal
from dialogue.answering.models import Concern, Letter
from dialogue.answering.queries import get_concern, is_same_sending
from dialogue.answering.receipt import RESPONSE, SAID, echo, tag
from dialogue.answering.rules import CONCERN, asks_for_help, concern_object
from dialogue.answering.writer import Row
from dialogue.answering.writer import keep as keep_letter
from dialogue.consultations.models import Channel, Instrument
from dialogue.duties.services import keep, owe
from dialogue.ledger.services import record
from dialogue.questions.reading import read_answers
from dialogue.shared.actor import Actor
from dialogue.shared.bands import Band
from dialogue.shared.clock import next_working_day, today
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from dialogue.shared.errors import Refused

CREATED = 201
AGAIN = 200


class Conflict(Refused):
    """The receipt was used for another sending: the phone makes a new one and sends again."""


class Closed(Refused):
    """The round does not take answers now."""


@dataclass(frozen=True)
class Sending:
    """What one phone sends. `place_id` 0: no place; `said_keys`: item -> raw key, for the words that have one."""

    instrument: Instrument
    place_id: int
    response_key: bytes
    answers: Mapping[str, Any]
    words: Mapping[str, Any]
    said_keys: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Received:
    """201 for a new sending, 200 for one we had; the echo proves to the phone that we have it."""

    status: int
    echo: str
    help: bool  # words ask for help: show where to find it at once (the same for a sending sent again)


def receive(sending: Sending) -> Received:
    """Keep one sending durably, through the writer of letters: never inside `writing()`.

    Raises Refused for answers the questionnaire does not know, Conflict, Closed, or Busy when nothing can be written.
    """
    letter, concerns = _written(sending)
    echo_, help_ = echo(sending.response_key), bool(concerns)
    if keep_letter(letter, concerns):
        return Received(CREATED, echo_, help_)
    same = is_same_sending(letter["tag"], letter["fingerprint"])
    if same is None:
        raise Closed(_("Deze vragen zijn gesloten. Je antwoord is niet bewaard."))
    if not same:
        raise Conflict(
            _("Deze vier woorden horen al bij andere antwoorden. Neem vier nieuwe woorden en stuur opnieuw.")
        )
    return Received(AGAIN, echo_, help_)


def take_back(response_key: bytes) -> bool:
    """Destroy the letter of this receipt, with all that is in it, while it waits in the box; whether it was there."""
    mark = tag(current_app.extensions["dialogue"].keys.pepper, RESPONSE, response_key)
    with writing() as session:
        gone = cast(CursorResult[Any], session.execute(delete(Letter).where(Letter.tag == mark)))
    return gone.rowcount == 1


def _written(sending: Sending) -> tuple[Row, list[Row]]:
    """The sealed letter and the concerns in it, as rows: all that can be done before the lock."""
    answers, words = read_answers(cast(Any, sending.instrument.document), sending.answers, sending.words)
    pepper = current_app.extensions["dialogue"].keys.pepper
    tag_ = tag(pepper, RESPONSE, sending.response_key)
    said = {"instrument": sending.instrument.sha256, "answers": answers, "words": words}
    tags = {item: _spelled(tag(pepper, SAID, key)) for item, key in sending.said_keys.items()}
    body = letter_body(sending.instrument, sending.place_id, Channel.SELF, answers, words, tags)
    letter = {
        "tag": tag_,
        "opened": opened(tag_),
        "wave_id": sending.instrument.wave_id,
        "fingerprint": fingerprint(sending.response_key, said),
        "body": seal(installation_key(), body, tag_),
    }
    return letter, help_wanted(sending.instrument.wave_id, sending.instrument.band, words.values())


def letter_body(
    instrument: Instrument,
    place_id: int,
    channel: Channel,
    answers: Mapping[str, str],
    words: Mapping[str, str],
    tags: Mapping[str, str],
) -> dict[str, Any]:
    """What is sealed: JSON types only; `tags` are said tags in base64url per item."""
    return {
        "instrument": instrument.id,
        "band": instrument.band.value,
        "place": place_id,
        "channel": channel.value,
        "answers": dict(answers),
        "words": [{"item": item, "text": text, "tag": tags.get(item, "")} for item, text in words.items()],
    }


def help_wanted(wave_id: int, band: Band, texts: Iterable[str]) -> list[Row]:
    """A copy of each text that asks for help, for the safeguarding contact: a random key, no tag."""
    about = {"wave_id": wave_id, "band": band}
    return [about | {"key": new_key(), "text": text} for text in texts if asks_for_help(text)]


def unheard(wave_id: int, asking: Collection[tuple[Band, str]]) -> list[Row]:
    """A copy of each of these texts, said in this round by children of this band, that nobody was shown yet."""
    if not asking:
        return []
    known = select(Concern.band, Concern.text).where(Concern.wave_id == wave_id)
    new = set(asking) - {(band, text) for band, text in db.session.execute(known)}
    return [{"key": new_key(), "wave_id": wave_id, "band": band, "text": text} for band, text in new]


def _spelled(tag_: bytes) -> str:
    return base64.urlsafe_b64encode(tag_).decode()


def owe_reading(concern: Concern) -> None:
    """Owe it to the child that somebody reads this by the working day after it was noticed."""
    noticed_on = concern.first_seen or today()
    owe(
        "system",
        CONCERN,
        concern_object(concern.key),
        municipality_id=concern.wave.consultation.municipality_id,
        department_id=None,
        subject=_("Lees een zorg van een kind"),
        due=next_working_day(noticed_on),
    )


def look_at(actor: Actor, key: bytes) -> Concern:
    """Open a concern to read it: every look is in the ledger, the first one keeps the duty."""
    concern = get_concern(actor, key)
    if concern.read_on is None:
        concern.read_on, concern.read_by_id = today(), actor.staff_id
    keep(actor, CONCERN, concern_object(key))
    record(actor, "concern.read", concern_object(key))
    return concern


def note_follow_up(actor: Actor, key: bytes, note: str) -> None:
    """Write down what was done with a concern."""
    concern = get_concern(actor, key)
    before, concern.followed_up = concern.followed_up, note
    record(actor, "concern.followed_up", concern_object(key), before=before, after=note)
