"""An answer in the child's own words; it is read by people, never counted by option."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialogue.questions import refusals
from dialogue.questions.findings import Finding
from dialogue.questions.items import Item
from dialogue.questions.kinds.base import Kind, Summary
from dialogue.shared.bands import RULES, Band
from dialogue.shared.text import clean

SHORTEST = 40  # characters a child gets at least


class OwnWords(Kind):
    """A few lines of text, at most as long as the band allows."""

    key = "own_words"
    label = _l("In eigen woorden")
    is_closed = False
    bands = frozenset(band for band in Band if RULES[band].own_words)
    effort = 2

    def new_config(self, band: Band) -> dict[str, Any]:
        return {"most_characters": RULES[band].own_words_length}

    def _config(self, item: Item, form: Mapping[str, str]) -> dict[str, Any]:
        typed = form.get("most_characters", "")
        most = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
        return {"most_characters": most or item["config"]["most_characters"]}

    def read(self, item: Item, raw: str) -> str:
        text = clean(raw)
        if len(text) > item["config"]["most_characters"]:
            raise refusals.too_long(item["config"]["most_characters"])
        return text

    def _check(self, item: Item, band: Band, language: str) -> list[Finding]:
        rules, most = RULES[band], item["config"]["most_characters"]
        if not rules.own_words:
            return [Finding(_("Kinderen van %(years)s jaar schrijven nog niet.", years=rules.years), blocks=True)]
        if most > rules.own_words_length:
            length = rules.own_words_length
            too_much = _(
                "Te veel plaats voor %(years)s jaar: hoogstens %(most)s tekens.", years=rules.years, most=length
            )
            return [Finding(too_much, blocks=True)]
        if most < SHORTEST:
            return [Finding(_("Geef minstens %(least)s tekens plaats.", least=SHORTEST), blocks=True)]
        return []

    def draw(self, item: Item, summary: Summary, language: str) -> dict[str, Any]:
        question = item["words"].get(language, {}).get("question", "")
        return {"title": question, "question": question, "note": "", "bars": []}
