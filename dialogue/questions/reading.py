"""Reading what a child sent against the questionnaire it belongs to: nothing unknown passes."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from dialogue.questions.items import Document, Item
from dialogue.questions.kinds import KINDS
from dialogue.shared.errors import Refused


def read_answers(
    document: Document, answers: Mapping[str, Any], words: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, str]]:
    """The chosen options and the own words of one sending, per question key; skipped questions are absent.

    Raises Refused for a question, an option or a length that the questionnaire does not know.
    """
    return _read(document, answers, closed=True), _read(document, words, closed=False)


def _read(document: Document, sent: Mapping[str, Any], *, closed: bool) -> dict[str, str]:
    items: dict[str, Item] = {i["key"]: i for i in document["items"] if KINDS[i["kind"]].is_closed == closed}
    read = {}
    for key, raw in sent.items():
        if key not in items or not isinstance(raw, str):
            raise Refused(_("Dit antwoord hoort niet bij deze vragen."))
        value = KINDS[items[key]["kind"]].read(items[key], raw)
        if value:
            read[key] = value
    return read
