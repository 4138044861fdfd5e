"""A CSV file of answers collected elsewhere, read row by row: each with all that is wrong in it."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dialogue.answering.mapping import Plan, Problem, read_cells, read_place, why_not_columns
from dialogue.consultations.models import Instrument, Wave
from dialogue.shared.errors import Refused, refuse


@dataclass(frozen=True)
class Row:
    """One row of the file, read."""

    id: str
    place_id: int
    answers: Mapping[str, str]
    words: Mapping[str, str]
    problems: list[Problem]


@dataclass(frozen=True)
class Source:
    """A file with its mapping, for one round; the records in it are read only."""

    path: Path
    plan: Plan
    sha256: str
    wave: Wave
    instrument: Instrument
    places: Mapping[str, int]


def rows_of(source: Source) -> Iterator[Row]:
    """Every row of the file, read; raises Refused when it is no such file."""
    with source.path.open(encoding="utf-8-sig", newline="") as file:
        try:
            heading = file.readline()
            file.seek(0)
            reader = csv.DictReader(file, delimiter=max(",;", key=heading.count), strict=True)
            refuse(why_not_columns(source.plan, reader.fieldnames or ()))
            yield from _read(source, reader)
        except (csv.Error, UnicodeDecodeError) as error:
            raise Refused(f"The file is not a CSV file in UTF-8: {error}.") from error


def _read(source: Source, rows: Iterable[dict[str | None, str | None]]) -> Iterator[Row]:
    seen: set[str] = set()
    for number, cells in enumerate(rows, start=2):
        row = {column: text or "" for column, text in cells.items() if column is not None}
        id_ = row[source.plan.id].strip()
        wrong: list[tuple[str, str]] = []
        if None in cells or None in cells.values():
            wrong.append((source.plan.id, "this row has more or fewer cells than the heading"))
        if not id_ or id_ in seen:
            wrong.append((source.plan.id, f"{id_!r} stands in an earlier row too" if id_ else "this cell is empty"))
        seen.add(id_)
        (answers, words), in_cells = read_cells(source.plan, source.instrument.document, row)
        place_id, in_place = read_place(source.plan, source.places, row)
        problems = [Problem(number, column, sentence) for column, sentence in wrong + in_place + in_cells]
        yield Row(id_, place_id, answers, words, problems)
