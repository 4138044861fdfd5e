"""Reading what signals rest on: how often it was said, in numbers that may be shown; the words, and their quotes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from dialogue.answering.models import Contribution, Reading
from dialogue.questions.kinds import CHOSE
from dialogue.results.disclosure import rounded
from dialogue.results.models import Tally
from dialogue.results.queries import counts_for, shown_cells
from dialogue.shared.bands import Band
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound
from dialogue.signals import rules
from dialogue.signals.follow_ups import is_follow_up
from dialogue.signals.models import AnswerBasis, Coding, Signal

SMALLEST_PLACE = 10  # responses; below it a place is not counted


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
    """What a signal rests on, in numbers that may be shown; age groups too small to show are not told apart.

    An answer whose figure is hidden on the page of results is not counted here either, or that figure could be found.
    """
    if signal.consultation.advised:
        return Said(advised_on=signal.wave.opens_on)
    codings = codings_of(signal).with_only_columns(Contribution.band, func.count()).group_by(Contribution.band)
    written = dict(db.session.execute(codings.order_by(None)).all())
    least = signal.consultation.municipality.smallest_group
    shown = {band for band in written if counts_for(signal.wave_id, band, "", "") >= least}
    cells = shown_cells(signal.wave_id) if signal.bases else set()
    open_ = [basis for basis in signal.bases if (basis.band.value, basis.item, basis.option) in cells]
    ticks = {b: counts_for(signal.wave_id, b.band, b.item, b.option) for b in open_}
    ticked = sum(ticks.values())
    bands = shown | {basis.band for basis, count in ticks.items() if count}
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
