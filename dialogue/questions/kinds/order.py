"""The few options that matter most, put in order: first choice, second choice, …"""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialogue.questions.items import Item
from dialogue.questions.kinds.base import CHOSE, DONT_KNOW, SKIPPED, Counted, Summary, codes_in
from dialogue.questions.kinds.one_choice import percent
from dialogue.questions.kinds.several_choices import SeveralChoices
from dialogue.questions.options import label
from dialogue.shared.bands import Band

FIRST = "1"  # before the code of an option: chosen in the first place


class Order(SeveralChoices):
    """As several choices, but the order is kept; counted are the first choices, and who has an option at all."""

    key = "order"
    label = _l("Op volgorde zetten")
    effort = 2

    def new_config(self, band: Band) -> dict[str, Any]:
        return super().new_config(band) | {"most": self.most.get(band, 1)}

    def _sorted(self, codes: list[str], _asked: list[str]) -> list[str]:
        return codes

    def tallied(self, item: Item, value: str) -> list[str]:
        codes = codes_in(value)
        return [CHOSE, FIRST + codes[0], *codes] if codes else [value]

    def counted(self, item: Item) -> Counted:
        codes = tuple(option["code"] for option in item["config"]["options"])
        return Counted(one=tuple(FIRST + code for code in codes), many=codes, most=item["config"]["most"])

    def summarise(self, item: Item, counts: Mapping[str, int]) -> Summary:
        chosen = super().summarise(item, counts)
        first = {FIRST + code: counts.get(FIRST + code, 0) for code in chosen.counts}
        return Summary(first | chosen.counts, chosen.answered, counts.get(DONT_KNOW, 0), counts.get(SKIPPED, 0))

    def _bar(self, item: Item, code: str, language: str) -> str:
        if code.startswith(FIRST):
            return str(_("%(label)s: eerste keuze", label=label(item, code.removeprefix(FIRST), language)))
        most = item["config"]["most"]
        return str(_("%(label)s: bij de eerste %(most)s", label=label(item, code, language), most=most))

    def _finding(self, item: Item, summary: Summary, language: str) -> str:
        first = {code: count for code, count in summary.counts.items() if code.startswith(FIRST)}
        top = max(first, key=lambda code: first[code])
        name, share = label(item, top.removeprefix(FIRST), language), percent(first[top], summary.answered)
        return str(_("Meest op de eerste plaats: “%(label)s” (%(share)s %%)", label=name, share=share))

    def _note(self, item: Item) -> str:
        most = item["config"]["most"]
        return str(_("Kinderen zetten er hoogstens %(most)s op volgorde.", most=most))
