"""One choice out of a few options; "weet ik niet" and "sla over" are always there and are not options."""

from collections.abc import Collection, Mapping
from string import ascii_lowercase
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialogue.questions import refusals
from dialogue.questions.findings import Finding
from dialogue.questions.intervals import wilson
from dialogue.questions.items import Item
from dialogue.questions.kinds.base import DONT_KNOW, SKIPPED, Counted, Kind, Summary, codes_in, picture_called
from dialogue.questions.options import Option, label, new_options, options_of
from dialogue.questions.wording import language_name
from dialogue.shared.bands import RULES, Band
from dialogue.shared.text import clean

LONGEST_LABEL = 80


class OneChoice(Kind):
    """Options with a name in every language, a picture, and whether they are good news."""

    key = "one_choice"
    label = _l("Kiezen uit antwoorden")
    is_closed = True
    has_own_options = True

    def new_config(self, band: Band) -> dict[str, Any]:
        return {"options": new_options(ascii_lowercase[: 3 if band == Band.A else 4])}

    def _config(self, item: Item, form: Mapping[str, str]) -> dict[str, Any]:
        return {"options": [self._typed(option, form) for option in item["config"]["options"]]}

    def _typed(self, option: Option, form: Mapping[str, str]) -> Option:
        if option["retired"]:
            return option
        name = f"option.{option['code']}"
        picture = picture_called(form.get(f"{name}.picture", ""))
        return option | {"picture": picture, "positive": f"{name}.positive" in form}

    def _words(self, item: Item, form: Mapping[str, str], language: str) -> dict[str, Any]:
        labels = dict(item["words"].get(language, {}).get("options", {}))
        for option in options_of(item):
            labels[option["code"]] = clean(form.get(f"{language}.option.{option['code']}", ""), lines=False)
        return super()._words(item, form, language) | {"options": labels}

    def spoken(self, item: Item, language: str) -> dict[str, str]:
        answers = {option["code"]: label(item, option["code"], language) for option in options_of(item)}
        return super().spoken(item, language) | answers

    def read(self, item: Item, raw: str) -> str:
        if raw in (SKIPPED, DONT_KNOW) or raw in {option["code"] for option in options_of(item)}:
            return raw
        raise refusals.no_such_answer()

    def in_words(self, item: Item, value: str, language: str) -> str:
        return ", ".join(label(item, code, language) or code for code in codes_in(value))

    def counted(self, item: Item) -> Counted:
        options = item["config"]["options"]
        good = frozenset(option["code"] for option in options if option["positive"])
        return Counted(tuple(option["code"] for option in options), good)

    def _check(self, item: Item, band: Band, language: str) -> list[Finding]:
        options = options_of(item)
        labels = [label(item, option["code"], language) for option in options]
        return [
            *_how_many(options, band),
            *_labels(labels, language),
            *_pictures(options, band),
            *self._positive(item, options),
        ]

    def _positive(self, item: Item, options: Collection[Option]) -> list[Finding]:
        if not item["indicator"] or any(option["positive"] for option in options):
            return []
        return [Finding(_("Duid aan welke antwoorden goed nieuws zijn: dan kan je jaren vergelijken."))]

    def summarise(self, item: Item, counts: Mapping[str, int]) -> Summary:
        options = [option for option in item["config"]["options"] if not option["retired"] or option["code"] in counts]
        chosen = {option["code"]: counts.get(option["code"], 0) for option in options}
        answered = sum(chosen.values())
        good = [option["code"] for option in options if option["positive"]]
        positive = wilson(sum(chosen[code] for code in good), answered) if good else None
        return Summary(chosen, answered, counts.get(DONT_KNOW, 0), counts.get(SKIPPED, 0), positive)

    def draw(self, item: Item, summary: Summary, language: str) -> dict[str, Any]:
        with force_locale(language):
            bars = [
                {
                    "code": code,
                    "label": self._bar(item, code, language),
                    "count": count,
                    "share": percent(count, summary.answered),
                    "ink": self._ink(item, code),
                }
                for code, count in summary.counts.items()
            ]
            title = self._finding(item, summary, language) if summary.answered else str(_("Nog geen antwoorden"))
            note = self._note(item)
        return {
            "title": title,
            "question": item["words"].get(language, {}).get("question", ""),
            "note": note,
            "bars": bars,
            "answered": summary.answered,
            "dont_know": summary.dont_know,
            "skipped": summary.skipped,
            "positive": summary.positive,
        }

    def _bar(self, item: Item, code: str, language: str) -> str:
        """What stands beside a bar."""
        return label(item, code, language)

    def _ink(self, item: Item, code: str) -> str:
        good = self.counted(item).positive
        return ("positive" if code in good else "negative") if good else "indigo"

    def _finding(self, item: Item, summary: Summary, language: str) -> str:
        """What stands above the bars when somebody answered."""
        if summary.positive:
            good = [o["code"] for o in item["config"]["options"] if o["positive"] and o["code"] in summary.counts]
            labels = _("” of “").join(label(item, code, language) for code in good)
            share = round(100 * summary.positive.share)
            return str(_("%(share)s %% kiest “%(labels)s”", share=share, labels=labels))
        top = max(summary.counts, key=lambda code: summary.counts[code])
        share = percent(summary.counts[top], summary.answered)
        return str(_("Meest gekozen: “%(label)s” (%(share)s %%)", label=label(item, top, language), share=share))

    def _note(self, _item: Item) -> str:
        """How to read the bars, where that needs saying."""
        return ""


def percent(count: int, total: int) -> int:
    """A whole percentage; 0 of nobody is 0."""
    return round(100 * count / total) if total else 0


def _how_many(options: Collection[Option], band: Band) -> list[Finding]:
    rules = RULES[band]
    if len(options) < 2:
        return [Finding(_("Geef minstens twee antwoorden om uit te kiezen."), blocks=True)]
    if len(options) > rules.most_options:
        too_many = _(
            "Te veel antwoorden voor %(years)s jaar: hoogstens %(most)s.", years=rules.years, most=rules.most_options
        )
        return [Finding(too_many, blocks=True)]
    return []


def _labels(labels: list[str], language: str) -> list[Finding]:
    name = language_name(language)
    found = []
    if not all(labels):
        found.append(_("Een antwoord heeft nog geen woorden (%(language)s).", language=name))
    filled = [text.casefold() for text in labels if text]
    if len(set(filled)) < len(filled):
        found.append(_("Twee antwoorden zijn gelijk (%(language)s).", language=name))
    if any(len(text) > LONGEST_LABEL for text in labels):
        found.append(_("Een antwoord is te lang: hoogstens %(most)s tekens.", most=LONGEST_LABEL))
    return [Finding(text, blocks=True) for text in found]


def _pictures(options: Collection[Option], band: Band) -> list[Finding]:
    if band != Band.A or all(option["picture"] for option in options):
        return []
    return [Finding(_("Kinderen van 4–6 jaar lezen nog niet: geef elk antwoord een prent."))]
