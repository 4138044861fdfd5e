"""A Word document that everybody can read: real headings, header rows, alternative text and a language."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dialogue.shared.paper import Picture, shares
from dialogue.shared.pdf import png

BULLETS = "List Bullet"


class Word:
    """A document in the making, on paper of our own or on a `template` (.docx); python-docx is loaded at first use."""

    def __init__(self, title: str, author: str, language: str, *, template: bytes | None = None) -> None:
        from docx import Document  # noqa: PLC0415
        from docx.shared import Cm  # noqa: PLC0415

        self._document = Document(io.BytesIO(template) if template else None)
        self._picture_width = Cm(16)
        self._text_width = Cm(16.6)
        core = self._document.core_properties
        core.title, core.author, core.language = title, author, language
        if template is None:
            _dress(self._document)
        _set_language(self._document, language)

    def title(self, text: str) -> None:
        self._document.add_heading(text, 0)

    def heading(self, text: str, level: int = 1) -> None:
        self._document.add_paragraph(text, _heading_style(self._document, level))

    def paragraph(self, text: str, *, style: str | None = None) -> None:
        self._document.add_paragraph(text, style)

    def bullets(self, lines: Sequence[str]) -> None:
        has_style = BULLETS in self._document.styles
        for line in lines:
            self.paragraph(line if has_style else f"– {line}", style=BULLETS if has_style else None)

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

    def footer(self, text: str) -> None:
        """This text at the foot of every page, with the number of the page and how many there are."""
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.add_run(f"{text} · ")
        _add_field(paragraph, "PAGE")
        paragraph.add_run(" / ")
        _add_field(paragraph, "NUMPAGES")

    def fill(self, words: Mapping[str, str], parts: Mapping[str, Callable[[], None]]) -> None:
        """Fill the places of the template: with words, and with what each of `parts` writes on this document."""
        from dialogue.shared import word_places  # noqa: PLC0415 - few have a template

        word_places.fill(self._document, words)
        word_places.insert(self._document, parts)
        word_places.forget_origin(self._document)

    def bytes(self) -> bytes:
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()


def _dress(document: Any) -> None:
    """The letters and margins of our own paper."""
    from docx.shared import Cm, Pt  # noqa: PLC0415

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.paragraph_format.space_after = Pt(5)
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(1.8)


def _heading_style(document: Any, level: int) -> Any:
    """The style of a real heading; made where a template has none."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415

    name = f"Heading {level}"
    if name in document.styles:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.font.bold = style.paragraph_format.keep_with_next = True
    _append(style.element.get_or_add_pPr(), "w:outlineLvl", str(level - 1))
    return style


def _fill(row: Any, texts: Sequence[str], *, bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.bold = bold


def _mark(properties: Any, name: str) -> None:
    _append(properties, name, "true")


def _append(parent: Any, name: str, value: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    parent.append(element)


def _add_field(paragraph: Any, code: str) -> None:
    """Something that Word counts by itself, as the number of the page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


def _set_language(document: Any, language: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415

    styles = document.styles.element
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is None:
        return
    tag = defaults.find(qn("w:lang"))
    if tag is None:
        _append(defaults, "w:lang", language)
    else:
        tag.set(qn("w:val"), language)
