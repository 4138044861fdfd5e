"""Doors for the picture and the sound of one version of a message: chosen, recorded or brought, heard, taken away."""

from collections.abc import Callable
from functools import partial

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions.models import Decision
from dialogue.decisions.words import child_words, outcome_colour
from dialogue.feedback import queries, sounds
from dialogue.feedback.desk import Writing
from dialogue.feedback.review_routes import bp
from dialogue.feedback.routes import EDITORS
from dialogue.feedback.versions import Version
from dialogue.feedback.words import PART_LABELS, version_words
from dialogue.shared.actor import Actor
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.shared.files import read
from dialogue.shared.sounds import MOST_BYTES, checked_sound
from dialogue.web.access import allow, current_actor
from dialogue.web.assets import catalogue
from dialogue.web.headers import with_microphone
from dialogue.web.uploads import brought, handed_out, takes_files

__all__ = ["bp"]
Verb = Callable[[Actor, Decision, Version], None]


@bp.get("/desk/messages/<int:decision_id>/media")
@allow(*EDITORS)
def media(decision_id: int) -> Response:
    return _page(_desk(decision_id))


@bp.get("/desk/messages/<int:decision_id>/sound")
@allow(*EDITORS)
def sound(decision_id: int) -> Response:
    sound_id = _desk(decision_id).shown.sound_id
    if sound_id is None:
        raise NotFound
    return handed_out(read(sound_id), shown=True)


@bp.post("/desk/messages/<int:decision_id>/sound")
@allow(*EDITORS)
@takes_files(MOST_BYTES)
def keep_sound(decision_id: int) -> ResponseReturnValue:
    desk, came = _desk(decision_id), brought("sound")
    if came is None:
        return _page(desk, [_("Neem eerst iets op, of kies een bestand.")])
    try:
        found = checked_sound(*came)
    except Refused as refusal:
        return _page(desk, refusal.reasons)
    return _do(
        desk,
        partial(sounds.keep_sound, sound=found),
        _("Het geluid is bewaard. Luister er nog eens naar voor je het vertelt."),
    )


@bp.post("/desk/messages/<int:decision_id>/sound/away")
@allow(*EDITORS)
def take_sound_away(decision_id: int) -> ResponseReturnValue:
    return _do(_desk(decision_id), sounds.take_sound_away, _("Het geluid is weg. De tekst blijft."))


@bp.post("/desk/messages/<int:decision_id>/picture")
@allow(*EDITORS)
def choose_picture(decision_id: int) -> ResponseReturnValue:
    name, seen = request.form.get("picture", ""), request.form.get("seen")
    done = _("De prent staat boven het bericht.") if name else _("Er staat geen prent boven het bericht.")
    return _do(_desk(decision_id), partial(sounds.choose_picture, name=name, seen=seen), done)


def _desk(decision_id: int) -> Writing:
    """A version that was saved; raises NotFound for another."""
    decision = queries.get_for_writing(current_actor(), decision_id)
    desk = Writing(decision, queries.message_for(decision_id), request.args.get("version", ""))
    if not desk.has(desk.version):
        raise NotFound
    return desk


def _do(desk: Writing, verb: Verb, done: str) -> ResponseReturnValue:
    actor, decision_id, version = current_actor(), desk.decision.id, desk.version
    try:
        with writing():
            verb(actor, queries.get_for_writing(actor, decision_id), version)
    except Refused as refusal:
        return _page(_desk(decision_id), refusal.reasons)
    flash(done)
    return redirect(url_for("feedback.media", decision_id=decision_id, version=version.code))


def _page(desk: Writing, reasons: object = ()) -> Response:
    """A page that records."""
    page = render_template(
        "feedback/media_page.html",
        desk=desk,
        decision=desk.decision,
        shown=desk.shown,
        chosen=request.form.get("picture", desk.shown.picture),
        sound=read(desk.shown.sound_id) if desk.shown.sound_id else None,
        reasons=reasons,
        pictures=catalogue(),
        most_bytes=MOST_BYTES,
        part_labels=PART_LABELS,
        child_words=child_words,
        outcome_colour=outcome_colour,
        version_words=version_words,
    )
    return with_microphone(make_response(page, 422 if reasons else 200))
