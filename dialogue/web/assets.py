"""Static files: names that change with their content, so that browsers may keep them for a year; text is compressed."""

import hashlib
import re
import tomllib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for
from markupsafe import Markup, escape

from dialogue.web.i18n import in_language
from dialogue.web.packed import Packed, pack, respond

STATIC = Path(__file__).parents[2] / "static"
YEAR = "public, max-age=31536000, immutable"
SHORT = "public, max-age=600"
SCRIPT = "text/javascript; charset=utf-8"
TEXTS = {".js": SCRIPT, ".mjs": SCRIPT, ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml; charset=utf-8"}


def init(app: Flask) -> None:
    """Give templates `asset(path)` and `picture(name)`, and hand out what lies in static/."""
    app.jinja_env.globals.update(asset=asset, picture=picture, picture_words=picture_words)

    def static(filename: str) -> Response:
        if text := _text(filename):
            return respond(text, kept())
        response = app.send_static_file(filename)
        response.headers["Cache-Control"] = kept()
        return response

    app.view_functions["static"] = static


def kept() -> str:
    """How long a browser may keep what it asks for: a year under an address with a mark of its content."""
    return YEAR if request.args.get("v") else SHORT


@cache
def _texts() -> dict[str, str]:
    """The files that are text, and of which kind; no other name leads to a file here."""
    found = (path for path in STATIC.rglob("*") if path.suffix in TEXTS)
    return {path.relative_to(STATIC).as_posix(): TEXTS[path.suffix] for path in found}


@cache
def _text(path: str) -> Packed | None:
    kind = _texts().get(path)
    return pack((STATIC / path).read_bytes(), kind) if kind else None


@cache
def _version(path: str) -> str:
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:10]


def asset(path: str) -> str:
    """The address of a static file, with a mark of its content."""
    return url_for("static", filename=path, v=_version(path))


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All pictures: name -> {code, topic, and its words per language}."""
    return tomllib.loads((STATIC / "pictures" / "pictures.toml").read_text())


def picture_words(name: str, language: str) -> str:
    """What is to be seen on picture `name`, in this language."""
    return in_language(catalogue().get(name), language)


@cache
def picture_svg(name: str) -> str:
    """The drawing of picture `name`, one of the catalogue."""
    text = (STATIC / "pictures" / f"{name}.svg").read_text().strip()
    return re.sub(r"^<\?xml[^>]*>\s*", "", text)


def picture(name: str, alt: str = "", css: str = "picture") -> Markup:
    """Picture `name` inline; with `alt` it speaks, without it is decoration. Unknown names give nothing."""
    if name not in catalogue():
        return Markup("")
    role = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    return Markup(picture_svg(name).replace("<svg ", f'<svg class="{escape(css)}" {role} focusable="false" ', 1))  # noqa: S704
