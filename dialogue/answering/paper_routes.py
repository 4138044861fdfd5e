"""Staff doors of answering on paper: which forms there are for a round, and each of them as PDF.

GET  /desk/rounds/<wave>/paper               a form per age band and language, to print
GET  /desk/rounds/<wave>/paper/<band>.pdf    the form; ?language=
"""

from flask import Response, current_app, render_template, request, url_for

from dialogue.answering.forms import PileForm
from dialogue.answering.paper_form import form_pdf, mark
from dialogue.answering.pile_queries import may_type, piles_of
from dialogue.answering.pile_rules import why_not_type
from dialogue.answering.routes import bp
from dialogue.consultations.models import Wave
from dialogue.consultations.queries import current_instruments, get_wave, may_write
from dialogue.consultations.words import band_words, title
from dialogue.places.queries import places_of
from dialogue.shared.actor import THREAD
from dialogue.shared.errors import NotFound
from dialogue.web.access import allow, current_actor
from dialogue.web.i18n import LANGUAGES

__all__ = ["bp"]
bp.context_processor(lambda: {"title": title, "band_words": band_words, "mark": mark})


@bp.get("/desk/rounds/<int:wave_id>/paper")
@allow(*THREAD)
def paper(wave_id: int) -> str:
    """The forms of a round, to print, and its piles to type over."""
    wave = get_wave(current_actor(), wave_id)
    return paper_page(wave, pile_form(wave))


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


def pile_form(wave: Wave) -> PileForm:
    """The form that begins a pile of this round."""
    form = PileForm()
    instruments = sorted(wave.instruments, key=lambda one: (one.band, -one.number))
    form.offer(instruments, places_of(wave.consultation.municipality_id))
    return form


def paper_page(wave: Wave, form: PileForm) -> str:
    """All about paper in a round."""
    return render_template(
        "answering/paper.html",
        wave=wave,
        form=form,
        instruments=current_instruments(wave),
        piles=piles_of(wave.id),
        closed=why_not_type(wave.state),
        may_type=may_type,
        writes=may_write(current_actor(), wave.consultation),
    )
