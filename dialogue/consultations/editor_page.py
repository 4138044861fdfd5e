"""What the editor shows beside the questions: a child's phone, and everything a maker can choose from."""

from typing import Any

from flask import render_template
from flask_babel import force_locale, get_locale
from markupsafe import Markup

from dialogue.consultations.models import Version
from dialogue.questions import bank
from dialogue.questions.items import Item, question
from dialogue.questions.kinds import KINDS
from dialogue.web.assets import catalogue
from dialogue.web.i18n import DEFAULT, in_language


def phone(version: Version, item: Item, language: str) -> Markup:
    """What a child would see, in the child's language whatever the page's."""
    number = [one["key"] for one in version.items].index(item["key"]) + 1
    with force_locale(language):
        html = render_template(
            "consultations/phone.html",
            item=item,
            band=version.band,
            shown_language=language,
            number=number,
            total=len(version.items),
        )
    return Markup(html)  # noqa: S704 (our own template, escaped by Jinja)


def choices(version: Version) -> dict[str, Any]:
    """Kinds, scales, questions of the bank, indicators and pictures."""
    return {
        "KINDS": KINDS,
        "scales": _scales(),
        "bank": _bank(version),
        "indicators": bank.indicators(),
        "blocks": bank.BLOCKS,
        "pictures": catalogue(),
    }


def _scales() -> dict[str, str]:
    language = str(get_locale() or DEFAULT)
    named = bank.scale_names().items()
    return {name: " · ".join(labels.get(language, labels[DEFAULT])) for name, labels in named}


def _bank(version: Version) -> dict[str, list[tuple[str, str]]]:
    band, country, language = version.band, version.consultation.municipality.country, str(get_locale() or DEFAULT)
    return {
        in_language(topic.titles): [
            (code, question(bank.bank_item(code, band, country), language)) for code in topic.codes(band)
        ]
        for topic in [*bank.topics(), bank.starter("core")]
        if topic.codes(band)
    }
