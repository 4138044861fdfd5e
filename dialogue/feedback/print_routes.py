"""Doors of a told message on paper: the poster (A4 or A3) and the sheet for in class."""

from urllib.parse import urlencode

from flask import Response, current_app, request

from dialogue.decisions.queries import get_decision
from dialogue.feedback import prints
from dialogue.feedback.follow_up_routes import bp
from dialogue.feedback.queries import message_for, signals_answered_by
from dialogue.feedback.versions import main_language, told, version_of
from dialogue.shared.errors import NotFound
from dialogue.web.access import allow, current_actor
from dialogue.web.i18n import LANGUAGES

__all__ = ["bp"]


@bp.get("/desk/messages/<int:decision_id>/poster.pdf")
@allow()
def poster(decision_id: int) -> Response:
    paper = request.args.get("paper", prints.PAPERS[0])
    if paper not in prints.PAPERS:
        raise NotFound
    printed = _printed(decision_id)
    return _handed_out(prints.poster_pdf(printed, paper), f"affiche-{paper}", printed)


@bp.get("/desk/messages/<int:decision_id>/class-sheet.pdf")
@allow()
def class_sheet(decision_id: int) -> Response:
    printed = _printed(decision_id)
    return _handed_out(prints.class_sheet_pdf(printed), "klasblad", printed)


def _printed(decision_id: int) -> prints.Printed:
    """What children read of this decision, in the version that was asked for; NotFound before it is told."""
    decision = get_decision(current_actor(), decision_id)
    message, main = message_for(decision.id), main_language(decision)
    if message is None or message.published_at is None:
        raise NotFound
    text = told(message, *version_of(request.args.get("version") or main, LANGUAGES))
    town, signal = decision.department.municipality, signals_answered_by(decision)[0]
    site: str = current_app.extensions["dialogue"].settings.public_url
    asked = {"lang": text.language} if text.language != main else {}
    query = urlencode(asked | ({"age": text.band} if text.band else {}))
    return prints.Printed(decision, text, f"{site}/m/{town.slug}/signal/{signal.id}{query and '?'}{query}")


def _handed_out(document: bytes, what: str, printed: prints.Printed) -> Response:
    name = (
        f"{what}-{printed.decision.department.municipality.slug}-{printed.decision.id}-{printed.text.version.code}.pdf"
    )
    return Response(document, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
