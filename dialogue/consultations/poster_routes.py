"""Doors of the posters: one A4 per place, to print and hang, and all of them in one ZIP."""

from flask import Response, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from dialogue.consultations import printing
from dialogue.consultations.models import State
from dialogue.consultations.posters import COLOURS, poster_text
from dialogue.consultations.queries import get_for_reading
from dialogue.consultations.rules import latest
from dialogue.consultations.sound_routes import bp
from dialogue.places.poster import poster_pdf
from dialogue.places.queries import get_place, places_of
from dialogue.places.words import SETTING_WORDS
from dialogue.shared.bundles import zipped
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound
from dialogue.shared.text import slug
from dialogue.web.access import allow, current_actor


@bp.get("/desk/consultations/<int:consultation_id>/posters")
@allow()
def posters(consultation_id: int) -> str:
    actor = current_actor()
    consultation = get_for_reading(actor, consultation_id)
    standing = printing.standing(consultation)
    return render_template(
        "consultations/posters.html",
        consultation=consultation,
        is_open=latest(consultation).state == State.OPEN,
        begun=[wave.number for wave in consultation.waves if wave.state != State.DRAFT],
        places=places_of(actor.municipality_id),
        settings=SETTING_WORDS,
        language_now=str(get_locale()),
        address=f"{_site()}/c/{consultation.code}",
        standing=standing,
        outdated=standing.bundle and printing.is_outdated(standing.bundle, consultation, _site()),
    )


@bp.post("/desk/consultations/<int:consultation_id>/posters")
@allow()
def draw_posters(consultation_id: int) -> ResponseReturnValue:
    actor = current_actor()
    wished = printing.wish(get_for_reading(actor, consultation_id), _site(), request.form.get("colour", ""))
    with writing():
        printing.ask_for(actor, get_for_reading(actor, consultation_id), wished)
    flash(_("De affiches worden gemaakt. Je mag intussen iets anders doen."))
    return redirect(url_for("consultations.posters", consultation_id=consultation_id))


@bp.get("/desk/consultations/<int:consultation_id>/posters.zip")
@allow()
def poster_zip(consultation_id: int) -> Response:
    consultation = get_for_reading(current_actor(), consultation_id)
    bundle = printing.standing(consultation).bundle
    if bundle is None:
        raise NotFound
    posters = slug(_("affiches"))
    name = f"{posters}-{consultation.municipality.slug}-{consultation.code.lower()}.zip"
    return send_file(zipped(bundle), "application/zip", as_attachment=True, download_name=name)


@bp.get("/desk/consultations/<int:consultation_id>/posters/<int:place_id>.pdf")
@allow()
def poster(consultation_id: int, place_id: int) -> Response:
    actor = current_actor()
    consultation, place = get_for_reading(actor, consultation_id), get_place(actor, place_id)
    language = request.args.get("language", consultation.languages[0])
    if language not in consultation.languages or place.withdrawn_at:
        raise NotFound
    address = f"{_site()}/p/{place.code}"
    colour = request.args.get("colour", COLOURS[0])
    document = poster_pdf(poster_text(consultation, latest(consultation), place, address, language, colour))
    headers = {"Content-Disposition": f'inline; filename="affiche-{place.code}-{language}.pdf"'}
    return Response(document, mimetype="application/pdf", headers=headers)


def _site() -> str:
    site: str = current_app.extensions["dialogue"].settings.public_url
    return site
