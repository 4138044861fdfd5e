"""A Word document that everybody can read: real headings, header rows, alternative text and a language."""

import io
from collections.abc import Sequence
from typing import Any

from dialogue.evidence.paper import Picture, shares
from dialogue.shared.pdf import png


class Word:
    """A document in the making; python-docx is loaded at first use."""

    def __init__(self, title: str, author: str, language: str) -> None:
        from docx import Document  # noqa: PLC0415
        from docx.shared import Cm, Pt  # noqa: PLC0415

        self._document = Document()
        self._picture_width = Cm(16)
        self._text_width = Cm(16.6)
        core = self._document.core_properties
        core.title, core.author, core.language = title, author, language
        normal = self._document.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(10)
        normal.paragraph_format.space_after = Pt(5)
        for section in self._document.sections:
            section.left_margin = section.right_margin = Cm(2.2)
            section.top_margin = section.bottom_margin = Cm(1.8)
        _set_language(self._document, language)

    def title(self, text: str) -> None:
        self._document.add_heading(text, 0)

    def heading(self, text: str, level: int = 1) -> None:
        self._document.add_heading(text, level)

    def paragraph(self, text: str, *, style: str | None = None) -> None:
        self._document.add_paragraph(text, style)

    def bullets(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.paragraph(line, style="List Bullet")

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        table = self._document.add_table(rows=1, cols=len(head), style="Table Grid")
        _fill(table.rows[0], head, bold=True)
        _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        for row in rows:
            cells = table.add_row()
            _fill(cells, row)
            _mark(cells._tr.get_or_add_trPr(), "w:cantSplit")
        table.autofit = False
        for column, share in zip(table.columns, shares(head, rows), strict=True):
            for cell in column.cells:
                cell.width = round(share * self._text_width)
        self._document.add_paragraph()

    def picture(self, picture: Picture) -> None:
        file = png(picture.content) if picture.form == "svg" else picture.content
        shape = self._document.add_picture(io.BytesIO(file), width=round(picture.share * self._picture_width))
        properties = shape._inline.docPr
        properties.set("descr", picture.alt)
        properties.set("title", picture.alt[:60])

    def link(self, address: str) -> None:
        self.paragraph(address)

    def contents(self, heading: str, annexes: Sequence[str]) -> None:
        self.annex(heading)
        self.bullets(annexes)

    def annex(self, heading: str) -> None:
        self._document.add_page_break()
        self.heading(heading)

    def bytes(self) -> bytes:
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()


def _fill(row: Any, texts: Sequence[str], *, bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.bold = bold


def _mark(properties: Any, name: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    properties.append(element)


def _set_language(document: Any, language: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    tag = defaults.find(qn("w:lang"))
    if tag is None:
        tag = OxmlElement("w:lang")
        defaults.append(tag)
    tag.set(qn("w:val"), language)
