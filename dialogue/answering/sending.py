"""Reading what comes through the child's door: JSON from a phone, or the form of a page without script.

There is no token and no session here: a sending carries no authority that could be abused.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from dialogue.answering.pages import fresh
from dialogue.answering.queries import salt
from dialogue.answering.receipt import KEY_SIZE, RESPONSE, derive, key, said_names, typed_words
from dialogue.answering.services import Closed, Conflict, Received, Sending, receive
from dialogue.consultations.models import Instrument, Wave
from dialogue.consultations.queries import instrument_by_sha
from dialogue.shared.errors import NotFound, Refused

PROTOCOL = 1
BIGGEST = 64 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=?")
Reply = tuple[int, dict[str, str | int]]


@dataclass(frozen=True)
class Door:
    """Where a sending comes in: its place (0: none) and the rounds it can be for, the present one first."""

    place_id: int
    rounds: tuple[int, ...]


def door_to(wave: Wave, place_id: int = 0) -> Door:
    """The door to this round, as plain values that may be kept between requests."""
    return Door(place_id, (wave.id, *(one.id for one in reversed(wave.consultation.waves) if one is not wave)))


class Unreadable(Refused):
    """The body is not a sending of this protocol."""

    def __init__(self) -> None:
        super().__init__(_("Dit begrijpen we niet. Laad de pagina opnieuw en probeer het nog eens."))


def accept_json(raw: bytes, door: Door) -> Reply:
    """Take one sending; returns the status and the body of the answer (docs/protocol.md). Raises Busy."""
    try:
        return _accept(raw, door)
    except NotFound:
        return _no(404, "unknown", _("Deze vragen kennen we niet. Laad de pagina opnieuw en probeer het nog eens."))
    except Closed as error:
        return _no(410, "closed", *error.reasons)
    except Conflict as error:
        return _no(422, "conflict", *error.reasons)
    except Refused as error:
        return _no(400, "invalid", *error.reasons)


def accept_form(form: Mapping[str, str], door: Door, words: str) -> Received:
    """Take a sending of the page without script; the keys are worked out from the four words here, in memory.

    Fields: `instrument` (its hash), and per question its key with an option code, "?" or own words. Raises NotFound,
    Refused, Closed, Conflict or Busy.
    """
    instrument = _instrument(door, form.get("instrument"))
    master = derive(typed_words(words), salt())
    own = said_names(instrument.document)
    asked = [item["key"] for item in instrument.document["items"]]
    filled = {item: form[item] for item in asked if form.get(item)}
    return receive(
        Sending(
            instrument,
            door.place_id,
            response_key=key(master, RESPONSE),
            answers={item: value for item, value in filled.items() if item not in own},
            words={item: value for item, value in filled.items() if item in own},
            said_keys={item: key(master, own[item]) for item in filled if item in own},
        )
    )


def _accept(raw: bytes, door: Door) -> Reply:
    sent = _object(_parsed(raw))
    if sent.get("protocol") != PROTOCOL:
        raise Unreadable
    response_key = _key(sent.get("key"))
    words = {item: _object(said) for item, said in _object(sent.get("words", {})).items()}
    said_keys = {item: _key(said.get("key")) for item, said in words.items()}
    if len({response_key, *said_keys.values()}) <= len(said_keys):
        raise Unreadable  # one key for two things would join them
    instrument = _instrument(door, sent.get("instrument"))
    answers = _object(sent.get("answers", {}))
    texts = {item: said.get("text") for item, said in words.items()}
    received = receive(Sending(instrument, door.place_id, response_key, answers, texts, said_keys))
    return received.status, {"saved": received.echo, "help": int(received.help)}  # always equally long


def _instrument(door: Door, sha256: Any) -> Instrument:
    """The questionnaire with this hash: of this round, else of an earlier one (which says by itself that it closed)."""
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise Unreadable
    return fresh(("instrument", *map(str, door.rounds), sha256), lambda: _look_up(door, sha256))


def _look_up(door: Door, sha256: str) -> Instrument:
    found = next(filter(None, (instrument_by_sha(wave_id, sha256) for wave_id in door.rounds)), None)
    if found is None:
        raise NotFound
    # a copy that belongs to no session: it never changes, so every request may read it
    return Instrument(**{column.key: getattr(found, column.key) for column in Instrument.__table__.columns})


def _parsed(raw: bytes) -> Any:
    if len(raw) > BIGGEST:
        raise Unreadable
    try:
        return _JSON.decode(raw.decode())
    except (ValueError, RecursionError) as error:
        raise Unreadable from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unreadable
    return found


def _not_a_number(_text: str) -> None:
    raise Unreadable


_JSON = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_not_a_number)


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable
    return value


def _key(value: Any) -> bytes:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise Unreadable
    found = base64.urlsafe_b64decode(value.rstrip("=") + "=")
    if len(found) != KEY_SIZE:
        raise Unreadable
    return found


def _no(status: int, code: str, *sentences: str) -> Reply:
    return status, {"error": " ".join(str(sentence) for sentence in sentences), "code": code}
