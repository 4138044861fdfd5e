"""The questions on paper (A4, PDF/UA-1), for a place without devices: what children tick, staff type over later."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask_babel import force_locale
from flask_babel import gettext as _

from dialogue.consultations.models import Consultation, Instrument
from dialogue.consultations.queries import Town, town
from dialogue.consultations.words import who_decides
from dialogue.questions.items import Item
from dialogue.questions.kinds import KINDS
from dialogue.questions.options import options_of
from dialogue.shared.pdf import pdf
from dialogue.web.assets import STATIC, catalogue, picture_svg
from dialogue.web.i18n import day, in_language, left_to_right

TEMPLATE = Path(__file__).with_name("paper_form.typ")
LOGO = STATIC / "pictures" / "logo.svg"
LETTERS_A_LINE = 45


def mark(instrument: Instrument) -> str:
    """What stands at the foot of each sheet, so that a pile is typed over with the questions it was printed with."""
    return f"{instrument.band}{instrument.number}"


def form_pdf(instrument: Instrument, language: str, outcome: str) -> bytes:
    """The form of this questionnaire in one of its languages; `outcome` is the address where the answer will be."""
    consultation = instrument.wave.consultation
    with force_locale(language):
        asking = town(consultation)
        document = {
            "language": language,
            "band": instrument.band.value,
            "mark": f"{mark(instrument)} · {language}",
            "logo": LOGO.read_text(),
            "town": asking.name,
            "listens": _("%(town)s luistert", town=asking.name),
            "example": _("Voorbeeld: deze gemeente bestaat niet.") if asking.is_example else "",
            "title": in_language(consultation.titles, language),
            "how": _("Zet een kruisje bij wat jij vindt. Je mag altijd stoppen. Schrijf je naam niet op dit blad."),
            "questions": [_question(item, language, asking) for item in instrument.document["items"]],
            "unsure": _("Weet ik niet"),
            "skip": _("Sla over"),
            "after_title": _("Wat gebeurt er met dit blad?"),
            "after": _after(consultation, instrument, urlsplit(outcome)),
            "help": _(
                "Zit je ergens mee? %(name)s: bel gratis %(number)s.",
                name=asking.help_name,
                number=left_to_right(asking.help_number),
            ),
        }
    return pdf(TEMPLATE, document)


def _question(item: Item, language: str, asking: Town) -> dict[str, Any]:
    """A question as the template draws it; `places` is how many numbers a child writes, `lines` how many lines."""
    words, kind = item["words"][language], KINDS[item["kind"]]
    most = item["config"].get("most_characters", 0)
    return {
        "picture": _drawing(item["picture"]),
        "text": words["question"],
        "help": words.get("help", ""),
        "hint": _hint(item, asking),
        "grades": [option["code"] for option in options_of(item)] if kind.key == "grade" else [],
        "ends": [f"0 = {words['low']}", f"10 = {words['high']}"] if kind.key == "grade" else [],
        "options": [
            {"label": words["options"][option["code"]], "picture": _drawing(option["picture"])}
            for option in (options_of(item) if kind.has_own_options else [])
        ],
        "places": [_("%(number)se keuze", number=number + 1) for number in range(item["config"]["most"])]
        if kind.key == "order"
        else [],
        "lines": -(-most // LETTERS_A_LINE),
    }


def _hint(item: Item, asking: Town) -> str:
    """What a child must know to answer this kind of question."""
    if item["kind"] == "several_choices":
        return str(_("Kies er hoogstens %(most)s.", most=item["config"]["most"]))
    if item["kind"] == "order":
        return str(_("Schrijf in de vakjes het nummer van wat je het belangrijkst vindt."))
    if item["kind"] == "own_words":
        notice = _(
            "We weten niet wie je bent, dus we kunnen je niet bereiken. Praat met iemand die je vertrouwt, "
            "of bel gratis %(number)s (%(name)s).",
            number=left_to_right(asking.help_number),
            name=asking.help_name,
        )
        no_names = _("Schrijf geen namen.")
        return f"{notice} {no_names}"
    return ""


def _after(consultation: Consultation, instrument: Instrument, outcome: Any) -> list[str]:
    """What happens with a sheet, said plainly: there is no receipt, so the outcome is there for everybody."""
    sentences = [_("Iemand van de gemeente typt je antwoorden over. We weten niet wie je bent."), _("We lezen alles.")]
    if consultation.decided_by:
        sentences.append(_("%(who)s beslist mee.", who=who_decides(consultation)))
    sentences.append(_("Op papier krijg je geen vier woorden om later je eigen antwoord terug te zien."))
    where = left_to_right(outcome.netloc + outcome.path)
    hear_back_by = instrument.wave.hear_back_by
    sentences.append(
        _("Ten laatste op %(day)s lees je wat er beslist is op %(where)s.", day=day(hear_back_by), where=where)
        if hear_back_by
        else _("Wat er met de antwoorden gebeurt, lees je op %(where)s.", where=where)
    )
    return sentences


def _drawing(name: str) -> str:
    return picture_svg(name) if name in catalogue() else ""
