"""What somebody with the disk, a backup and the logs, but without the keys, can find out about who said what.

Every way of looking (`Look`) gives a place to every mark of a child that it can see: the row in a table, the
transaction that wrote it, the byte in a file, the page, the byte in its page, the frame of the write-ahead log. Written
apart from the defence that it attacks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from random import Random
from sqlite3 import Connection, connect
from typing import Any

import numpy as np
from scipy.stats import poisson, spearmanr

PAGE = 4096
SEEN = 12  # bytes by which a mark is recognised
CLOSED, WORDS, TEXT, LETTER = "closed answers", "own words", "their text", "sealed letters"  # kinds of marks
SMALLEST_GROUP = 10
TOO_LUCKY = 1e-6  # there are some hundred ways to look


@dataclass(frozen=True)
class Child:
    """When a child came, the marks of it that the installation keeps, and what it shares with others of its lot."""

    arrived: int
    marks: Mapping[str, bytes]
    lot: object = 0
    group: object = 0


Look = dict[bytes, float]  # a mark → where it lies


def looks(folder: Path, children: Sequence[Child]) -> dict[str, Look]:
    """All that can be seen: in the bytes of every file first, then through the databases among them."""
    marks = marks_of(children)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {}
    for path in files:
        found |= {f"{path.name}: {how}": look for how, look in in_bytes(path.read_bytes(), marks).items()}
    for path in files:
        if path.suffix == ".db":
            with closing(connect(path)) as database:
                found |= {f"{path.name}: {table}": look for table, look in in_tables(database, marks)}
    return found


def marks_of(children: Sequence[Child]) -> dict[bytes, bytes]:
    """All marks by their first bytes."""
    return {mark[:SEEN]: mark for child in children for mark in child.marks.values()}


def in_bytes(data: bytes, marks: Mapping[bytes, bytes]) -> dict[str, Look]:
    """Where marks first and last stand in a file, in which page, and where in their page."""
    places = defaultdict(list)
    for at in _beginnings(data, marks):
        if data[at : at + SEEN] in marks:
            places[marks[data[at : at + SEEN]]].append(at)
    first, last = ({mark: end(at) for mark, at in places.items()} for end in (min, max))
    found = {"first byte": first, "last byte": last}
    for name, look in (("first", first), ("last", last)):
        found[f"page of the {name}"] = {mark: at // PAGE for mark, at in look.items()}
        found[f"byte in the page of the {name}"] = {mark: at % PAGE for mark, at in look.items()}
    return {name: dict(look) for name, look in found.items() if look}


def _beginnings(data: bytes, marks: Mapping[bytes, bytes]) -> Iterator[int]:
    """Where a mark may begin: its first two bytes stand there."""
    begins = np.zeros(2**16, bool)
    begins[[int.from_bytes(mark[:2], "little") for mark in marks]] = True
    for shift in (0, 1):
        pairs = np.frombuffer(data[shift : shift + (len(data) - shift) // 2 * 2], "<u2")
        yield from (int(pair) * 2 + shift for pair in np.flatnonzero(begins[pairs]))


def in_tables(database: Connection, marks: Mapping[bytes, bytes]) -> Iterator[tuple[str, Look]]:
    """In which row of a table, as the database itself gives them."""
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        rows = database.execute(f'SELECT * FROM "{table}"')
        look = {mark: number for number, row in enumerate(rows) for mark in marks_in(row, marks)}
        if look:
            yield table, look


def marks_in(row: Iterable[object], marks: Mapping[bytes, bytes]) -> Iterator[bytes]:
    """The marks that stand in a row."""
    for value in row:
        seen = value.encode() if isinstance(value, str) else value
        if isinstance(seen, bytes) and seen[:SEEN] in marks:
            yield marks[seen[:SEEN]]


@dataclass(frozen=True)
class Order:
    """How much a look tells of the order of arrival within lots: 0 nothing, 1 all."""

    correlation: float
    weight: int

    @property
    def limit(self) -> float:
        """Four and a half standard deviations of what chance gives: 0.1 for 2,000 children."""
        return 4.5 / sqrt(self.weight)


def order_in(look: Look, children: Sequence[Child], kind: str) -> Order | None:
    """The mean rank correlation of arrival and place over all lots, larger lots counting for more."""
    total, weight = 0.0, 0
    for lot in _by([child for child in children if child.marks[kind] in look], "lot"):
        places = [look[child.marks[kind]] for child in lot]
        if len(set(places)) > 2:
            total += spearmanr([child.arrived for child in lot], places).statistic * (len(lot) - 1)
            weight += len(lot) - 1
    return Order(total / weight, weight) if weight else None


def joins_in(closed: Look, words: Look, children: Sequence[Child], kind: str, to: str = CLOSED) -> tuple[int, int]:
    """How many own words are rightly joined to closed answers by laying both in order; and how many chance gives."""
    right = chance = 0
    for group in _by([c for c in children if c.marks[to] in closed and c.marks[kind] in words], "group"):
        left = sorted(_mixed(group), key=lambda child: closed[child.marks[to]])
        other = sorted(_mixed(group), key=lambda child: words[child.marks[kind]])
        right += sum(one is another for one, another in zip(left, other, strict=True))
        chance += 1  # whatever the size of the group
    return right, chance


def ordered(seen: Mapping[str, Look], children: Sequence[Child], *kinds: str) -> list[str]:
    """What the order of arrival can be told from."""
    orders = [(kind, name, order_in(look, children, kind)) for name, look in seen.items() for kind in kinds]
    return [
        f"order of {kind} by {name}: {order.correlation:.2f}"
        for kind, name, order in orders
        if order and abs(order.correlation) > order.limit
    ]


def told(seen: Mapping[str, Look], children: Sequence[Child]) -> list[str]:
    """Everything that the order of arrival or the words of a child can be told from."""
    return ordered(seen, children, CLOSED, WORDS, TEXT) + joined(seen, children, CLOSED, WORDS, TEXT)


def joined(seen: Mapping[str, Look], children: Sequence[Child], to: str, *kinds: str) -> list[str]:
    """What of these kinds is joined to marks of the kind `to` more often than chance gives."""
    found = []
    for name, look in seen.items():
        for other, words in seen.items():
            for kind in kinds:
                right, chance = joins_in(look, words, children, kind, to)
                if chance and poisson.sf(right - 1, chance) < TOO_LUCKY:
                    found.append(f"{right} {kind} by {other} and {to} by {name}, where chance gives {chance}")
    return found


def narrow_columns(database: Any, *tables: str) -> list[str]:
    """Values that stand in both of two tables (closed answers and own words), of fewer than ten children."""
    closed, words = (_columns(database, table) for table in tables or ("response", "contribution"))
    return [
        f"{name} = {other}"
        for name, counts in closed.items()
        for other, others in words.items()
        for value in counts.keys() & others.keys()
        if value is not None and min(counts[value], others[value]) < SMALLEST_GROUP
    ]


def _columns(database: Any, table: str) -> dict[str, Counter[object]]:
    cursor = database.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description]
    return {name: Counter(map(_plain, column)) for name, column in zip(names, zip(*cursor, strict=True), strict=False)}


def _plain(value: object) -> object:
    return str(value) if isinstance(value, dict) else value


def _mixed(children: Sequence[Child]) -> list[Child]:
    """In no order: where a look sees no difference, the attacker must guess."""
    return Random().sample(children, len(children))


def _by(children: Sequence[Child], what: str) -> list[list[Child]]:
    """Those who share a lot, or a lot and a group: alone there is nothing to find out."""
    found = defaultdict(list)
    for child in children:
        found[child.lot if what == "lot" else (child.lot, child.group)].append(child)
    return [many for many in found.values() if len(many) > 2]
