"""What became of everything children said, each counted once: how far it is, and why it has no answer yet.

Five units that are never added up: letters in the box, words (one thing said in own words), ticks (one answer to one
closed question, or a question that was skipped), signals, and pieces of advice of the youth council.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What is counted."""

    LETTERS = "letters"
    WORDS = "words"
    TICKS = "ticks"
    SIGNALS = "signals"
    ADVICE = "advice"


class Fate(StrEnum):
    """How far something is; of what lies with several signals, the one furthest behind counts."""

    BOX = "box"
    UNREAD = "unread"
    NO_SIGNAL = "no_signal"
    NO_PROPOSAL = "no_proposal"
    UNDECIDED = "undecided"
    UNTOLD = "untold"
    TOLD = "told"
    WITHDRAWN = "withdrawn"  # the signal was withdrawn, with a reason
    READ = "read"  # read, and nothing was asked
    SKIPPED = "skipped"  # a question without an answer, or "I don't know"
    ELSEWHERE = "elsewhere"  # taken back by who said it, or with the safeguarding contact: never told apart


OPEN = (Fate.BOX, Fate.UNREAD, Fate.NO_SIGNAL, Fate.NO_PROPOSAL, Fate.UNDECIDED, Fate.UNTOLD)
Cells = Mapping[tuple[int, Unit, Fate], int]  # (department, unit, fate) -> how many


@dataclass(frozen=True)
class Report:
    """Every letter, word, tick and signal of these departments, once; `responses` are those behind the ticks."""

    cells: Cells
    responses: Mapping[int, int]
    smallest_group: int

    def of(self, department_ids: Iterable[int]) -> "Report":
        """The part of these departments."""
        chosen = set(department_ids)
        cells = {key: count for key, count in self.cells.items() if key[0] in chosen}
        responses = {id_: count for id_, count in self.responses.items() if id_ in chosen}
        return Report(cells, responses, self.smallest_group)

    def counts(self, unit: Unit) -> dict[Fate, int]:
        """How many there are of each fate; together they are all there is."""
        found = dict.fromkeys(Fate, 0)
        for (_department, of, fate), count in self.cells.items():
            if of == unit:
                found[fate] += count
        return found

    def total(self, unit: Unit) -> int:
        return sum(self.counts(unit).values())

    def shares(self, unit: Unit) -> dict[Fate, int]:
        """Whole percents that add up to 100; none without anything to share."""
        return whole_percents(self.counts(unit))

    @property
    def ticks_shown(self) -> bool:
        """Whether enough children answered to say anything about their ticks."""
        return sum(self.responses.values()) >= self.smallest_group


def whole_percents(counts: Mapping[Fate, int]) -> dict[Fate, int]:
    """Each as whole percents of their sum, adding up to 100: the largest remainders are rounded up."""
    total = sum(counts.values())
    if not total:
        return {}
    found = {fate: 100 * count // total for fate, count in counts.items()}
    behind = sorted(counts, key=lambda fate: -(100 * counts[fate] % total))
    for fate in behind[: 100 - sum(found.values())]:
        found[fate] += 1
    return found
