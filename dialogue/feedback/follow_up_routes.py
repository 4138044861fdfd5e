"""Doors of follow-up questions, for staff: asking one about a signal, seen first as a child will, and closing it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.feedback import follow_up_services as services
from dialogue.feedback import follow_ups
from dialogue.feedback.follow_up_forms import FollowUpForm, follow_up_form
from dialogue.feedback.follow_up_rules import is_open
from dialogue.feedback.routes import EDITORS
from dialogue.feedback.rules import may_write
from dialogue.feedback.sound_routes import bp
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.signals.follow_ups import item_of
from dialogue.signals.models import Signal
from dialogue.signals.queries import get_signal
from dialogue.signals.rules import may_read_words
from dialogue.web.access import allow, current_actor

__all__ = ["bp"]


@bp.get("/desk/signals/<int:signal_id>/questions")
@allow()
def follow_up(signal_id: int) -> str:
    signal = get_signal(current_actor(), signal_id)
    return _page(signal, _form(signal))


@bp.post("/desk/signals/<int:signal_id>/questions/preview")
@allow(*EDITORS)
def preview_follow_up(signal_id: int) -> str:
    signal = services.get_signal_for_asking(current_actor(), signal_id)
    return _page(signal, _form(signal))


@bp.post("/desk/signals/<int:signal_id>/questions/ask")
@allow(*EDITORS)
def ask_follow_up(signal_id: int) -> ResponseReturnValue:
    actor = current_actor()
    signal = services.get_signal_for_asking(actor, signal_id)
    form = _form(signal)
    if not form.validate_on_submit():
        return _page(signal, form), 422
    wording, closes_on = form.wording, form.closes_on.data
    if form.seen.data != wording.digest:
        return _page(signal, form, [_("Kijk eerst hoe een kind het ziet. Stel de vraag daarna.")]), 422
    try:
        with writing():
            services.ask(actor, services.get_signal_for_asking(actor, signal_id), wording, form.languages, closes_on)
    except Refused as refusal:
        return _page(get_signal(actor, signal_id), form, refusal.reasons), 422
    return _back(signal_id, _("De vraag is gesteld. Kinderen zien ze bij hun vier woorden."))


@bp.post("/desk/signals/<int:signal_id>/questions/<int:question_id>/close")
@allow(*EDITORS)
def close_follow_up(signal_id: int, question_id: int) -> ResponseReturnValue:
    actor = current_actor()
    with writing():
        signal = services.get_signal_for_asking(actor, signal_id)
        services.close_early(actor, services.get_question(signal, question_id))
    return _back(signal_id, _("De vraag is gesloten. Niemand kan nog antwoorden."))


def _form(signal: Signal) -> FollowUpForm:
    return follow_up_form(signal.consultation.languages)


def _back(signal_id: int, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("feedback.follow_up", signal_id=signal_id))


def _page(signal: Signal, form: FollowUpForm, reasons: object = ()) -> str:
    questions = follow_ups.questions_about([signal.id])
    return render_template(
        "feedback/follow_up.html",
        signal=signal,
        form=form,
        reasons=reasons,
        wording=form.wording,
        questions=questions,
        may_ask=may_write(current_actor(), signal.department_id),
        busy=any(is_open(question, today()) for question in questions),
        is_open=lambda question: is_open(question, today()),
        figures_of=follow_ups.figures_of,
        reads=may_read_words(current_actor(), signal.consultation.department_id),
        item_of=item_of,
    )
