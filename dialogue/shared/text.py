"""Text that people type, made safe to store and to show: NFC, no control characters, no zalgo."""

import re
import unicodedata
from collections.abc import Iterator

_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F])
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x2060, 0xFEFF, 0x3164, 0xFFA0]
)
_MARKS_IN_A_ROW = 3
_NONCHARACTERS = "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(f"[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")


def clean(text: str, *, lines: bool = True) -> str:
    """`text` in NFC without control, bidirectional, blank-looking and stacked characters, trimmed.

    With `lines=False` all white space becomes single spaces; otherwise line breaks stay (at most two in a row).
    """
    text = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates
    text = unicodedata.normalize("NFC", text).translate(_BIDI | _INVISIBLE)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not (text.isascii() and text.isprintable()):
        text = "".join(_visible(text))
    if not lines:
        return " ".join(text.split())
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def showable(text: str) -> str:
    """`text` without the code points that may not stand in a page (HTML, 13.2.3.5); nothing else is changed."""
    return _FORBIDDEN.sub("", text)


def slug(text: str) -> str:
    """`text` as part of a file name: small letters a–z, digits and hyphens, at most 60; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-")


def _visible(text: str) -> Iterator[str]:
    """The characters without those that show nothing, and without the marks that are stacked too high."""
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category == "Mn" else 0
        if marks <= _MARKS_IN_A_ROW and (category not in ("Cc", "Cs", "Cn", "Co") or char in "\n\t"):
            yield char
