"""Places to fill in a Word template, as {{ titel }}: found and filled also where Word cut them in pieces."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn

PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
ORIGIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
PARAGRAPH, TEXT, SECTION, TEMPLATE = (qn(f"w:{name}") for name in ("p", "t", "sectPr", "attachedTemplate"))


def names(document: Any) -> tuple[set[str], set[str]]:
    """The names of the places in the text itself, and of those at the head or foot of its pages."""
    within = {name for one in document.element.body.iter(PARAGRAPH) for name in _names(one)}
    around = {name for part in _edges(document) for one in part.iter(PARAGRAPH) for name in _names(one)}
    return within, around


def fill(document: Any, words: Mapping[str, str]) -> None:
    """Put words in the places with these names, wherever they are."""
    for part in (document.element.body, *_edges(document)):
        for paragraph in part.iter(PARAGRAPH):
            _replace(paragraph, words)


def insert(document: Any, parts: Mapping[str, Callable[[], None]]) -> None:
    """Let each part be written (at the end of the document), and lay what it wrote at its place."""
    body = document.element.body
    for paragraph in list(body.iter(PARAGRAPH)):
        for name in [name for name in _names(paragraph) if name in parts]:
            before = set(body)
            parts[name]()
            for element in reversed([element for element in body if element not in before]):
                paragraph.addnext(element)
            _replace(paragraph, {name: ""})
            if paragraph.getparent() is body and _is_bare(paragraph):
                body.remove(paragraph)


def forget_origin(document: Any) -> None:
    """Take out where on somebody's computer the template lay."""
    for settings in _related(document, RELATION.SETTINGS):
        for one in list(settings.element.iter(TEMPLATE)):
            one.getparent().remove(one)
        for key in [key for key, one in settings.rels.items() if one.reltype == ORIGIN]:
            settings.rels.pop(key)


def _edges(document: Any) -> list[Any]:
    return [part.element for part in _related(document, RELATION.HEADER, RELATION.FOOTER)]


def _related(document: Any, *kinds: str) -> list[Any]:
    return [one.target_part for one in document.part.rels.values() if one.reltype in kinds]


def _texts(paragraph: Any) -> list[Any]:
    """The pieces of text of this paragraph, without those of text boxes in it."""
    return [text for text in paragraph.iter(TEXT) if next(text.iterancestors(PARAGRAPH)) is paragraph]


def _names(paragraph: Any) -> list[str]:
    whole = "".join(text.text or "" for text in _texts(paragraph))
    return [found[1].lower() for found in PLACE.finditer(whole)]


def _is_bare(paragraph: Any) -> bool:
    """Whether nothing is left in it, and no section of the document ends with it."""
    return not "".join(paragraph.itertext()).strip() and next(paragraph.iter(SECTION), None) is None


def _replace(paragraph: Any, words: Mapping[str, str]) -> None:
    """The words stand in the piece in which the place begins, and look as it does."""
    texts = _texts(paragraph)
    whole = "".join(text.text or "" for text in texts)
    for found in reversed(list(PLACE.finditer(whole))):
        if (name := found[1].lower()) in words:
            _put(texts, found.start(), found.end(), words[name])


def _put(texts: list[Any], begin: int, end: int, words: str) -> None:
    at = 0
    for text in texts:
        own = text.text or ""
        first, last = max(begin - at, 0), end - at
        if first < len(own) and last > 0:
            text.text = own[:first] + (words if begin >= at else "") + own[max(last, 0) :]
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        at += len(own)
