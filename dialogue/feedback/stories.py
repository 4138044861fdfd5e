"""What a page tells around a chain: the question that was asked, how many answered, how far words were read."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from flask_babel import get_locale

from dialogue.answering.models import Contribution, Reading
from dialogue.consultations.models import Wave
from dialogue.feedback.queries import chains_of, coverage, items_written, waves_with_place
from dialogue.feedback.rules import Chain, Coverage, Part
from dialogue.people.models import Municipality
from dialogue.results.disclosure import rounded
from dialogue.results.queries import total
from dialogue.shared.bands import Band
from dialogue.signals.models import Signal
from dialogue.signals.queries import signals_fed_by
from dialogue.signals.rules import words_of

PAGE = 12
NEVER = datetime.min.replace(tzinfo=UTC)


class Read(StrEnum):
    """How far the own words of one child were read."""

    COUNTED = "counted"  # there are none: ticks only
    UNREAD = "unread"
    READ = "read"


def reading_of(contributions: Collection[Contribution]) -> Read:
    """How far these words were read; words that ask for help look like words that are still to be read."""
    states = {contribution.reading for contribution in contributions} - {Reading.WITHDRAWN}
    if not states:
        return Read.COUNTED
    return Read.READ if states <= {Reading.NO_REQUEST, Reading.CODED} else Read.UNREAD


def questions_of(signal: Signal) -> list[str]:
    """The questions on which a signal rests, in the words of the youngest that were asked."""
    wanted = {basis.item for basis in signal.bases} | items_written(signal)
    found: dict[str, str] = {}
    for instrument in signal.wave.instruments:
        for item in instrument.document["items"]:
            if item["key"] in wanted:
                found.setdefault(item["key"], words_of(item, str(get_locale() or "nl"))["question"])
    return list(found.values())


def answered_words(wave: Wave) -> str:
    """How many answered a round, for showing: "± 600", or "" where they were too few to say."""
    count = total(wave.id)
    return rounded(count) if count >= wave.consultation.municipality.smallest_group else ""


def page_of(covered: Coverage, part: Part | None, before: int | None) -> tuple[Sequence[Chain], int | None]:
    """One page of the chains of a part (None: all), newest first, and the key to go on from."""
    chosen = [chain for chain in covered.chains if part in (None, chain.part)]
    if before is not None:
        chosen = [chain for chain in chosen if chain.signal.id < before]
    more = len(chosen) > PAGE
    return chosen[:PAGE], chosen[PAGE - 1].signal.id if more else None


def chains_at(municipality: Municipality, place_id: int) -> tuple[list[Chain], bool]:
    """What came of what was said at this place, news first, and True; of all the town, where too few answered here."""
    rounds = set(waves_with_place(place_id, municipality.smallest_group))
    chains = coverage(municipality.id).chains
    here = [chain for chain in chains if chain.signal.wave_id in rounds]
    return news_first(here or chains), bool(here)


def chains_from(waves: Iterable[Wave]) -> list[Chain]:
    """What came of what was said in these rounds, news first."""
    signals = dict.fromkeys(signal for wave in waves for signal in signals_fed_by(wave.id))
    return news_first(chains_of(signals))


def ages_told(chains: Collection[Chain]) -> list[Band]:
    """The ages that have a text of their own among these messages."""
    found = {text.band for chain in chains if chain.message for text in chain.message.told if text.band}
    return [band for band in Band if band in found]


def news_first(chains: Sequence[Chain]) -> list[Chain]:
    """These chains, what was told last first; what was not told yet comes after, as it stood."""
    return sorted(chains, key=lambda chain: (chain.message and chain.message.published_at) or NEVER, reverse=True)
