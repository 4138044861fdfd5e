"""Doors of the posters: one A4 per place, to print and hang."""

from flask import Response, current_app, render_template, request
from flask_babel import get_locale

from dialogue.consultations.editor_routes import bp
from dialogue.consultations.models import State
from dialogue.consultations.posters import COLOURS, poster_text
from dialogue.consultations.queries import get_for_reading
from dialogue.consultations.rules import latest
from dialogue.places.poster import poster_pdf
from dialogue.places.queries import get_place, places_of
from dialogue.places.words import SETTING_WORDS
from dialogue.shared.errors import NotFound
from dialogue.web.access import allow, current_actor


@bp.get("/desk/consultations/<int:consultation_id>/posters")
@allow()
def posters(consultation_id: int) -> str:
    actor = current_actor()
    consultation = get_for_reading(actor, consultation_id)
    return render_template(
        "consultations/posters.html",
        consultation=consultation,
        is_open=latest(consultation).state == State.OPEN,
        places=places_of(actor.municipality_id),
        settings=SETTING_WORDS,
        language_now=str(get_locale()),
        address=f"{current_app.extensions['dialogue'].settings.public_url}/c/{consultation.code}",
    )


@bp.get("/desk/consultations/<int:consultation_id>/posters/<int:place_id>.pdf")
@allow()
def poster(consultation_id: int, place_id: int) -> Response:
    actor = current_actor()
    consultation, place = get_for_reading(actor, consultation_id), get_place(actor, place_id)
    language = request.args.get("language", consultation.languages[0])
    if language not in consultation.languages or place.withdrawn_at:
        raise NotFound
    address = f"{current_app.extensions['dialogue'].settings.public_url}/p/{place.code}"
    colour = request.args.get("colour", COLOURS[0])
    document = poster_pdf(poster_text(consultation, latest(consultation), place, address, language, colour))
    headers = {"Content-Disposition": f'inline; filename="affiche-{place.code}-{language}.pdf"'}
    return Response(document, mimetype="application/pdf", headers=headers)
