"""A dossier as PDF that everybody can read: headings, header rows, alternative text, a language, and bookmarks."""

import io
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from dialogue.shared.paper import Picture, shares
from dialogue.shared.pdf import pdf

TEMPLATE = Path(__file__).with_name("sheets.typ")


class Sheets:
    """A PDF in the making; its parts go to the template as data, never as markup."""

    def __init__(self, title: str, author: str, language: str) -> None:
        tongue, _, region = language.partition("-")
        self._data = {"title": title, "author": author, "language": tongue, "region": region or None}
        self._blocks: list[dict[str, Any]] = []
        self._pictures: dict[str, bytes] = {}

    def title(self, text: str) -> None:
        self._add("title", text=text)

    def heading(self, text: str, level: int = 1) -> None:
        self._add("heading", text=text, level=level)

    def paragraph(self, text: str) -> None:
        self._add("paragraph", text=text)

    def bullets(self, lines: Sequence[str]) -> None:
        self._add("bullets", lines=list(lines))

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._add("table", head=list(head), rows=[list(row) for row in rows], shares=shares(head, rows))

    def picture(self, picture: Picture) -> None:
        name = f"{len(self._pictures)}.svg"
        self._pictures[name] = picture.content if picture.form == "svg" else _within_svg(picture.content)
        self._add("picture", file=name, alt=picture.alt, share=picture.share)

    def link(self, address: str) -> None:
        self._add("link", address=address)

    def contents(self, heading: str, annexes: Sequence[str]) -> None:
        """The template finds the annexes themselves, with their pages."""
        self._add("contents", text=heading)

    def annex(self, heading: str) -> None:
        self._add("annex", text=heading)

    def bytes(self) -> bytes:
        return pdf(TEMPLATE, self._data | {"blocks": self._blocks}, self._pictures)

    def _add(self, kind: str, **parts: Any) -> None:
        self._blocks.append({"kind": kind, **parts})


def _within_svg(photo: bytes) -> bytes:
    """The photo within an SVG: Typst reads the files that come along as text."""
    with Image.open(io.BytesIO(photo)) as seen:
        size, media_type = seen.size, seen.get_format_mimetype()
    address = f"data:{media_type};base64,{b64encode(photo).decode()}"
    box = f'width="{size[0]}" height="{size[1]}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><image {box} href="{address}"/></svg>'.encode()
