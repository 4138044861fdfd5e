"""The child's pages as bytes: rendered once per process, compressed once.

A questionnaire is the same for every child of an instrument, language and band; the place stands only in the address.
"""

import base64
import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import Any, TypeVar

from flask import current_app, g, render_template, url_for
from flask_babel import force_locale
from markupsafe import Markup

from dialogue.answering import receipt
from dialogue.answering.doors import Sheet
from dialogue.answering.help_words import for_phones
from dialogue.web.assets import STATIC
from dialogue.web.i18n import in_tongue
from dialogue.web.packed import Packed, pack

FRESH_SECONDS = 2.0  # so long, and a moment more (`dialogue.web.lane`), a page may be behind a change by staff
MOST_KEPT = 5000
JSON = "application/json"
Thing = TypeVar("Thing")
_MAKING = Lock()


@cache
def critical_style() -> Markup:
    """The style that stands in the page: the tokens and the child's own rules, without comments and spare spaces."""
    tokens = re.search(r":root \{.*?\n\}", (STATIC / "css" / "tokens.css").read_text(), re.DOTALL)
    text = (tokens.group() if tokens else "") + (STATIC / "css" / "answering-child.css").read_text()
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return Markup(re.sub(r" ?([{};,]) ?", r"\1", text).replace(": ", ":").replace(";}", "}"))  # noqa: S704


@cache
def style_source() -> str:
    """The hash by which the policy lets that style pass."""
    digest = hashlib.sha256(critical_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def fresh(key: tuple[str, ...], make: Callable[[], Thing]) -> Thing:
    """What `make` gives, at most two seconds old; the tests see every change at once."""
    kept: dict[tuple[str, ...], tuple[float, Any]] = current_app.extensions.setdefault("dialogue.fresh", {})
    until, thing = kept.get(key, (0.0, None))
    if until > time.monotonic():
        found: Thing = thing
        return found
    made = make()
    if not current_app.testing:
        if len(kept) > MOST_KEPT:
            kept.clear()
        kept[key] = (time.monotonic() + FRESH_SECONDS, made)
    return made


def questionnaire(sheet: Sheet) -> Packed:
    """The questionnaire, empty, as all children get it; a class that asks at once has it made once."""
    with _MAKING:
        return _made(sheet)


@lru_cache(maxsize=256)
def _made(sheet: Sheet) -> Packed:
    return pack(render_sheet(sheet).encode())


def render_sheet(sheet: Sheet, typed: Mapping[str, str] | None = None, errors: Sequence[str] = ()) -> str:
    """The questionnaire in its languages; with what was typed and what is wrong with it, where there is."""
    return render(sheet, "sheet", **asked(sheet), typed=typed or {}, errors=errors)


def asked(sheet: Sheet) -> dict[str, Any]:
    """The questions of a sheet, and the addresses of the texts that somebody recorded in its language."""
    document, language = json.loads(sheet.document), sheet.language
    names = document.get("sounds", {}).get(language, {})
    heard = {name: sound_address(sheet.consultation, sheet.instrument, language, name) for name in names}
    return {"items": document["items"], "heard": heard}


def render(sheet: Sheet, name: str, **values: Any) -> str:
    """A page of this questionnaire; `tongue` are the attributes of what is said in the language of the questions."""
    g.pinned = sheet.interface  # the same links for everybody
    with force_locale(sheet.interface):
        own = {"asked_in": sheet.language, "language": sheet.interface, "tongue": in_tongue(sheet.language)}
        lists = {"word_list": words_address(sheet.words_in), "help_words": help_words_address(sheet.interface)}
        page = vars(sheet) | own | lists | values
        return render_template(f"answering/child/{name}.html", **page)


@cache
def word_list(language: str) -> Packed:
    """The word list of the receipt, as the script fetches it."""
    return pack(json.dumps(receipt.word_list(language)).encode(), JSON)


@cache
def help_words(language: str) -> Packed:
    """The words that ask for help, as the script fetches them."""
    return pack(for_phones(language), JSON)


def words_address(language: str) -> str:
    """Where the word list stands, with a mark of its content so that it may be kept for a year."""
    return url_for("child.words", language=language, v=word_list(language).mark[:10])


def sound_address(consultation: str, instrument: str, language: str, name: str) -> str:
    """Where a recording is heard; the hash of the questionnaire covers what it says, so it may be kept for ever."""
    return url_for("child.sound", consultation=consultation, instrument=instrument, language=language, name=name)


def help_words_address(language: str) -> str:
    """Where a phone finds the words that ask for help, in the same way."""
    return url_for("child.help_words", language=language, v=help_words(language).mark[:10])
