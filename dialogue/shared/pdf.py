"""PDF that everybody can read (PDF/UA-1), set by typst from a template and plain data."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
ALONE = b'#set page(width: 16cm, height: auto, margin: 0pt)\n#image("picture.svg", width: 100%)'


def pdf(template: Path, data: dict[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Set `template` (.typ) with `data` (JSON types, read by the template from `sys.inputs.data`).

    The template reads `pictures` by their names. typst is loaded at first use: a web worker starts without it.
    Raises typst's error when a picture has no alternative text.
    """
    return _compiled(template.read_bytes(), pictures or {}, sys_inputs={"data": json.dumps(data)}, pdf_standards="ua-1")


def png(svg: bytes, ppi: float = 200) -> bytes:
    """An SVG as PNG, 16 cm wide, for documents that know no SVG."""
    return _compiled(ALONE, {"picture.svg": svg}, format="png", ppi=ppi)


def _compiled(main: bytes, files: Mapping[str, bytes], **options: Any) -> bytes:
    import typst  # noqa: PLC0415

    made: bytes = typst.compile({"main.typ": main, **files}, font_paths=[FONTS], ignore_system_fonts=True, **options)
    return made
