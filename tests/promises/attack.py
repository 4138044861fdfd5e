"""What somebody with a solver can compute back from a table, written apart from the defence that it attacks.

A table is a list of cells (their names), what is known of sums of cells, and the cells that were hidden. `recovered`
gives the hidden ones that cannot be anything from 0 to 5; a figure on a page is known up to its rounding (`Known`).
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scipy.optimize import linprog

from dialogue.results.disclosure import Answers, Disclosed


@dataclass(frozen=True)
class Known:
    """The sum of these cells lies between two numbers."""

    cells: frozenset[str]
    low: float
    high: float


def exactly(cells: Collection[str], value: float) -> Known:
    return Known(frozenset(cells), value, value)


def bounds_of(target: Collection[str], cells: Sequence[str], known: Sequence[Known]) -> tuple[float, float]:
    """The least and the most that the sum of `target` can be."""
    rows, limits = [], []
    for sum_ in known:
        row = [float(cell in sum_.cells) for cell in cells]
        rows += [row, [-value for value in row]]
        limits += [sum_.high, -sum_.low]
    ends = []
    for sign in (1, -1):
        solved = linprog([sign * float(cell in target) for cell in cells], A_ub=rows, b_ub=limits, bounds=(0, None))
        assert solved.status in (0, 3), solved.message
        ends.append(sign * solved.fun if solved.status == 0 else sign * float("inf") * -1)
    return ends[0], ends[1]


def recovered(hidden: Mapping[str, Collection[str]], cells: Sequence[str], known: Sequence[Known]) -> dict[str, str]:
    """The hidden sums that are not hidden: name → between what and what they must lie."""
    found = {}
    for name, target in hidden.items():
        low, high = bounds_of(target, cells, known)
        if low > 1e-4 or high < 5 - 1e-4:
            found[name] = f"{low:.2f} to {high:.2f}"
    return found


def attack(shown: Disclosed, positive: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Everything that can be computed back from what `disclose` lets through; `positive` options per question."""
    found = {}
    for band, items in shown.items.items():
        for key, answers in items.items():
            for name, between in attack_answers(answers, positive[key]).items():
                found[f"{band} {key} {name}"] = between
    return found


def attack_answers(answers: Answers, positive: Collection[str]) -> dict[str, str]:
    """As `attack`, for one question of one band: options and places are two views of the same children."""
    if not answers.answered:
        return {}
    rows = list(answers.places) or [0]
    cells = [f"{option}@{place}" for option in answers.cells for place in rows]
    good = {option for option in answers.cells if option in positive}
    column = {option: [f"{option}@{place}" for place in rows] for option in answers.cells}
    part = {place: [f"{option}@{place}" for option in good] for place in rows}
    rest = {place: [f"{option}@{place}" for option in answers.cells if option not in good] for place in rows}
    known = [exactly(cells, answers.answered)]
    known += [exactly(column[option], count) for option, count in answers.cells.items() if count is not None]
    if answers.positive is not None:
        known.append(exactly([cell for option in good for cell in column[option]], answers.positive))
    for place, group in answers.places.items():
        known.append(exactly(part[place] + rest[place], group.answered))
        if group.positive is not None:
            known.append(exactly(part[place], group.positive))
    hidden = {f"option {option}": column[option] for option, count in answers.cells.items() if count is None}
    for place, group in answers.places.items():
        if group.positive is None and group.answered >= 5:
            hidden |= {f"good at {place}": part[place], f"other at {place}": rest[place]}
    return recovered(hidden, cells, known)


def attack_published(tables: Mapping[str, Any], least: int = 10) -> list[str]:
    """What is wrong with published tables (as pages and exports hold them): groups too small, figures too exact."""
    groups = [
        ("all", tables["responses"]),
        *((f"place {p['place']}", p.get("responses", "")) for p in tables["places"]),
    ]
    shares = []
    for band in tables["bands"]:
        groups.append((band["band"], band["responses"]))
        for item in band["items"]:
            name = f"{band['band']} {item['key']}"
            groups.append((name, item["answered"]))
            shares += [(name, item["answered"], row["share"]) for row in item["rows"]]
            for place in item["places"]:
                groups.append((f"{name} at {place['place']}", place["answered"] if place["positive"] else ""))
                shares.append(
                    (f"{name} at {place['place']}", place["answered"], (place["positive"] or {}).get("share"))
                )
    small = [f"{name}: a group of {text}" for name, text in groups if text and number_of(text) < least]
    exact = [f"{name}: {text} is not rounded" for name, text in groups if number_of(text) % 5]
    exact += [f"{name}: {share} is not whole" for name, _, share in shares if share and share != int(share)]
    told = [
        f"{name}: {share} % says what nearly all said"
        for name, n, share in shares
        if share and share > 90 and number_of(n) < 45
    ]
    return small + exact + told


def number_of(text: str) -> int:
    """A shown count as a number: "± 1 210" is 1210, "<5" is 4, "" is 0."""
    digits = int(re.sub(r"\D", "", text) or 0)
    return digits - 1 if "<" in text else digits
