"""Doors for everybody: what the youth council advised, and what was answered to it and why."""

from flask import Response

from dialogue.decisions.advice_queries import advice_of, answer_due, public_document
from dialogue.decisions.advice_rules import followed_colour, followed_words
from dialogue.feedback.public_routes import BIGGEST, municipality_of
from dialogue.feedback.screen_routes import bp, public_page
from dialogue.web.uploads import handed_out

__all__ = ["bp"]


@bp.get("/m/<slug>/advice")
def advice(slug: str) -> str:
    municipality = municipality_of(slug)
    return public_page(
        "advice",
        municipality,
        found=advice_of(municipality.id),
        followed_words=followed_words,
        followed_colour=followed_colour,
        answer_due=answer_due,
    )


@bp.get(f"/m/<slug>/advice/<int(max={BIGGEST}):advice_id>.pdf")
def advice_document(slug: str, advice_id: int) -> Response:
    return handed_out(public_document(municipality_of(slug).id, advice_id))
