"""A grade from 0 to 10, as on a school report; six and more is good news."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialogue.questions.findings import Finding
from dialogue.questions.items import Item
from dialogue.questions.kinds.base import Kind, Summary
from dialogue.questions.kinds.one_choice import OneChoice
from dialogue.questions.options import new_options
from dialogue.questions.wording import language_name
from dialogue.shared.bands import RULES, Band
from dialogue.shared.text import clean

HIGHEST, ENOUGH = 10, 6
ENDS = {"low": "0", "high": str(HIGHEST)}  # word → the grade it explains
LONGEST_END = 40


class Grade(OneChoice):
    """One of eleven numbers, of which the two at the ends are explained in words."""

    key = "grade"
    label = _l("Cijfer van 0 tot 10")
    has_own_options = False
    bands = frozenset({Band.B, Band.C, Band.D})

    def new_config(self, band: Band) -> dict[str, Any]:
        grades = new_options(str(grade) for grade in range(HIGHEST + 1))
        return {"options": [option | {"positive": int(option["code"]) >= ENOUGH} for option in grades]}

    def _config(self, item: Item, _form: Mapping[str, str]) -> dict[str, Any]:
        config: dict[str, Any] = item["config"]
        return config

    def _words(self, item: Item, form: Mapping[str, str], language: str) -> dict[str, Any]:
        names = ("question", "help", *ENDS)
        return {name: clean(form.get(f"{language}.{name}", ""), lines=False) for name in names}

    def spoken(self, item: Item, language: str) -> dict[str, str]:
        return Kind.spoken(self, item, language)  # numbers need nobody's voice

    def in_words(self, item: Item, value: str, language: str) -> str:
        return value

    def _check(self, item: Item, band: Band, language: str) -> list[Finding]:
        if band not in self.bands:
            too_young = _("Kinderen van %(years)s jaar geven nog geen cijfers.", years=RULES[band].years)
            return [Finding(too_young, blocks=True)]
        words = item["words"].get(language, {})
        ends = [words.get(name, "") for name in ENDS]
        found = []
        if not all(ends):
            name = language_name(language)
            found.append(Finding(_("Zeg wat 0 en wat 10 betekent (%(language)s).", language=name), blocks=True))
        if any(len(text) > LONGEST_END for text in ends):
            too_long = _("Wat 0 of 10 betekent is te lang: hoogstens %(most)s tekens.", most=LONGEST_END)
            found.append(Finding(too_long, blocks=True))
        if band == Band.B:
            found.append(Finding(_("Een cijfer geven lukt vanaf 10 jaar: vraag je het ook aan jongere kinderen?")))
        return found

    def _bar(self, item: Item, code: str, language: str) -> str:
        words = item["words"].get(language, {})
        end = next((words.get(name) for name, grade in ENDS.items() if grade == code), "")
        return f"{code} ({end})" if end else code

    def _finding(self, _item: Item, summary: Summary, _language: str) -> str:
        share = round(100 * summary.positive.share) if summary.positive else 0
        return str(_("%(share)s %% geeft een %(grade)s of meer", share=share, grade=ENOUGH))
