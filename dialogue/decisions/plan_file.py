"""A list of plan codes as a municipality exports it: CSV as Excel or another program writes it, read line by line."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from dialogue.decisions.plan_models import PlanLevel
from dialogue.shared.errors import Refused
from dialogue.shared.text import clean

COLUMNS = ("code", "naam", "niveau", "periode")
LEVELS = {"beleidsdoelstelling": PlanLevel.GOAL, "actieplan": PlanLevel.PLAN, "actie": PlanLevel.ACTION}
MOST_BYTES, MOST_CHARACTERS, MOST_LINES = 512 * 1024, 200_000, 3000
LONGEST_CODE, LONGEST_NAME = 40, 300
PERIOD = re.compile(r"\d{4}( ?[-–/] ?\d{4})?")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class Line:
    """One code, as it stands in the list."""

    code: str
    name: str
    level: PlanLevel
    period: str

    @property
    def key(self) -> tuple[str, str]:
        """Two lines with the same key are the same code."""
        return self.period, self.code.casefold()


@dataclass(frozen=True)
class Listed:
    """What was read: the codes, and what is wrong with which line (from 1, with the heading)."""

    lines: list[Line] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def text_of(content: bytes) -> str:
    """The text of a CSV file in the encoding in which it was written; raises Refused."""
    encodings = [MARKS[mark] for mark in MARKS if content.startswith(mark)] or ["utf-8", "cp1252"]
    if not content.startswith((b"PK", b"\xd0\xcf", b"%PDF")):
        for encoding in encodings:
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
    raise Refused(_("Dit is geen CSV-bestand. Kies in Excel “Opslaan als” en dan “CSV UTF-8”."))


def read(text: str) -> Listed:
    """The codes in this text; raises Refused where it is no list of codes at all."""
    text = text.removeprefix("\ufeff")
    skipped = 1 if text[:4].lower() == "sep=" else 0
    lines = text.splitlines(keepends=True)[skipped:]
    if len(text) > MOST_CHARACTERS or len(lines) > MOST_LINES:
        raise Refused(_("Dit bestand is te groot: hoogstens %(most)s lijnen.", most=MOST_LINES))
    delimiter = max(";,\t", key=lines[0].count) if lines else ";"
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter)
    found, seen = Listed(), set[tuple[str, str]]()
    try:
        places = _places(next(reader, []))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                _read_line(found, reader.line_num + skipped, cells, places, seen)
    except csv.Error:
        found.problems.append((reader.line_num + skipped, _("Deze lijn is niet te lezen.")))
    if not found.lines and not found.problems:
        raise Refused(_("Er staat geen enkele code in dit bestand."))
    return found


def written(lines: Sequence[Line]) -> str:
    """These codes as a list again: what is looked at is exactly what is taken in, and nothing else goes along."""
    text, levels = io.StringIO(), {level: name for name, level in LEVELS.items()}
    rows = ((line.code, line.name, levels[line.level], line.period) for line in lines)
    csv.writer(text, delimiter=";").writerows([COLUMNS, *rows])
    return text.getvalue()


def _places(heading: Sequence[str]) -> list[int]:
    """Where each of the columns stands."""
    names = [name.strip().casefold() for name in heading]
    missing = [name for name in COLUMNS if names.count(name) != 1]
    if missing:
        raise Refused(_("Deze kolommen moeten er precies één keer zijn: %(columns)s.", columns=", ".join(missing)))
    return [names.index(name) for name in COLUMNS]


def _read_line(
    found: Listed, number: int, cells: Sequence[str], places: Sequence[int], seen: set[tuple[str, str]]
) -> None:
    code, name, level, period = (clean(cells[at], lines=False) if at < len(cells) else "" for at in places)
    problems = list(_wrong(code, name, level, period))
    if not problems:
        line = Line(code, name, LEVELS[level.casefold()], "-".join(re.findall(r"\d{4}", period)))
        problems = [_("%(code)s staat er al.", code=code)] if line.key in seen else []
        seen.add(line.key)
    if problems:
        found.problems.extend((number, problem) for problem in problems)
    else:
        found.lines.append(line)


def _wrong(code: str, name: str, level: str, period: str) -> Iterator[str]:
    if not code or len(code) > LONGEST_CODE or set(code) & set(",;"):
        yield _("De code ontbreekt, is te lang of bevat een komma.")
    if not name or len(name) > LONGEST_NAME:
        yield _("De naam ontbreekt of is te lang.")
    if level.casefold() not in LEVELS:
        yield _("Het niveau is beleidsdoelstelling, actieplan of actie.")
    if not PERIOD.fullmatch(period):
        yield _("De periode ziet eruit als 2026-2031.")
