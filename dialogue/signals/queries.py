"""Reading signals: getters that refuse, lists, and the signals behind what a child said."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select

from dialogue.answering.models import Contribution, Reading, Response
from dialogue.consultations.models import Consultation, Wave
from dialogue.consultations.queries import get_wave
from dialogue.questions.kinds import SKIPPED, codes_in
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import midnight
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound
from dialogue.signals import rules
from dialogue.signals.change_queries import ended, is_whole
from dialogue.signals.models import AnswerBasis, Coding, Reshaped, Signal


def get_signal(actor: Actor, signal_id: int) -> Signal:
    """The signal, for somebody whose department asked for it or owes it."""
    signal = db.session.get(Signal, signal_id)
    if signal is None or not rules.sees(actor, signal):
        raise NotFound
    return signal


def get_for_bundling(actor: Actor, signal_id: int) -> Signal:
    """The signal, for a reader who may change what it says and rests on."""
    signal = get_signal(actor, signal_id)
    if not rules.may_bundle(actor, signal):
        raise NotAllowed
    return signal


def get_for_handing_over(actor: Actor, signal_id: int) -> Signal:
    """The signal, for somebody who may give it to another department."""
    signal = get_signal(actor, signal_id)
    if not rules.may_hand_over(actor, signal):
        raise NotAllowed
    return signal


def get_wave_for_reading(actor: Actor, wave_id: int) -> Wave:
    """The round, for somebody who may read what children wrote in it."""
    wave = get_wave(actor, wave_id)
    if not rules.may_read_words(actor, wave.consultation.department_id):
        raise NotAllowed
    return wave


def signals_of_wave(wave_id: int) -> list[Signal]:
    """The signals of one round that are owed an answer, oldest first."""
    return list(db.session.scalars(select(Signal).where(Signal.wave_id == wave_id, is_whole()).order_by(Signal.id)))


def signals_fed_by(wave_id: int) -> list[Signal]:
    """The signals of this round, and those of others with which words of this round lie, oldest first."""
    feeding = select(Coding.signal_id).join(Coding.contribution).where(Contribution.wave_id == wave_id)
    feeding = feeding.where(Contribution.reading == Reading.CODED)
    fed = or_(Signal.wave_id == wave_id, Signal.id.in_(feeding))
    return list(db.session.scalars(select(Signal).where(fed, is_whole()).order_by(Signal.id)))


def signals_of(municipality_id: int, begins: date | None = None, ends: date | None = None) -> list[Signal]:
    """The signals that a municipality made in a period (both days included), oldest first; withdrawn ones too.

    What was merged counts in what it was merged with.
    """
    query = select(Signal).where(Signal.municipality_id == municipality_id, ~ended(Reshaped.MERGED))
    if begins:
        query = query.where(Signal.made_at >= midnight(begins))
    if ends:
        query = query.where(Signal.made_at < midnight(ends + timedelta(days=1)))
    return list(db.session.scalars(query.order_by(Signal.id)))


def signals_seen(actor: Actor) -> Select[Signal]:
    """All signals this person may know of, without those that were merged or withdrawn."""
    query = select(Signal).join(Signal.consultation)
    query = query.where(Signal.municipality_id == actor.municipality_id, is_whole())
    if not actor.sees_all:
        mine = list(actor.departments)
        query = query.where(or_(Signal.department_id.in_(mine), Consultation.department_id.in_(mine)))
    return query


def matching(signals: Iterable[Signal], words: str) -> list[Signal]:
    """Those whose sentence holds all these words, in any language."""
    wanted = words.casefold().split()
    return [s for s in signals if all(word in " ".join(s.titles.values()).casefold() for word in wanted)]


def signals_of_response(response: Response) -> list[Signal]:
    """The signals that rest on an answer this child gave."""
    query = select(AnswerBasis).join(Signal).where(Signal.wave_id == response.wave_id)
    bases = db.session.scalars(query.where(AnswerBasis.band == response.band).order_by(Signal.id))
    return list(dict.fromkeys(b.signal for b in bases if b.option in codes_in(response.answers.get(b.item, SKIPPED))))


def signals_of_contribution(contribution: Contribution) -> list[Signal]:
    """The signals that a person laid these words with."""
    query = select(Signal).join(Coding, Coding.signal_id == Signal.id).order_by(Signal.id)
    return list(db.session.scalars(query.where(Coding.contribution_key == contribution.key)))


def signals_by_contribution(keys: Collection[bytes]) -> dict[bytes, list[Signal]]:
    """For each of these words the signals they lie with."""
    found: dict[bytes, list[Signal]] = {key: [] for key in keys}
    query = select(Coding.contribution_key, Signal).join(Signal).where(Coding.contribution_key.in_(list(keys)))
    for key, signal in db.session.execute(query.order_by(Signal.id)):
        found[key].append(signal)
    return found


def unread_count(actor: Actor) -> int:
    """How many words wait for this person to read them."""
    query = select(func.count()).select_from(Contribution).join(Contribution.wave).join(Wave.consultation)
    query = query.where(Contribution.reading == Reading.UNREAD, Consultation.municipality_id == actor.municipality_id)
    if not actor.sees_all:
        query = query.where(Consultation.department_id.in_(departments_read(actor)))
    return db.session.scalar(query) or 0


def departments_read(actor: Actor) -> list[int]:
    """The departments for which this person reads."""
    return [d for role, d in actor.grants if role == Role.READER and d is not None]
