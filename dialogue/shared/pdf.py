"""PDF that everybody can read (PDF/UA-1), set by typst from a template and plain data."""

import json
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """Set `template` (.typ) with `data` (JSON types, read by the template from `sys.inputs.data`).

    typst is loaded at first use: a web worker starts without it.
    """
    import typst  # noqa: PLC0415

    document: bytes = typst.compile(
        template,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards="ua-1",
    )
    return document
