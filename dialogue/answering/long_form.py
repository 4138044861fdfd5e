"""The questionnaire without script: a long form, 'Klaar?' with the four words, and the receipt.

Nothing is stored before the last step; hidden fields carry the answers and the words. What goes wrong is said on a
page that still holds everything typed.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from dialogue.answering import doors, pages
from dialogue.answering.receipt import WORDS, new_words, word_list
from dialogue.answering.rules import asks_for_help
from dialogue.answering.sending import accept_form, door_to
from dialogue.answering.services import Closed, Conflict
from dialogue.consultations.models import Instrument, Wave
from dialogue.places.qr import qr_svg
from dialogue.questions.kinds import KINDS
from dialogue.questions.reading import read_answers
from dialogue.shared.errors import Busy, Refused
from dialogue.web.errors import RETRY_AFTER
from dialogue.web.i18n import asked_language

Form = Mapping[str, str]
Page = tuple[str, int, dict[str, str]]


def step(form: Form, instrument: Instrument, wave: Wave, place_id: int, language: str) -> Page:
    """Do what the pressed button asks: send, change, or (any other) check."""
    sheet = doors.sheet_of(instrument, language, asked_language())
    if form.get("step") == "send":
        return _send(form, sheet, instrument, wave, place_id)
    if form.get("step") == "change":
        return pages.render_sheet(sheet, _typed(form, instrument)), 200, {}
    return _check(form, sheet, instrument, new_words(sheet.words_in))


def _check(form: Form, sheet: doors.Sheet, instrument: Instrument, words: list[str], *errors: str) -> Page:
    typed = _typed(form, instrument)
    open_questions = {item["key"] for item in instrument.document["items"] if item["kind"] == "own_words"}
    own = {item: value for item, value in typed.items() if item in open_questions}
    try:
        read_answers(
            instrument.document,  # type: ignore[arg-type]
            {item: value for item, value in typed.items() if item not in own},
            own,
        )
    except Refused as error:
        return pages.render_sheet(sheet, typed, error.reasons), 422, {}
    html = pages.render(
        sheet,
        "check",
        typed=typed,
        answers=_in_words(instrument, typed, sheet.language),
        four_words=words,
        worried=any(map(asks_for_help, own.values())),
        errors=errors,
    )
    return html, 422 if errors else 200, {}


def _send(form: Form, sheet: doors.Sheet, instrument: Instrument, wave: Wave, place_id: int) -> Page:
    words = form.get("words", "").split()
    if len(words) != WORDS or not set(words) <= set(word_list(sheet.words_in)):
        return _check(form, sheet, instrument, new_words(sheet.words_in), _("Hier zijn vier nieuwe woorden."))
    try:
        received = accept_form(form, door_to(wave, place_id), " ".join(words))
    except Conflict:
        return _check(form, sheet, instrument, new_words(sheet.words_in), _("Hier zijn vier nieuwe woorden."))
    except Closed as error:
        raise doors.ClosedRound(wave.consultation) from error
    except Refused as error:
        return pages.render_sheet(sheet, _typed(form, instrument), error.reasons), 422, {}
    except Busy:
        html, *_rest = _check(form, sheet, instrument, words, _("Het lukt nu even niet. Probeer het zo opnieuw."))
        return html, 503, {"Retry-After": RETRY_AFTER}
    html = pages.render(
        sheet,
        "receipt",
        four_words=words,
        worried=received.help,
        qr=Markup(qr_svg.__wrapped__(f"{sheet.receipt_address}#{'-'.join(words)}")),  # noqa: S704  not into its cache
    )
    return html, 200, {}


def _typed(form: Form, instrument: Instrument) -> dict[str, str]:
    """What was filled in, per question, as it came."""
    return {item["key"]: form[item["key"]] for item in instrument.document["items"] if form.get(item["key"])}


def _in_words(instrument: Instrument, typed: Form, language: str) -> list[tuple[str, str]]:
    """Each question with its answer as the child reads it; '' where it was skipped."""

    def answer(item: dict[str, Any]) -> str:
        value = typed.get(item["key"], "")
        if value == "?":
            return str(_("Weet ik niet"))
        return KINDS[item["kind"]].in_words(item, value, language)

    return [(item["words"][language]["question"], answer(item)) for item in instrument.document["items"]]
