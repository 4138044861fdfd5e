"""Doors of looking at an answer again, for the coordinator."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions.words import child_words
from dialogue.feedback import queries, reviews
from dialogue.feedback.message_routes import bp
from dialogue.feedback.reaction_models import Review
from dialogue.feedback.reactions import reactions_to
from dialogue.feedback.review_forms import ReopenForm, ReviewForm
from dialogue.feedback.words import ASKED_WORDS
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.web.access import allow, current_actor

__all__ = ["bp"]


@bp.get("/desk/reviews/<int:review_id>")
@allow(Role.COORDINATOR)
def review(review_id: int) -> str:
    return _page(reviews.get_review(current_actor(), review_id), ReviewForm())


@bp.post("/desk/reviews/<int:review_id>/reopen")
@allow(Role.COORDINATOR)
def reopen(review_id: int) -> ResponseReturnValue:
    return _settle(review_id, ReopenForm())


@bp.post("/desk/reviews/<int:review_id>/stay")
@allow(Role.COORDINATOR)
def stay(review_id: int) -> ResponseReturnValue:
    return _settle(review_id, ReviewForm())


def _settle(review_id: int, form: ReviewForm) -> ResponseReturnValue:
    actor = current_actor()
    found = reviews.get_review(actor, review_id)
    if not form.validate_on_submit():
        return _page(found, form), 422
    try:
        with writing():
            due = form.due.data if isinstance(form, ReopenForm) else None
            reviews.settle(actor, reviews.get_review(actor, review_id), due, form.because.data or "")
    except Refused as refusal:
        return _page(reviews.get_review(actor, review_id), form, refusal.reasons), 422
    flash(_("Bewaard. Iedereen kan het nu lezen."))
    return redirect(url_for("feedback.review", review_id=review_id))


def _page(found: Review, form: ReviewForm, reasons: object = ()) -> str:
    return render_template(
        "feedback/review.html",
        review=found,
        decision=found.message.decision,
        signals=queries.signals_answered_by(found.message.decision),
        reactions=reactions_to(found.message),
        asked_words=ASKED_WORDS,
        child_words=child_words,
        form=form,
        reasons=reasons,
    )
