"""Doors of recording: the texts that the youngest children hear, one after the other, in one language."""

from collections.abc import Callable
from functools import partial

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.consultations import editing, rules, sounds
from dialogue.consultations.editor_routes import bp
from dialogue.consultations.models import Version
from dialogue.consultations.queries import get_for_reading, get_for_writing, may_write
from dialogue.consultations.sound_rules import can_be_recorded, lines
from dialogue.consultations.words import line_words
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.shared.sounds import MOST_BYTES, checked_sound
from dialogue.web.access import allow, current_actor
from dialogue.web.headers import with_microphone
from dialogue.web.uploads import brought, handed_out, takes_files

__all__ = ["bp"]
SOUNDS = "/desk/consultations/<int:consultation_id>/sounds/<band>"
Verb = Callable[[Version, str, str], None]  # of a version, a language and the name of a text


@bp.get(SOUNDS)
@allow()
def sounds_of(consultation_id: int, band: str) -> Response:
    return _page(consultation_id, band)


@bp.get(SOUNDS + "/heard")
@allow()
def heard_by_staff(consultation_id: int, band: str) -> Response:
    version = _version(consultation_id, band)
    line = sounds.line_for(version, _language(version), request.args.get("text", ""))
    if line.sound is None:
        raise NotFound
    return handed_out(line.sound.file, shown=True)


@bp.post(SOUNDS)
@allow(Role.MAKER)
@takes_files(MOST_BYTES)
def keep_sound(consultation_id: int, band: str) -> ResponseReturnValue:
    came = brought("sound")
    get_for_writing(current_actor(), consultation_id)
    if came is None:
        return _page(consultation_id, band, [_("Neem eerst iets op, of kies een bestand.")])
    try:
        found = checked_sound(*came)
    except Refused as refusal:
        return _page(consultation_id, band, refusal.reasons)

    def keep(version: Version, language: str, name: str) -> None:
        sounds.keep(current_actor(), version, language, name, request.form.get("said", ""), found)

    return _do(consultation_id, band, keep, _("Bewaard. Luister nog eens."))


@bp.post(SOUNDS + "/fits")
@allow(Role.MAKER)
def say_it_fits(consultation_id: int, band: str) -> ResponseReturnValue:
    def fits(version: Version, language: str, name: str) -> None:
        sounds.say_it_fits(current_actor(), version, language, name, request.form.get("said", ""))

    return _do(consultation_id, band, fits, _("Het geluid blijft bij deze tekst."))


@bp.post(SOUNDS + "/away")
@allow(Role.MAKER)
def take_sound_away(consultation_id: int, band: str) -> ResponseReturnValue:
    away = partial(sounds.take_away, current_actor())
    return _do(consultation_id, band, away, _("Het geluid is weg. De tekst blijft."))


def _do(consultation_id: int, band: str, verb: Verb, done: str) -> ResponseReturnValue:
    name = request.form.get("text", "")
    try:
        with writing():
            version = editing.version_for(get_for_writing(current_actor(), consultation_id), band)
            language = _language(version)
            verb(version, language, name)
    except Refused as refusal:
        return _page(consultation_id, band, refusal.reasons)
    flash(done)
    page = url_for(
        "consultations.sounds_of",
        consultation_id=consultation_id,
        band=band,
        language=language,
        _anchor=name.replace("/", "-"),
    )
    return redirect(page)


def _page(consultation_id: int, band: str, reasons: object = ()) -> Response:
    version = _version(consultation_id, band)
    consultation, language = version.consultation, _language(version)
    page = render_template(
        "consultations/sounds.html",
        consultation=consultation,
        version=version,
        shown_language=language,
        recorded=[other for other in consultation.versions if can_be_recorded(other)],
        wave=rules.latest(consultation),
        writes=may_write(current_actor(), consultation),
        lines=lines(version, language),
        line_words=line_words,
        most_bytes=MOST_BYTES,
        reasons=reasons,
    )
    return with_microphone(make_response(page, 422 if reasons else 200))


def _version(consultation_id: int, band: str) -> Version:
    version = editing.version_for(get_for_reading(current_actor(), consultation_id), band)
    if not can_be_recorded(version):
        raise NotFound
    return version


def _language(version: Version) -> str:
    """The language that is asked for, else the main one; raises NotFound for one in which nothing is asked."""
    languages = version.consultation.languages
    wanted = request.args.get("language", languages[0])
    if wanted not in languages:
        raise NotFound
    return str(wanted)
