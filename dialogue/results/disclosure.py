"""The one function that decides what may be shown of what was counted, for every page, chart, table and export.

Promises, 3: fixed breakdowns only; groups of at least ten, merged up a given tree without a lone remainder; small cells
hidden until an audit by linear programming finds no way back; no figures where nearly all say the same. Shares are of
those who chose an option; how many these are, how many were asked and how many don't know is only ever shown rounded.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dialogue.questions.kinds import CHOSE, DONT_KNOW, SKIPPED, Counted
from dialogue.results.audit import Table, suppress
from dialogue.results.grouping import size_of, whole_groups
from dialogue.results.several import Ticks, hide, nearly_all

SMALLEST_GROUP = 10
CROSSED_FROM = 200  # two breakdowns at once
NOT_AN_OPTION = (SKIPPED, DONT_KNOW, CHOSE)

Row = tuple[str, int, str, str, int]  # band, place, item, option, count, as in the table of tallies


@dataclass(frozen=True)
class Question:
    """What a closed question offers; `positive` are the options that count as good news."""

    key: str
    options: tuple[str, ...]
    positive: frozenset[str] = frozenset()
    several: Counted | None = None  # more than one may be chosen


@dataclass
class Group:
    """How one place answered one question, in two parts; `positive` is None where it stays hidden."""

    answered: int
    positive: int | None
    most: str = ""  # "positive" or "other": nearly all, without figures


@dataclass
class Answers:
    """How one age band answered one question; a cell is None where it stays hidden, all of them with too few."""

    answered: int  # chose an option
    cells: dict[str, int | None] = field(default_factory=dict)
    positive: int | None = None
    most: str = ""  # the option that nearly all chose, without figures
    places: dict[int, Group] = field(default_factory=dict)  # place 0: all others together


@dataclass
class Disclosed:
    """What may be shown: exact numbers, so that an attack can be tried on them; pages show them rounded."""

    responses: int = 0
    bands: dict[str, int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    counted_with: dict[int, int] = field(default_factory=dict)  # a place too small to show → the place that has it
    items: dict[str, dict[str, Answers]] = field(default_factory=dict)  # band → question


def rounded(number: int) -> str:
    """A count for showing: "<5", "± 35", "± 180" (to 5), "± 1 210" (to 10 from a thousand on)."""
    if number < 5:
        return "<5" if number else "0"
    step = 5 if number < 1000 else 10
    return f"± {(number + step // 2) // step * step:,}".replace(",", "\N{NO-BREAK SPACE}")


def disclose(
    tallies: Iterable[Row],
    tree: Mapping[int, int],
    questions: Mapping[str, Sequence[Question]],
    smallest_group: int = SMALLEST_GROUP,
) -> Disclosed:
    """What may be shown of raw `tallies`; `tree` maps places to their parent, `questions` are those of each band.

    Breakdowns: total, by band, by place; answers by band, and by band and place from 200 responses on (or with one
    band only). A band with too few counts nowhere, so the total is the sum of the shown bands.
    """
    least = max(smallest_group, SMALLEST_GROUP)
    cells: dict[tuple[str, str], list[tuple[int, str, int]]] = defaultdict(list)
    for band, place, item, option, count in tallies:
        cells[band, item].append((place, option, count))
    totals = {band: sum(n for *_, n in cells[band, item]) for band, item in sorted(cells) if not item}
    bands = {band: n for band, n in totals.items() if n >= least}
    crossed = [band for band, n in bands.items() if len(bands) == 1 or n >= CROSSED_FROM]
    sizes: dict[int, Counter[str]] = defaultdict(Counter)
    for band in bands:
        for place, _, count in cells[band, ""]:
            sizes[place][band if band in crossed else ""] += count
    groups = whole_groups({place: size for place, size in sizes.items() if size.total()}, tree, least)
    home = {member: place for place, members in groups.items() for member in members}
    result = Disclosed(sum(bands.values()), bands)
    result.places = {place: size_of(members, sizes).total() for place, members in groups.items()}
    result.counted_with = {member: place for member, place in home.items() if member != place}
    for band in bands:
        homes = home if band in crossed and len(groups) > 1 else {}
        result.items[band] = {
            q.key: _several(q.several, cells[band, q.key], least)
            if q.several
            else _answers(q, cells[band, q.key], homes, least)
            for q in questions.get(band, ())
        }
    return result


def _several(counted: Counted, cells: Iterable[tuple[int, str, int]], least: int) -> Answers:
    """What may be shown of one question of which more than one answer may be chosen; never by place."""
    counts = Counter(dict.fromkeys((*counted.one, *counted.many), 0))
    for _place, option, count in cells:
        counts[option] += count
    answered = counts[CHOSE]
    options = {option: count for option, count in counts.items() if option not in NOT_AN_OPTION}
    if answered < least:
        return Answers(0, dict.fromkeys(options))
    hidden = hide(Ticks(answered, options, counted))
    return Answers(answered, {option: None if option in hidden else count for option, count in options.items()})


def _answers(
    question: Question, cells: Iterable[tuple[int, str, int]], homes: Mapping[int, int], least: int
) -> Answers:
    """What may be shown of one question; `homes` say with which place each place counts (none: not by place)."""
    options = dict.fromkeys(question.options, 0)
    rows: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for place, option, count in cells:
        if option not in NOT_AN_OPTION:
            options[option] = options.get(option, 0) + count
            if question.positive and place in homes:
                rows[homes[place]][0] += count
                rows[homes[place]][1] += count * (option in question.positive)
    answered = sum(options.values())
    nothing = dict.fromkeys(options)
    if answered < least:
        return Answers(0, nothing)
    if most := _dominant(options):
        return Answers(answered, nothing, most=most)
    groups = {place: (n, good) for place, (n, good) in sorted(rows.items()) if n}
    sayings = {p: _dominant({"positive": good, "other": n - good}) for p, (n, good) in groups.items()}
    unsaid = frozenset(p for p, (n, _) in groups.items() if n < least or sayings[p])
    table = suppress(Table(options, question.positive, groups, hidden_rows=unsaid))
    shown = {option: None if option in table.hidden else count for option, count in options.items()}
    positive = table.good if question.positive and not table.positive_hidden else None
    places = {
        place: Group(n, None if place in table.hidden_rows else good, sayings[place] if n >= least else "")
        for place, (n, good) in table.rows.items()
    }
    return Answers(answered, shown, positive, places=places)


def _dominant(cells: Mapping[str, int]) -> str:
    """The cell with nearly everybody in a group too small for figures, or ""."""
    total = sum(cells.values())
    return next((cell for cell, count in cells.items() if nearly_all(count, total)), "")
