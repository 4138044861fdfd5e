"""Reading own words: which rounds have words to read, and one page of them, by key and never by arrival."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import contains_eager

from dialogue.answering.models import Contribution, Reading
from dialogue.consultations.models import Consultation, State, Wave
from dialogue.consultations.queries import was_asked
from dialogue.shared.actor import Actor
from dialogue.shared.bands import Band
from dialogue.shared.database import db
from dialogue.shared.text import clean
from dialogue.signals.basis_queries import codings_of
from dialogue.signals.change_queries import is_whole
from dialogue.signals.models import Coding, Signal
from dialogue.signals.queries import departments_read, matching, signals_by_contribution, signals_seen
from dialogue.signals.rules import SHOWN

PAGE = 30
ROUNDS = 20
SIGNALS = 25
RECENT = 60


@dataclass(frozen=True)
class Round:
    """A round and what waits in it."""

    wave: Wave
    unread: int
    held: int
    signals: int


@dataclass(frozen=True)
class Choice:
    """Which words a reader wants to see."""

    state: Reading = Reading.UNREAD
    band: Band | None = None
    item: str = ""
    after: bytes = b""

    @classmethod
    def typed(cls, args: Mapping[str, str]) -> "Choice":
        """From an address; what is not on the list counts as not asked."""
        state = args.get("state", "")
        band = args.get("band", "")
        return cls(
            Reading(state) if state in SHOWN else Reading.UNREAD,
            Band(band) if band in list(Band) else None,
            clean(args.get("item", ""), lines=False),
            key_typed(args.get("after", "")) or b"",
        )

    def address(self, after: bytes | None = None) -> dict[str, Any]:
        """The same choice as arguments of an address, from `after` on."""
        start = self.after if after is None else after
        parts = {"state": self.state.value, "band": self.band or "", "item": self.item, "after": start.hex()}
        return {name: value for name, value in parts.items() if value}

    def start(self) -> dict[str, Any]:
        """The same choice from the beginning of the list."""
        return self.address(b"")


def key_typed(text: str) -> bytes | None:
    """A key as it stands in a form or an address; None when it is not one."""
    try:
        key = bytes.fromhex(text)
    except ValueError:
        return None
    return key if len(key) == 16 else None


@dataclass(frozen=True)
class Words:
    """One page of words, each with the signals it lies with, and the key to go on from."""

    rows: list[tuple[Contribution, list[Signal]]]
    next: bytes | None


def words_of_round(wave_id: int, choice: Choice) -> Words:
    """One page of what was written in this round."""
    query = select(Contribution).where(Contribution.wave_id == wave_id, Contribution.reading == choice.state)
    if choice.band:
        query = query.where(Contribution.band == choice.band)
    if choice.item:
        query = query.where(Contribution.item == choice.item)
    if choice.after:
        query = query.where(Contribution.key > choice.after)
    found = list(db.session.scalars(query.order_by(Contribution.key).limit(PAGE + 1)))
    shown = found[:PAGE]
    signals = signals_by_contribution([c.key for c in shown])
    return Words([(c, signals[c.key]) for c in shown], shown[-1].key if len(found) > PAGE else None)


def counts_by_state(wave_id: int) -> dict[Reading, int]:
    """How many words of this round are in each state that readers see."""
    query = select(Contribution.reading, func.count()).where(Contribution.wave_id == wave_id)
    counts = dict(db.session.execute(query.group_by(Contribution.reading)).all())
    return {state: counts.get(state, 0) for state in SHOWN}


def rounds_to_read(actor: Actor, before: int | None = None) -> tuple[list[Round], int | None]:
    """Rounds whose words this person reads, newest first, and the id to go on from."""
    query = select(Wave).join(Wave.consultation).where(Consultation.municipality_id == actor.municipality_id)
    query = query.where(Wave.state != State.DRAFT, was_asked())
    if not actor.sees_all:
        query = query.where(Consultation.department_id.in_(departments_read(actor)))
    if before:
        query = query.where(Wave.id < before)
    waves = list(db.session.scalars(query.order_by(Wave.id.desc()).limit(ROUNDS + 1)))
    shown = waves[:ROUNDS]
    rounds = _with_counts(shown)
    return rounds, shown[-1].id if len(waves) > ROUNDS else None


def _with_counts(waves: list[Wave]) -> list[Round]:
    ids = [wave.id for wave in waves]
    waiting = select(Contribution.wave_id, Contribution.reading, func.count()).where(
        Contribution.wave_id.in_(ids), Contribution.reading.in_([Reading.UNREAD, Reading.HELD])
    )
    counts = {
        (wave_id, reading): count
        for wave_id, reading, count in db.session.execute(waiting.group_by(Contribution.wave_id, Contribution.reading))
    }
    made = select(Signal.wave_id, func.count()).where(Signal.wave_id.in_(ids), is_whole()).group_by(Signal.wave_id)
    signals = dict(db.session.execute(made).all())
    return [
        Round(w, counts.get((w.id, Reading.UNREAD), 0), counts.get((w.id, Reading.HELD), 0), signals.get(w.id, 0))
        for w in waves
    ]


def recent_signals(consultation_id: int) -> list[tuple[Signal, int]]:
    """Signals that words of this consultation can be laid with, newest first, each with how many lie there."""
    lying = func.count(Contribution.key)
    there = and_(Contribution.key == Coding.contribution_key, Contribution.reading == Reading.CODED)
    query = select(Signal, lying).outerjoin(Coding, Coding.signal_id == Signal.id).outerjoin(Contribution, there)
    query = query.where(Signal.consultation_id == consultation_id, is_whole())
    rows = db.session.execute(query.group_by(Signal.id).order_by(Signal.id.desc()).limit(RECENT))
    return list(rows)


def signals_page(
    actor: Actor, words: str, before: int | None = None, consultation_id: int | None = None
) -> tuple[list[Signal], int | None]:
    """Signals this person may know of (of one consultation) that hold these words, newest first, and the next id."""
    query = signals_seen(actor).order_by(Signal.id.desc())
    if consultation_id is not None:
        query = query.where(Signal.consultation_id == consultation_id)
    if before:
        query = query.where(Signal.id < before)
    found = matching(db.session.scalars(query if words else query.limit(SIGNALS + 1)), words)[: SIGNALS + 1]
    return found[:SIGNALS], found[SIGNALS - 1].id if len(found) > SIGNALS else None


def all_words(signal: Signal) -> list[Coding]:
    """All that was written for this signal, by key."""
    return list(db.session.scalars(codings_of(signal).options(contains_eager(Coding.contribution))))


def words_page(signal: Signal, after: bytes | None = None) -> tuple[list[Coding], bytes | None]:
    """One page of what was written for this signal, by key, and the key to go on from."""
    query = codings_of(signal)
    if after:
        query = query.where(Coding.contribution_key > after)
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].contribution_key if len(found) > PAGE else None
