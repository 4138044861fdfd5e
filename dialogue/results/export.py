"""Published figures for a spreadsheet: nothing that is not on the page, and nothing that could be a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from dialogue.results.queries import Tables
from dialogue.shared.bands import RULES, Band
from dialogue.web.i18n import in_language

FORMULA = tuple("=+-@\t\r＝＋－＠")  # a spreadsheet may compute what begins so


def rows_of(tables: Tables, names: Mapping[int, str]) -> list[list[str]]:
    """All published figures, one per line under a heading."""
    return [_head(), *([str(cell) for cell in row] for row in _rows(tables, names))]


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    """These rows in UTF-8 with a mark, and with semicolons, as Excel reads it here."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow(formula_safe(cell) for cell in row)
    return "\N{BYTE ORDER MARK}" + file.getvalue()


def as_xlsx(rows: Iterable[Iterable[str]]) -> bytes:
    """These rows as a workbook in which every cell is text, so that none is ever computed or followed."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        sheet, bold = workbook.add_worksheet("Dialogue"), workbook.add_format({"bold": True})
        sheet.set_column(1, 3, 32)
        sheet.freeze_panes(1, 0)
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell, None if place else bold)
    return file.getvalue()


def formula_safe(text: str) -> str:
    """`text` that a spreadsheet shows and never computes."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _head() -> list[str]:
    return [_("Leeftijd"), _("Plaats"), _("Vraag"), _("Antwoord"), _("Aandeel"), _("Van"), _("Tot"), _("Aantal")]


def _rows(tables: Tables, names: Mapping[int, str]) -> Iterator[Iterable[str]]:
    yield "", "", _("Alle antwoorden"), "", "", "", "", tables["responses"]
    for place in tables["places"]:
        if "responses" in place:
            yield "", _name(place, names), _("Alle antwoorden"), "", "", "", "", place["responses"]
    for band in tables["bands"]:
        years = RULES[Band(band["band"])].years
        yield years, "", _("Alle antwoorden"), "", "", "", "", band["responses"]
        for item in band["items"]:
            question = in_language(item["questions"])
            for row in item["rows"]:
                yield years, "", question, in_language(row["labels"]), row["shown"], "", "", ""
            yield years, "", question, _("Positief"), *_share(item["positive"]), item["answered"]
            for place in item["places"]:
                yield years, _name(place, names), question, _("Positief"), *_share(place["positive"]), place["answered"]


def _name(place: Mapping[str, Any], names: Mapping[int, str]) -> str:
    return names.get(place["place"], "") or _("Alle andere plaatsen samen")


def _share(positive: Mapping[str, int] | None) -> list[str]:
    return [f"{positive[name]} %" for name in ("share", "low", "high")] if positive else ["–", "", ""]
