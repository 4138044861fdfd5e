"""What may be shown where a child may choose more than one answer: each answer is a table of yes and no of its own.

The answers no longer add up to those who chose, so hiding one does not help another; and where nearly all chose an
answer, the few who did not are as small a group as a few who did. What is published is attacked like every other table.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dialogue.questions.kinds import Counted
from dialogue.results.audit import AT_LEAST, SMALL, Bounds, Equation, reaches

DOMINANT, DOMINANT_BELOW = 0.9, 50


@dataclass(frozen=True)
class Ticks:
    """One question: how many answered, and how many have each code."""

    answered: int
    counts: Mapping[str, int]
    counted: Counted
    hidden: frozenset[str] = frozenset()


def nearly_all(count: int, total: int) -> bool:
    """Whether this is nearly everybody in a group too small for figures."""
    return total < DOMINANT_BELOW and count > DOMINANT * total


def hide(ticks: Ticks) -> frozenset[str]:
    """The codes to hide, so that neither a few who chose an answer nor a few who did not can be computed back."""
    n = ticks.answered
    small = {code for code, c in ticks.counts.items() if c in SMALL or n - c in SMALL or nearly_all(c, n)}
    ticks = replace(ticks, hidden=frozenset(small))
    while unsafe := next((code for code in sorted(small) if not _is_open(ticks, code)), None):
        choices = [replace(ticks, hidden=ticks.hidden | {code}) for code in _next(ticks)]
        if not choices:
            break
        ticks = next((choice for choice in choices if _is_open(choice, unsafe)), choices[0])
    return ticks.hidden


def _next(ticks: Ticks) -> list[str]:
    """What could be hidden next, the least loss first."""
    return sorted(ticks.counts.keys() - ticks.hidden, key=lambda code: (ticks.counts[code], code))


def _is_open(ticks: Ticks, code: str) -> bool:
    """Whether the few behind this code could be nobody and could be five, given all that is published."""
    count, most = ticks.counts[code], ticks.answered
    few = count if count <= most - count else most - count
    name = f"code {code}" if few == count else f"without {code}"
    return reaches(_bounds(ticks), list(_equations(ticks)), frozenset({name}), (0, min(AT_LEAST, most)))


def _bounds(ticks: Ticks) -> Bounds:
    n = ticks.answered
    bounds: Bounds = {}
    for code, count in ticks.counts.items():
        hidden = code in ticks.hidden
        bounds[f"code {code}"] = (0, n) if hidden else (count, count)
        bounds[f"without {code}"] = (0, n)
    bounds["choices"] = (n, ticks.counted.most * n)
    for code in _pairs(ticks.counted):
        bounds[f"later {code}"] = (0, n)
    return bounds


def _equations(ticks: Ticks) -> Iterator[Equation]:
    """What an attacker knows: everybody has it or not, one thing first, and at least one and at most so many."""
    for code in ticks.counts:
        yield {f"code {code}", f"without {code}"}, set(), ticks.answered
    if ticks.counted.one:
        yield {f"code {code}" for code in ticks.counted.one}, set(), ticks.answered
    yield {f"code {code}" for code in ticks.counted.many}, {"choices"}, 0
    for many, one in _pairs(ticks.counted).items():
        yield {f"code {one}", f"later {many}"}, {f"code {many}"}, 0


def _pairs(counted: Counted) -> dict[str, str]:
    return dict(zip(counted.many, counted.one, strict=True)) if counted.one else {}
