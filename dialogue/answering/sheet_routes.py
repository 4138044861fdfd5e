"""Doors of the questionnaire: the page, at a place or from a link, its sounds, and taking what a child sends."""

import json

from flask import Response, request
from flask.typing import ResponseReturnValue

from dialogue.answering import doors, long_form, pages
from dialogue.answering.child_routes import bp
from dialogue.answering.sending import Door, Reply, accept_json, door_to
from dialogue.consultations.models import Wave
from dialogue.consultations.sound_queries import heard_sound
from dialogue.places.queries import place_by_code
from dialogue.questions.kinds import TOGETHER
from dialogue.shared.codes import typed_code
from dialogue.shared.errors import NotFound
from dialogue.web.assets import YEAR
from dialogue.web.i18n import asked_language
from dialogue.web.packed import Packed, respond
from dialogue.web.uploads import handed_out


@bp.get("/p/<code>/<consultation>/<band>/<language>")
def sheet(code: str, consultation: str, band: str, language: str) -> Response:
    """The questionnaire, at a place: the same bytes as at every other place."""

    def look() -> Packed:
        here = doors.place_behind(code) if code else None
        wave = doors.open_wave(doors.consultation_behind(consultation, here))
        return pages.questionnaire(doors.sheet_of(doors.instrument_behind(wave, band), language, asked_language()))

    return respond(pages.fresh(("sheet", code, consultation, band, language, asked_language()), look))


@bp.get("/c/<consultation>/<band>/<language>")
def sheet_anywhere(consultation: str, band: str, language: str) -> Response:
    """The questionnaire, without a place."""
    return sheet("", consultation, band, language)


@bp.post("/p/<code>/<consultation>/<band>/<language>")
def send(code: str, consultation: str, band: str, language: str) -> ResponseReturnValue:
    """Take a sending: JSON from the script, or a step of the form without script."""
    if request.is_json:
        status, answer = take(request.get_data(), code, consultation)
        return Response(json.dumps(answer), status, content_type="application/json")
    wave, place_id = asked(code, consultation)
    form = {name: TOGETHER.join(filter(None, values)) for name, values in request.form.lists()}
    instrument = doors.instrument_behind(wave, band, form.get("instrument", ""))
    return long_form.step(form, instrument, wave, place_id, language)


def asked(code: str, consultation: str) -> tuple[Wave, int]:
    """The round that takes sendings at this address, and the place: also one withdrawn since the page was opened."""
    here = place_by_code(typed_code(code)) if code else None
    if code and here is None:
        raise NotFound
    return doors.latest_wave(doors.consultation_behind(consultation, here)), here.id if here else 0


def take(raw: bytes, code: str, consultation: str) -> Reply:
    """Take JSON by the address as it was some seconds ago; before "no" is said, by the address as it is now."""

    def look() -> Door:
        return door_to(*asked(code, consultation))

    reply = accept_json(raw, pages.fresh(("door", code, consultation), look))
    return accept_json(raw, look()) if reply[0] in (404, 410) else reply


@bp.post("/c/<consultation>/<band>/<language>")
def send_anywhere(consultation: str, band: str, language: str) -> ResponseReturnValue:
    """Take a sending without a place."""
    return send("", consultation, band, language)


@bp.get("/c/<consultation>/sounds/<instrument>/<language>/<path:name>")
def sound(consultation: str, instrument: str, language: str, name: str) -> Response:
    """What somebody recorded of a text, for as long as children can be asked it; never another one at this address."""
    found = heard_sound(doors.open_instrument(consultation, instrument), language, name)
    response = handed_out(found, shown=True)
    response.headers["Cache-Control"] = YEAR
    return response
