"""Hiding small cells so that they stay hidden: what is published is attacked by linear programming before it is shown.

A hidden cell must, as far as anybody can compute, be anything from 0 to at least 5 (complementary cell suppression with
an exact audit: Willenborg & de Waal, Elements of Statistical Disclosure Control, 2001, ch. 4 and 6).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

SMALL = range(1, 5)
AT_LEAST = 5
NEARLY = 1e-6

Bounds = dict[str, tuple[float, float | None]]  # every variable by name and what it can be
Equation = tuple[set[str], set[str], int]  # (variables) - (variables) = value


@dataclass(frozen=True)
class Table:
    """One question: counts per option, and per place how many answered and how many of those positively."""

    options: Mapping[str, int]
    positive: frozenset[str]
    rows: Mapping[int, tuple[int, int]]
    hidden: frozenset[str] = frozenset()  # options
    hidden_rows: frozenset[int] = frozenset()
    positive_hidden: bool = False

    @property
    def answered(self) -> int:
        return sum(self.options.values())

    @property
    def good(self) -> int:
        """How many answered positively."""
        return sum(count for option, count in self.options.items() if option in self.positive)


Target = tuple[frozenset[str], int]  # variables whose sum must stay open; what it could be at most


def suppress(table: Table) -> Table:
    """`table` with more hidden, until no small cell can be computed back; in the end only its total is left."""
    table = replace(
        table,
        hidden=table.hidden | {option for option, count in table.options.items() if count in SMALL},
        hidden_rows=table.hidden_rows
        | {p for p, (n, good) in table.rows.items() if good in SMALL or n - good in SMALL},
        positive_hidden=table.good in SMALL or table.answered - table.good in SMALL,
    )
    while target := next((target for target in _targets(table) if not _is_open(table, target)), None):
        choices = list(_more_hidden(table, for_option=any("option" in name for name in target[0])))
        table = next((choice for choice in choices if _is_open(choice, target)), choices[0])
    return table


def _targets(table: Table) -> Iterator[Target]:
    """What must stay open: each hidden cell, and the two parts when those are hidden."""
    for option in sorted(table.hidden):
        yield frozenset({f"option {option}"}), table.answered
    if table.positive_hidden and table.positive:
        yield frozenset(f"option {o}" for o in table.options if o in table.positive), table.answered
        yield frozenset(f"option {o}" for o in table.options if o not in table.positive), table.answered
    for place in sorted(table.hidden_rows):
        yield frozenset({f"good {place}"}), table.rows[place][0]
        yield frozenset({f"other {place}"}), table.rows[place][0]


def _more_hidden(table: Table, *, for_option: bool) -> Iterator[Table]:
    """What could be hidden next, the least loss first."""
    if for_option:
        shown = [option for option in table.options if option not in table.hidden]
        for option in sorted(shown, key=lambda o: (not table.options[o], table.options[o], o)):
            yield replace(table, hidden=table.hidden | {option})
    else:
        shown_rows = [place for place in table.rows if place not in table.hidden_rows]
        for place in sorted(shown_rows, key=lambda place: (table.rows[place][0], place)):
            yield replace(table, hidden_rows=table.hidden_rows | {place})
    if table.rows:
        yield replace(table, rows={}, hidden_rows=frozenset())
    if not table.positive_hidden:
        yield replace(table, positive_hidden=True)


def _is_open(table: Table, target: Target) -> bool:
    """Whether the sum of the target's variables could be 0 and could be 5, given all that is published."""
    variables, most = target
    return reaches(_bounds(table), list(_equations(table)), variables, (0, min(AT_LEAST, most)))


def reaches(bounds: Bounds, known: Sequence[Equation], variables: frozenset[str], ends: tuple[float, float]) -> bool:
    """Whether the sum of these variables could be as low and as high as `ends`, given what is known."""
    from scipy.optimize import linprog  # noqa: PLC0415

    matrix = [[float((name in plus) - (name in minus)) for name in bounds] for plus, minus, _ in known]
    values = [value for _, _, value in known]
    for sign, end in ((1.0, ends[0]), (-1.0, -ends[1])):
        cost = [sign * (name in variables) for name in bounds]
        found = linprog(cost, A_eq=matrix, b_eq=values, bounds=list(bounds.values()), method="highs")
        if not found.success or found.fun > end + NEARLY:
            return False
    return True


def _bounds(table: Table) -> Bounds:
    """Every cell by name and what it can be: a published cell is what it is."""
    bounds: Bounds = {}
    for option, count in table.options.items():
        bounds[f"option {option}"] = (0, None) if option in table.hidden else (count, count)
    for place, (answered, good) in table.rows.items():
        hidden = place in table.hidden_rows
        bounds[f"good {place}"] = (0, answered) if hidden else (good, good)
        bounds[f"other {place}"] = (0, answered) if hidden else (answered - good, answered - good)
    return bounds


def _equations(table: Table) -> Iterator[Equation]:
    """What an attacker can add up."""
    good = {f"option {option}" for option in table.options if option in table.positive}
    yield {f"option {option}" for option in table.options}, set(), table.answered
    if good and not table.positive_hidden:
        yield good, set(), table.good
    if table.rows:
        yield good, {f"good {place}" for place in table.rows}, 0
    for place in table.hidden_rows:
        yield {f"good {place}", f"other {place}"}, set(), table.rows[place][0]
