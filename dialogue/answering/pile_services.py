"""Verbs of a pile of paper: begin, keep a sheet, take the last one away, put all in the letter box, or throw it away.

The letters of a pile lie in the box like all others: under a random tag, in no order, without their pile.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, insert

from dialogue.answering.letterbox import FINGERPRINT_SIZE, installation_key, seal
from dialogue.answering.models import Concern, Letter
from dialogue.answering.pile_models import MOST, Pile, Sheet
from dialogue.answering.pile_queries import (
    FIRST,
    SECOND,
    Said,
    bound_to,
    differences,
    get_pile,
    said_on,
    sheets,
    turn_of,
    typed_in,
)
from dialogue.answering.pile_rules import Typed, why_not_type
from dialogue.answering.rules import asks_for_help
from dialogue.answering.services import letter_body, unheard
from dialogue.consultations.models import Channel, Instrument, Wave
from dialogue.ledger.services import record
from dialogue.places.models import Place
from dialogue.questions.kinds import KINDS
from dialogue.shared.actor import Actor
from dialogue.shared.codes import new_key
from dialogue.shared.database import db
from dialogue.shared.errors import Refused, refuse


@dataclass(frozen=True)
class Kept:
    """A sheet ready to be kept; `again`: in place of the one with this number."""

    number: int
    again: bool
    said: Said
    body: bytes
    asking: frozenset[str]  # the words on it that ask for help


def begin(actor: Actor, wave: Wave, instrument: Instrument, place: Place | None, expected: int, *, twice: bool) -> Pile:
    """Begin a pile; raises Refused."""
    _expect_welcome(wave)
    pile = Pile(
        wave_id=wave.id,
        instrument_id=instrument.id,
        place_id=place.id if place else None,
        expected=expected,
        twice=twice,
        typed_by_id=actor.staff_id,
    )
    db.session.add(pile)
    db.session.flush()
    _note(actor, "paper.begun", pile, expected)
    return pile


def sealed(pile: Pile, turn: int, number: int, typed: Typed, *, again: bool) -> Kept:
    """A sheet as it is kept: all that can be done before the lock."""
    said = {"answers": typed.answers, "words": typed.words}
    body = seal(installation_key(), said, bound_to(pile.id, turn, number))
    return Kept(number, again, said, body, frozenset(filter(asks_for_help, typed.words.values())))


def keep_sheet(actor: Actor, pile_id: int, kept: Kept) -> None:
    """Keep a sheet, and tell the safeguarding contact at once of words that ask for help; raises Refused.

    A sheet that comes twice (a double tap) is kept once.
    """
    pile = get_pile(actor, pile_id)
    turn = turn_of(actor, pile)
    there, last = db.session.get(Sheet, (pile.id, turn, kept.number)), typed_in(pile, turn)
    if there and kept.number == last and (kept.again or said_on(there) == kept.said):
        there.body = kept.body
    elif not there and not kept.again and kept.number == last + 1 <= MOST:
        db.session.add(Sheet(pile_id=pile.id, turn=turn, number=kept.number, body=kept.body))
    else:
        raise Refused(_("Niet bewaard: in een ander venster typte je intussen verder, of de stapel is vol."))
    if turn == SECOND:
        pile.checked_by_id = actor.staff_id
    rows = unheard(pile.wave_id, {(pile.instrument.band, text) for text in kept.asking})
    if rows:
        db.session.execute(insert(Concern), rows)


def take_away(actor: Actor, pile_id: int, number: int) -> None:
    """Take the last sheet away, when it is the one with this number; else nothing happens."""
    pile = get_pile(actor, pile_id)
    turn = turn_of(actor, pile)
    if number == typed_in(pile, turn):
        db.session.execute(delete(Sheet).where(Sheet.pile_id == pile.id, Sheet.turn == turn, Sheet.number == number))


def settle(actor: Actor, pile_id: int, right: Mapping[tuple[int, str], int]) -> None:
    """Choose which turn was right, per sheet and question; what the other person typed there becomes the same."""
    pile = get_pile(actor, pile_id)
    turn_of(actor, pile)
    for difference in differences(pile):
        key = difference.item["key"]
        chosen = right.get((difference.number, key))
        if chosen == FIRST:
            _mend(pile, SECOND, difference.number, key, difference.first)
        elif chosen == SECOND:
            _mend(pile, FIRST, difference.number, key, difference.second)


def letters_of(pile: Pile) -> list[Letter]:
    """The sealed letters of a pile, in the order of their random tags: all that can be done before the lock."""
    return sorted((_letter(pile, said_on(sheet)) for sheet in sheets(pile)), key=lambda letter: letter.tag)


def send(actor: Actor, pile_id: int, letters: Sequence[Letter], read: Sequence[bytes]) -> int:
    """Put the letters, made of the sheets with the bodies `read`, in the box; how many. Raises Refused."""
    pile = get_pile(actor, pile_id)
    turn_of(actor, pile)
    _expect_welcome(pile.wave)
    if not letters:
        raise Refused(_("Er is nog geen formulier getypt."))
    if pile.twice and (typed_in(pile, FIRST) != typed_in(pile, SECOND) or differences(pile)):
        raise Refused(_("Deze stapel wordt twee keer getypt. Verstuur hem als beide keren gelijk zijn."))
    if [sheet.body for sheet in sheets(pile)] != list(read):
        raise Refused(_("De stapel veranderde intussen. Kijk het nog eens na."))
    db.session.add_all(letters)
    db.session.execute(delete(Sheet).where(Sheet.pile_id == pile.id))
    pile.sent = len(letters)
    _note(actor, "paper.entered", pile, pile.sent)
    return pile.sent


def drop(actor: Actor, pile_id: int) -> None:
    """Throw away what was typed of a pile that is not sent; the paper itself is still there."""
    pile = get_pile(actor, pile_id)
    db.session.execute(delete(Sheet).where(Sheet.pile_id == pile.id))
    pile.sent = 0
    _note(actor, "paper.dropped", pile, 0)


def _mend(pile: Pile, turn: int, number: int, key: str, value: str) -> None:
    """Let one question of a sheet say this."""
    sheet = db.session.get_one(Sheet, (pile.id, turn, number))
    said = said_on(sheet)
    kinds = {item["key"]: item["kind"] for item in pile.instrument.document["items"]}
    part = said["answers" if KINDS[kinds[key]].is_closed else "words"]
    part.pop(key, None)
    if value:
        part[key] = value
    sheet.body = seal(installation_key(), said, bound_to(pile.id, turn, number))


def _letter(pile: Pile, said: Said) -> Letter:
    tag = new_key()
    body = letter_body(pile.instrument, pile.place_id or 0, Channel.PAPER, said["answers"], said["words"], {})
    return Letter(
        tag=tag,
        wave_id=pile.wave_id,
        fingerprint=secrets.token_bytes(FINGERPRINT_SIZE),  # nobody sends this again
        body=seal(installation_key(), body, tag),
    )


def _expect_welcome(wave: Wave) -> None:
    refuse(why_not_type(wave.state))


def _note(actor: Actor, verb: str, pile: Pile, sheets_: int) -> None:
    about = {"wave": pile.wave_id, "place": pile.place_id, "sheets": sheets_}
    record(actor, verb, f"pile:{pile.id}", department_id=pile.wave.consultation.department_id, after=about)
