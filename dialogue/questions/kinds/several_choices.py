"""Some choices out of a few options, at most as many as the question says."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialogue.questions import refusals
from dialogue.questions.findings import Finding
from dialogue.questions.items import Item
from dialogue.questions.kinds.base import CHOSE, DONT_KNOW, SKIPPED, TOGETHER, Counted, Summary, codes_in
from dialogue.questions.kinds.one_choice import OneChoice
from dialogue.questions.options import Option, options_of
from dialogue.shared.bands import RULES, Band

LEAST = 2


class SeveralChoices(OneChoice):
    """Options that may be chosen together. Nothing is good news by itself: a child says what, not how."""

    key = "several_choices"
    label = _l("Kiezen, meer dan één mag")
    bands = frozenset({Band.B, Band.C, Band.D})
    most = {Band.B: 2, Band.C: 3, Band.D: 3}  # more is too much to weigh at that age

    def new_config(self, band: Band) -> dict[str, Any]:
        return super().new_config(band) | {"most": LEAST}

    def _config(self, item: Item, form: Mapping[str, str]) -> dict[str, Any]:
        typed = form.get("most", "")
        most = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else item["config"]["most"]
        return super()._config(item, form) | {"most": most}

    def _typed(self, option: Option, form: Mapping[str, str]) -> Option:
        return super()._typed(option, form) | {"positive": False}

    def read(self, item: Item, raw: str) -> str:
        if raw == SKIPPED:
            return raw
        codes = [code for code in raw.split(TOGETHER) if code != DONT_KNOW]  # beside an answer it says nothing
        asked = [option["code"] for option in options_of(item)]
        if not set(codes) <= set(asked):
            raise refusals.no_such_answer()
        if len(set(codes)) < len(codes):
            raise refusals.chosen_twice()
        if len(codes) > item["config"]["most"]:
            raise refusals.too_many(item["config"]["most"])
        return TOGETHER.join(self._sorted(codes, asked)) or DONT_KNOW

    def _sorted(self, codes: list[str], asked: list[str]) -> list[str]:
        """In which order the codes are kept."""
        return sorted(codes, key=asked.index)

    def tallied(self, item: Item, value: str) -> list[str]:
        codes = codes_in(value)
        return [CHOSE, *codes] if codes else [value]

    def counted(self, item: Item) -> Counted:
        codes = tuple(option["code"] for option in item["config"]["options"])
        return Counted(many=codes, most=item["config"]["most"])

    def _check(self, item: Item, band: Band, language: str) -> list[Finding]:
        if band not in self.bands:
            years = RULES[band].years
            one = _("Kinderen van %(years)s jaar kiezen één antwoord: neem “Kiezen uit antwoorden”.", years=years)
            return [Finding(one, blocks=True)]
        return super()._check(item, band, language) + self._most(item, band)

    def _most(self, item: Item, band: Band) -> list[Finding]:
        most, limit = item["config"]["most"], self.most[band]
        if most > limit:
            too_many = _(
                "Kinderen van %(years)s jaar kiezen er hoogstens %(most)s.", years=RULES[band].years, most=limit
            )
            return [Finding(too_many, blocks=True)]
        if not LEAST <= most < len(options_of(item)):
            return [Finding(_("Laat er minstens twee kiezen, en minder dan er antwoorden zijn."), blocks=True)]
        return []

    def _positive(self, _item: Item, _options: Collection[Option]) -> list[Finding]:
        return []

    def summarise(self, item: Item, counts: Mapping[str, int]) -> Summary:
        return replace(super().summarise(item, counts), answered=counts.get(CHOSE, 0))

    def _note(self, item: Item) -> str:
        most = item["config"]["most"]
        return str(_("Kinderen kozen er hoogstens %(most)s: samen is dat meer dan 100 %%.", most=most))
