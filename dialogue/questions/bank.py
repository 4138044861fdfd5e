"""The question bank: templates per topic, for each band in its own words, with the scales and indicators they use.

Everything stands in `starters/*.toml`. The wording is not yet tried with children, and the Arabic, Turkish, Ukrainian
and Polish not yet read by native speakers; what only staff read (indicators, titles of topics) is not there in these.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from flask_babel import lazy_gettext as _l

from dialogue.questions.items import Item
from dialogue.questions.kinds import KINDS
from dialogue.shared.bands import Band
from dialogue.shared.errors import NotFound
from dialogue.web.i18n import LANGUAGES

FOLDER = Path(__file__).parent / "starters"
TOPICS = ("mobility", "public_space", "youth")
ALWAYS_OPEN = "always_open"
# the barometer's five building blocks (Network Child Friendly Cities NL, 2021)
BLOCKS = {
    "T": _l("Thuis"),
    "B": _l("Bestuur"),
    "E": _l("Educatie en ontwikkeling"),
    "I": _l("Infra"),
    "S": _l("Sociaal"),
}


@dataclass(frozen=True)
class Indicator:
    """What a question measures, above bands and consultations."""

    code: str
    concept: dict[str, str]  # per language
    block: str  # a key of BLOCKS


@dataclass(frozen=True)
class Starter:
    """A template to begin with."""

    key: str
    titles: dict[str, str]
    picture: str
    questions: tuple[dict[str, Any], ...]
    promise: dict[str, Any]

    def codes(self, band: Band) -> list[str]:
        """The questions it has for this band."""
        return [question["code"] for question in self.questions if band in question]


@cache
def starter(key: str) -> Starter:
    """The template with this key; raises NotFound."""
    if key not in (*TOPICS, ALWAYS_OPEN, "core"):
        raise NotFound
    read = _toml(key)
    questions = tuple(read["questions"])
    return Starter(key, read.get("titles", {}), read.get("picture", ""), questions, read.get("promise", {}))


def topics() -> list[Starter]:
    """The templates a maker can choose from."""
    return [starter(key) for key in TOPICS]


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by code, core questions last."""
    questions = [question for key in (*TOPICS, "core") for question in starter(key).questions]
    return {q["code"]: Indicator(q["code"], q["concept"], q["block"]) for q in questions if "block" in q}


def starter_items(key: str, band: Band, country: str = "BE") -> list[Item]:
    """The questions of a template for this band, with the core questions at the end, keys q1, q2, …"""
    codes = starter(key).codes(band)
    if key != ALWAYS_OPEN:
        codes += starter("core").codes(band)
    return [bank_item(code, band, country) | {"key": f"q{number}"} for number, code in enumerate(codes, 1)]


def bank_item(code: str, band: Band, country: str = "BE") -> Item:
    """One question of the bank for this band, without a key; raises NotFound."""
    for key in (*TOPICS, "core", ALWAYS_OPEN):
        for question in starter(key).questions:
            if question["code"] == code and band in question:
                return _item(question, band, country)
    raise NotFound


def scale_names() -> dict[str, dict[str, list[str]]]:
    """The sets of answers a new question can begin with: name -> labels per language."""
    return {
        name: {language: _labels(scale, language, {}) for language in LANGUAGES}
        for name, scale in _toml("scales").items()
    }


def scale_item(name: str) -> Item:
    """A question without words yet, with the answers of this scale; raises NotFound."""
    if name not in _toml("scales"):
        raise NotFound
    return _blank("one_choice") | _options(_toml("scales")[name], {})


def _item(question: dict[str, Any], band: Band, country: str) -> Item:
    asked = question[band]
    if "same" in asked:
        asked = question[asked["same"]]
    item = _blank(asked.get("kind", "one_choice"))
    item |= {"indicator": question["code"] if "block" in question else "", "picture": question.get("picture", "")}
    if item["kind"] == "own_words":
        item["config"] = KINDS["own_words"].new_config(band)
    else:
        item |= _options(asked.get("options") or _toml("scales")[asked["scale"]], asked.get("poles", {}))
    for language in LANGUAGES:
        item["words"][language]["question"] = asked[language]
    return _in_the_netherlands(item) if country == "NL" else item


def _blank(kind: str) -> Item:
    return {"key": "", "kind": kind, "indicator": "", "picture": "", "config": {}, "words": _no_words()}


def _no_words() -> dict[str, dict[str, Any]]:
    return {language: {"question": "", "help": ""} for language in LANGUAGES}


def _options(labels: dict[str, Any], poles: dict[str, list[str]]) -> Item:
    """The answers: `labels` per language, which of them are `positive`, their `pictures`; codes a, b, c, …"""
    codes = ascii_lowercase[: len(labels["nl"])]
    positive, pictures = labels.get("positive", [False] * len(codes)), labels.get("pictures", [""] * len(codes))
    config = [
        {"code": code, "picture": picture, "positive": good, "retired": False}
        for code, picture, good in zip(codes, pictures, positive, strict=True)
    ]
    words = {
        language: own | {"options": dict(zip(codes, _labels(labels, language, poles), strict=True))}
        for language, own in _no_words().items()
    }
    return {"config": {"options": config}, "words": words}


def _labels(labels: dict[str, Any], language: str, poles: dict[str, list[str]]) -> list[str]:
    """The answers in this language, with the poles of the question, else those of the scale, filled in."""
    ends = (labels.get("poles", {}) | poles).get(language, ())
    return [label.format(*ends) for label in labels[language]]


def _in_the_netherlands(item: Item) -> Item:
    dutch: dict[str, Any] = dict(item["words"]["nl"])
    dutch["question"] = _dutch(dutch["question"])
    if "options" in dutch:
        dutch["options"] = {code: _dutch(label) for code, label in dutch["options"].items()}
    return item | {"words": item["words"] | {"nl": dutch}}


def _dutch(text: str) -> str:
    for flemish, dutch in _toml("netherlands").items():
        text = re.sub(rf"\b{flemish}\b", dutch, text)
    return text


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
