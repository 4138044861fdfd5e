"""One choice out of a few options; "weet ik niet" and "sla over" are always there and are not options."""

from collections.abc import Collection, Mapping
from string import ascii_lowercase
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialogue.questions.findings import Finding
from dialogue.questions.intervals import wilson
from dialogue.questions.items import Item, moved
from dialogue.questions.kinds.base import DONT_KNOW, SKIPPED, Kind, Summary, picture_called
from dialogue.questions.wording import language_name
from dialogue.shared.bands import RULES, Band
from dialogue.shared.errors import NotFound, Refused
from dialogue.shared.text import clean

LONGEST_LABEL = 80
Option = dict[str, Any]  # {"code", "picture", "positive", "retired"}


class OneChoice(Kind):
    """Options have a code that is never reused; an option that goes is retired, not deleted."""

    key = "one_choice"
    label = _l("Kiezen uit antwoorden")
    is_closed = True

    def new_config(self, band: Band) -> dict[str, Any]:
        count = 3 if band == Band.A else 4
        return {"options": [_option(code) for code in ascii_lowercase[:count]]}

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

    def read(self, item: Item, raw: str) -> str:
        if raw in (SKIPPED, DONT_KNOW) or raw in {option["code"] for option in options_of(item)}:
            return raw
        raise Refused(_("Dit antwoord hoort niet bij deze vraag."))

    def _check(self, item: Item, band: Band, language: str) -> list[Finding]:
        options = options_of(item)
        labels = [label(item, option["code"], language) for option in options]
        return [
            *_how_many(options, band),
            *_labels(labels, language),
            *_pictures(options, band),
            *_positive(item, options),
        ]

    def summarise(self, item: Item, counts: Mapping[str, int]) -> Summary:
        options = [option for option in item["config"]["options"] if not option["retired"] or option["code"] in counts]
        chosen = {option["code"]: counts.get(option["code"], 0) for option in options}
        good = [option["code"] for option in options if option["positive"]]
        positive = wilson(sum(chosen[code] for code in good), sum(chosen.values())) if good else None
        return Summary(chosen, counts.get(DONT_KNOW, 0), counts.get(SKIPPED, 0), positive)

    def draw(self, item: Item, summary: Summary, language: str) -> dict[str, Any]:
        inks = _inks(item["config"]["options"])
        bars = [
            {
                "code": code,
                "label": label(item, code, language),
                "count": count,
                "share": percent(count, summary.answered),
                "ink": inks[code],
            }
            for code, count in summary.counts.items()
        ]
        with force_locale(language):
            title = _finding(item, summary, language)
        return {
            "title": title,
            "question": item["words"].get(language, {}).get("question", ""),
            "bars": bars,
            "answered": summary.answered,
            "dont_know": summary.dont_know,
            "skipped": summary.skipped,
            "positive": summary.positive,
        }


def options_of(item: Item) -> list[Option]:
    """The options that are asked now."""
    return [option for option in item["config"]["options"] if not option["retired"]]


def label(item: Item, code: str, language: str) -> str:
    """What an option is called in this language ("" when it has no name yet)."""
    return str(item["words"].get(language, {}).get("options", {}).get(code, ""))


def percent(count: int, total: int) -> int:
    """A whole percentage; 0 of nobody is 0."""
    return round(100 * count / total) if total else 0


def with_option(item: Item) -> Item:
    """The item with one more option, under a code it never had."""
    options = item["config"]["options"]
    code = ascii_lowercase[len(options)] if len(options) < len(ascii_lowercase) else f"o{len(options) + 1}"
    return _with(item, [*options, _option(code)])


def without_option(item: Item, code: str) -> Item:
    """The item with this option retired."""
    gone = _find(item, code)
    return _with(item, [o | {"retired": True} if o is gone else o for o in item["config"]["options"]])


def with_option_moved(item: Item, code: str, by: int) -> Item:
    """The item with this option moved among those that are asked."""
    retired = [option for option in item["config"]["options"] if option["retired"]]
    return _with(item, moved(options_of(item), _find(item, code), by) + retired)


def _option(code: str) -> Option:
    return {"code": code, "picture": "", "positive": False, "retired": False}


def _with(item: Item, options: list[Option]) -> Item:
    return item | {"config": item["config"] | {"options": options}}


def _find(item: Item, code: str) -> Option:
    for option in options_of(item):
        if option["code"] == code:
            return option
    raise NotFound


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


def _positive(item: Item, options: Collection[Option]) -> list[Finding]:
    if not item["indicator"] or any(option["positive"] for option in options):
        return []
    return [Finding(_("Duid aan welke antwoorden goed nieuws zijn: dan kan je jaren vergelijken."))]


def _inks(options: Collection[Option]) -> dict[str, str]:
    if not any(option["positive"] for option in options):
        return {option["code"]: "indigo" for option in options}
    return {option["code"]: "positive" if option["positive"] else "negative" for option in options}


def _finding(item: Item, summary: Summary, language: str) -> str:
    if not summary.answered:
        return str(_("Nog geen antwoorden"))
    if summary.positive:
        good = [o["code"] for o in item["config"]["options"] if o["positive"] and o["code"] in summary.counts]
        labels = _("” of “").join(label(item, code, language) for code in good)
        share = round(100 * summary.positive.share)
        return str(_("%(share)s %% kiest “%(labels)s”", share=share, labels=labels))
    top = max(summary.counts, key=lambda code: summary.counts[code])
    share = percent(summary.counts[top], summary.answered)
    return str(_("Meest gekozen: “%(label)s” (%(share)s %%)", label=label(item, top, language), share=share))
