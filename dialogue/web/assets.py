"""Static files: names that change with their content, so that browsers may keep them for a year."""

import hashlib
import re
import tomllib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for
from markupsafe import Markup, escape

from dialogue.web.i18n import in_language

STATIC = Path(__file__).parents[2] / "static"
YEAR = "public, max-age=31536000, immutable"


def init(app: Flask) -> None:
    """Give templates `asset(path)` and `picture(name)`."""
    app.jinja_env.globals.update(asset=asset, picture=picture, picture_words=picture_words)

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static":
            response.headers["Cache-Control"] = YEAR if request.args.get("v") else "public, max-age=600"
        return response


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
