"""Staff doors of answering on paper: which forms there are for a round, and each of them as PDF.

GET  /desk/rounds/<wave>/paper               a form per age band and language, to print
GET  /desk/rounds/<wave>/paper/<band>.pdf    the form; ?language=
"""

from flask import Response, current_app, render_template, request, url_for

from dialogue.answering.paper_form import form_pdf, mark
from dialogue.answering.routes import bp
from dialogue.consultations.queries import current_instruments, get_wave, may_write
from dialogue.consultations.words import band_words, title
from dialogue.shared.actor import THREAD
from dialogue.shared.errors import NotFound
from dialogue.web.access import allow, current_actor
from dialogue.web.i18n import LANGUAGES

__all__ = ["bp"]
bp.context_processor(lambda: {"title": title, "band_words": band_words, "mark": mark})


@bp.get("/desk/rounds/<int:wave_id>/paper")
@allow(*THREAD)
def paper(wave_id: int) -> str:
    """The forms of a round, to print."""
    actor = current_actor()
    wave = get_wave(actor, wave_id)
    return render_template(
        "answering/paper.html",
        wave=wave,
        instruments=current_instruments(wave),
        writes=may_write(actor, wave.consultation),
    )


@bp.get("/desk/rounds/<int:wave_id>/paper/<band>.pdf")
@allow(*THREAD)
def paper_form(wave_id: int, band: str) -> Response:
    """One form: the questions that are asked now."""
    wave = get_wave(current_actor(), wave_id)
    instrument = next((one for one in current_instruments(wave) if one.band == band), None)
    if instrument is None:
        raise NotFound
    spoken = [language for language in instrument.document["languages"] if language in LANGUAGES]
    language = request.args.get("language", spoken[0])
    if language not in spoken:
        raise NotFound
    site = current_app.extensions["dialogue"].settings.public_url
    outcome = site + url_for("public.town", slug=wave.consultation.municipality.slug)
    headers = {"Content-Disposition": f'inline; filename="{wave.consultation.code}-{mark(instrument)}-{language}.pdf"'}
    return Response(form_pdf(instrument, language, outcome), mimetype="application/pdf", headers=headers)
