"""Reading signals: getters that refuse, what they rest on, and where a child's answer went."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from dialogue.answering.models import Contribution, Reading, Response
from dialogue.consultations.models import Consultation, Wave
from dialogue.consultations.queries import get_wave
from dialogue.questions.kinds import CHOSE, SKIPPED, codes_in
from dialogue.results.disclosure import rounded
from dialogue.results.models import Tally
from dialogue.results.queries import counts_for
from dialogue.shared.actor import Actor, Role
from dialogue.shared.bands import Band
from dialogue.shared.clock import CALENDAR
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound
from dialogue.signals import rules
from dialogue.signals.follow_ups import is_follow_up
from dialogue.signals.models import AnswerBasis, Coding, Reshaped, Signal, SignalChange

SMALLEST_PLACE = 10  # responses; below it a place is not counted


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


def ended(*how: Reshaped) -> ColumnElement[bool]:
    """Whether a signal (in the query around it) was merged or withdrawn."""
    return exists().where(SignalChange.signal_id == Signal.id, SignalChange.what.in_(how))


def is_whole() -> ColumnElement[bool]:
    """Whether a signal (in the query around it) is still owed an answer of its own."""
    return ~ended(Reshaped.MERGED, Reshaped.WITHDRAWN)


def end_of(signal_id: int) -> SignalChange | None:
    """How this signal ended, if it was merged or withdrawn."""
    query = select(SignalChange).where(SignalChange.signal_id == signal_id, SignalChange.what != Reshaped.SPLIT)
    return db.session.scalar(query)


def withdrawals(signal_ids: Collection[int]) -> dict[int, SignalChange]:
    """Those of these signals that were withdrawn, each with how."""
    query = select(SignalChange).where(SignalChange.signal_id.in_(signal_ids), SignalChange.what == Reshaped.WITHDRAWN)
    return {change.signal_id: change for change in db.session.scalars(query)}


def why_ended(signals: Iterable[Signal]) -> list[str]:
    """Reasons why nothing can be done any more with these signals."""
    found = [end_of(signal.id) for signal in signals]
    return rules.why_not_on([end.what for end in found if end])


def changes_of(signal_id: int) -> list[SignalChange]:
    """What this signal was split into, merged with or made of, the first first."""
    query = select(SignalChange).where(or_(SignalChange.signal_id == signal_id, SignalChange.other_id == signal_id))
    return list(db.session.scalars(query.order_by(SignalChange.id)))


def changes_in(municipality_id: int, begins: date, ends: date) -> list[SignalChange]:
    """All signals that were split, merged or withdrawn in a period (both days included), the last first."""
    query = select(SignalChange).join(SignalChange.signal).where(Signal.municipality_id == municipality_id)
    query = query.where(SignalChange.at >= _midnight(begins), SignalChange.at < _midnight(ends + timedelta(days=1)))
    both = (contains_eager(SignalChange.signal), joinedload(SignalChange.other))
    return list(db.session.scalars(query.options(*both).order_by(SignalChange.id.desc())))


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
        query = query.where(Signal.made_at >= _midnight(begins))
    if ends:
        query = query.where(Signal.made_at < _midnight(ends + timedelta(days=1)))
    return list(db.session.scalars(query.order_by(Signal.id)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, CALENDAR)


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


def codings_of(signal: Signal) -> Select[Coding]:
    """What was written for this signal, by key; words withdrawn or passed on do not count."""
    query = select(Coding).join(Coding.contribution).where(Coding.signal_id == signal.id)
    return query.where(Contribution.reading == Reading.CODED).order_by(Coding.contribution_key)


def quoted(signal: Signal) -> list[Coding]:
    """The words of this signal that a person approved for everyone to read."""
    return list(db.session.scalars(codings_of(signal).where(Coding.quote.is_not(None))))


def get_coding(signal: Signal, key: bytes | None) -> Coding:
    """These words, as they lie with this signal."""
    coding = db.session.get(Coding, (signal.id, key)) if key else None
    if coding is None or coding.contribution.reading != Reading.CODED:
        raise NotFound
    return coding


def why_never_quoted(coding: Coding) -> list[str]:
    """Reasons why these words may not be published, however they are edited."""
    least = coding.signal.consultation.municipality.smallest_group
    return rules.why_not_quote(_as_many_as_said(coding.contribution), least)


def _as_many_as_said(words: Contribution) -> int:
    """How many children of the same age could have said this: all of the round, or all who answered it later."""
    if not is_follow_up(words.item):
        return counts_for(words.wave_id, words.band, "", "")
    alike = Contribution.wave_id == words.wave_id, Contribution.band == words.band, Contribution.item == words.item
    return db.session.scalar(select(func.count()).where(*alike)) or 0


def quotes(signal: Signal) -> list[str]:
    """The approved quotes of this signal, as everyone may read them."""
    return [coding.quote for coding in quoted(signal) if coding.quote]


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


@dataclass(frozen=True)
class Said:
    """How often a signal was said, rounded for showing: ticks and words are never added up."""

    ticked: str = ""  # "± 180", or "" when nothing is ticked
    of: str = ""  # answers of those age groups: "± 600", or "" when several questions were ticked
    written: str = ""  # "± 30", or ""
    bands: tuple[Band, ...] = ()
    places: int = 0
    advised_on: date | None = None  # the day of the advice it came out of: then nothing was ticked or written

    @property
    def rests(self) -> bool:
        """Whether it rests on anything that may be shown."""
        return bool(self.ticked or self.written or self.advised_on)


def said(signal: Signal) -> Said:
    """What a signal rests on, in numbers that may be shown; age groups too small to show are not told apart."""
    if signal.consultation.advised:
        return Said(advised_on=signal.wave.opens_on)
    codings = codings_of(signal).with_only_columns(Contribution.band, func.count()).group_by(Contribution.band)
    written = dict(db.session.execute(codings.order_by(None)).all())
    least = signal.consultation.municipality.smallest_group
    involved = {basis.band for basis in signal.bases} | set(written)
    shown = {band for band in involved if counts_for(signal.wave_id, band, "", "") >= least}
    ticks = {b: counts_for(signal.wave_id, b.band, b.item, b.option) for b in signal.bases if b.band in shown}
    ticked = sum(ticks.values())
    bands = shown & ({basis.band for basis, count in ticks.items() if count} | set(written))
    return Said(
        ticked=rounded(ticked) if ticked else "",
        of=_of(signal.wave_id, ticks) if ticked else "",
        written=rounded(sum(written.values())) if written else "",
        bands=tuple(sorted(bands)),
        places=len(_places(signal)),
    )


def _of(wave_id: int, bases: Iterable[AnswerBasis]) -> str:
    items = Counter((basis.band, basis.item) for basis in bases)
    bands = {band for band, _ in items}
    several = any(n > 1 and counts_for(wave_id, *item, CHOSE) for item, n in items.items())
    if several or len(items) > len(bands):  # the same child may tick twice
        return ""
    return rounded(sum(counts_for(wave_id, band, "", "") for band in bands))


def _places(signal: Signal) -> set[int]:
    """Where it was said, as far as a place stands in the records: groups under ten never do."""
    codings = codings_of(signal).with_only_columns(Contribution.place_id).order_by(None).distinct()
    found = {place for place in db.session.scalars(codings) if place}
    groups = select(Tally.place_id).where(Tally.wave_id == signal.wave_id, Tally.place_id != 0)
    for basis in signal.bases:
        band = groups.where(Tally.band == basis.band)
        big = band.where(Tally.item == "", Tally.option == "", Tally.count >= SMALLEST_PLACE)
        ticked = band.where(Tally.item == basis.item, Tally.option == basis.option, Tally.count > 0)
        found |= set(db.session.scalars(ticked.where(Tally.place_id.in_(big))))
    return found
