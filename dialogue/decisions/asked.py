"""What a signal rests on, to be looked at: the question that was asked, and its chart with its figures in words."""

from typing import Any

from flask_babel import gettext as _

from dialogue.results.queries import chart, charts_of, public_publication
from dialogue.shared.paper import Picture
from dialogue.signals.models import AnswerBasis, Signal
from dialogue.signals.rules import words_of
from dialogue.web.i18n import in_language

Item = dict[str, Any]  # as dialogue.results.publishing makes it


def question(signal: Signal, language: str) -> str:
    """The closed question on which it rests; "" for one that rests on words only."""
    items = [item for instrument in signal.wave.instruments for item in instrument.document["items"]]
    wanted = next((item for item in items if item["key"] == signal.bases[0].item), None) if signal.bases else None
    return words_of(wanted, language)["question"] if wanted else ""


def chart_name(signal: Signal, language: str) -> str | None:
    """What the chart of that question is called, once it is drawn."""
    drawn = _drawn(signal, language)
    return drawn[1] if drawn else None


def picture_of(signal: Signal, language: str) -> Picture | None:
    """The chart as everybody may see it, with its finding and figures in words."""
    drawn = _drawn(signal, language)
    item = _item(signal, drawn[0]) if drawn else None
    if not drawn or not item:
        return None
    figures = ", ".join(f"{in_language(row['labels'], language)} {row['shown']}" for row in item["rows"])
    finding = in_language(item["titles"], language) or in_language(item["questions"], language)
    alt = _("Grafiek: %(question)s", question=f"{finding}: {figures}" if figures else finding)
    return Picture(chart(signal.wave_id, drawn[1]).encode(), "svg", alt, share=0.75)


def _drawn(signal: Signal, language: str) -> tuple[AnswerBasis, str] | None:
    languages, there = signal.consultation.languages, charts_of(signal.wave_id)
    shown = language if language in languages else languages[0]
    named = ((basis, f"{basis.band}-{basis.item}-{shown}") for basis in signal.bases)
    return next((found for found in named if found[1] in there), None)


def _item(signal: Signal, basis: AnswerBasis) -> Item | None:
    bands = (public_publication(signal.wave_id) or {"bands": []})["bands"]
    items = (item for band in bands if band["band"] == basis.band for item in band["items"])
    return next((item for item in items if item["key"] == basis.item), None)
