"""Doors of the editor: the questions of one band, one verb per door, and a preview that stores nothing."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.consultations import editing, rules, sound_rules
from dialogue.consultations.editor_page import choices, phone
from dialogue.consultations.models import Version
from dialogue.consultations.queries import get_for_reading, get_for_writing, may_write
from dialogue.consultations.words import CHANNEL_WORDS, STATE_CHIPS, STATE_WORDS, band_words, round_words, title
from dialogue.questions.checking import check_item, check_questions, minutes
from dialogue.shared.actor import Role
from dialogue.shared.bands import RULES
from dialogue.shared.database import writing
from dialogue.web.access import allow, current_actor

bp = Blueprint("consultations", __name__)
WORDS = {
    "band_words": band_words,
    "title": title,
    "round_words": round_words,
    "STATE_WORDS": STATE_WORDS,
    "STATE_CHIPS": STATE_CHIPS,
    "CHANNEL_WORDS": CHANNEL_WORDS,
}
bp.context_processor(lambda: WORDS)
QUESTIONS = "/desk/consultations/<int:consultation_id>/questions/<band>"
ITEM = QUESTIONS + "/<key>"
OPTION = ITEM + "/options/<code>"


@bp.get(QUESTIONS)
@allow()
def questions(consultation_id: int, band: str) -> str:
    actor = current_actor()
    consultation = get_for_reading(actor, consultation_id)
    version = editing.version_for(consultation, band)
    chosen = next((item for item in version.items if item["key"] == request.args.get("item")), None)
    language = _shown_language(version)
    previewed = chosen or next(iter(version.items), None)
    return render_template(
        "consultations/questions.html",
        consultation=consultation,
        version=version,
        wave=rules.latest(consultation),
        writes=may_write(actor, consultation),
        chosen=chosen,
        report=check_questions(version.items, version.band, consultation.languages),
        minutes=minutes(version.items, version.band),
        phone=phone(version, previewed, language) if previewed else None,
        shown_language=language,
        most_minutes=RULES[version.band].minutes,
        recorded=sound_rules.progress(version),
        stale=sound_rules.stale(version),
        **choices(version),
    )


@bp.post(QUESTIONS)
@allow(Role.MAKER)
def add_item(consultation_id: int, band: str) -> ResponseReturnValue:
    with writing():
        version = _version(consultation_id, band)
        key = editing.add_item(current_actor(), version, request.form.get("start", ""))["key"]
    return _to(consultation_id, band, key)


@bp.post(ITEM)
@allow(Role.MAKER)
def save_item(consultation_id: int, band: str, key: str) -> ResponseReturnValue:
    response = _change(consultation_id, band, key, lambda v: editing.save_item(current_actor(), v, key, request.form))
    stale = sound_rules.stale(_version(consultation_id, band))
    flash(_("Bewaard. Een ingesproken geluid past niet meer bij de tekst.") if stale else _("Bewaard."))
    return response


@bp.post(ITEM + "/preview")
@allow(Role.MAKER)
def preview(consultation_id: int, band: str, key: str) -> str:
    version = _version(consultation_id, band)
    item = editing.typed(version, key, request.form)
    findings = check_item(item, version.band, version.consultation.languages)
    shown = phone(version, item, _shown_language(version))
    return render_template("consultations/preview.html", phone=shown, findings=findings)


@bp.post(ITEM + "/up")
@allow(Role.MAKER)
def item_up(consultation_id: int, band: str, key: str) -> ResponseReturnValue:
    return _change(consultation_id, band, key, lambda v: editing.move_item(current_actor(), v, key, -1))


@bp.post(ITEM + "/down")
@allow(Role.MAKER)
def item_down(consultation_id: int, band: str, key: str) -> ResponseReturnValue:
    return _change(consultation_id, band, key, lambda v: editing.move_item(current_actor(), v, key, 1))


@bp.post(ITEM + "/remove")
@allow(Role.MAKER)
def remove_item(consultation_id: int, band: str, key: str) -> ResponseReturnValue:
    return _change(consultation_id, band, "", lambda v: editing.remove_item(current_actor(), v, key))


@bp.post(ITEM + "/options")
@allow(Role.MAKER)
def add_option(consultation_id: int, band: str, key: str) -> ResponseReturnValue:
    return _change(consultation_id, band, key, lambda v: editing.add_option(current_actor(), v, key, request.form))


@bp.post(OPTION + "/up")
@allow(Role.MAKER)
def option_up(consultation_id: int, band: str, key: str, code: str) -> ResponseReturnValue:
    def move(version: Version) -> None:
        editing.move_option(current_actor(), version, key, request.form, code)

    return _change(consultation_id, band, key, move)


@bp.post(OPTION + "/remove")
@allow(Role.MAKER)
def remove_option(consultation_id: int, band: str, key: str, code: str) -> ResponseReturnValue:
    def remove(version: Version) -> None:
        editing.remove_option(current_actor(), version, key, request.form, code)

    return _change(consultation_id, band, key, remove)


def _change(consultation_id: int, band: str, key: str, verb: Callable[[Version], object]) -> ResponseReturnValue:
    with writing():
        verb(_version(consultation_id, band))
    return _to(consultation_id, band, key)


def _version(consultation_id: int, band: str) -> Version:
    return editing.version_for(get_for_writing(current_actor(), consultation_id), band)


def _to(consultation_id: int, band: str, key: str) -> ResponseReturnValue:
    page = url_for(
        "consultations.questions",
        consultation_id=consultation_id,
        band=band,
        item=key or None,
        shown=request.form.get("shown"),
        _anchor=f"item-{key}" if key else "questions",
    )
    return redirect(page)


def _shown_language(version: Version) -> str:
    languages: list[str] = version.consultation.languages
    wanted = request.values.get("shown", "")
    return wanted if wanted in languages else languages[0]
