"""Doors of telling back, for staff: what children were told, and the message about one decision."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from dialogue.decisions.models import Decision
from dialogue.decisions.words import child_words, outcome_colour
from dialogue.feedback import queries, services
from dialogue.feedback.forms import MessageForm, message_form
from dialogue.feedback.models import PARTS, Message
from dialogue.feedback.rules import WRITERS, first_draft, may_write
from dialogue.feedback.words import PART_LABELS
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.shared.plain import hard_to_read
from dialogue.web.access import allow, current_actor
from dialogue.web.i18n import day_short, in_language

bp = Blueprint("feedback", __name__)
EDITORS = (*WRITERS, Role.COORDINATOR)
PAGE = 25


@bp.get("/desk/messages")
@allow()
def index() -> str:
    actor = current_actor()
    told = queries.told(actor, request.args.get("before", type=int), PAGE + 1)
    return render_template(
        "feedback/index.html",
        untold=queries.untold(actor),
        drafts=queries.drafts(actor),
        told=told[:PAGE],
        more=len(told) > PAGE,
        may_write=lambda decision: may_write(actor, decision.department_id),
        child_words=child_words,
        outcome_colour=outcome_colour,
    )


@bp.get("/desk/messages/<int:decision_id>")
@allow(*EDITORS)
def message(decision_id: int) -> str:
    decision = queries.get_for_writing(current_actor(), decision_id)
    return _page(decision, _form(decision))


@bp.post("/desk/messages/<int:decision_id>/preview")
@allow(*EDITORS)
def preview(decision_id: int) -> str:
    decision = queries.get_for_writing(current_actor(), decision_id)
    return _page(decision, _form(decision))


@bp.post("/desk/messages/<int:decision_id>/save")
@allow(*EDITORS)
def save(decision_id: int) -> ResponseReturnValue:
    return _do(decision_id, services.save_draft, _("Het ontwerp is bewaard. Kinderen zien het nog niet."))


@bp.post("/desk/messages/<int:decision_id>/publish")
@allow(*EDITORS)
def publish(decision_id: int) -> ResponseReturnValue:
    return _do(decision_id, services.publish, _("Verteld. Kinderen kunnen het nu lezen."))


def _do(decision_id: int, verb: services.Verb, done: str) -> ResponseReturnValue:
    actor = current_actor()
    decision = queries.get_for_writing(actor, decision_id)
    form = _form(decision)
    if not form.validate_on_submit():
        return _page(decision, form), 422
    try:
        with writing():
            verb(actor, queries.get_for_writing(actor, decision_id), form.texts)
    except Refused as refusal:
        return _page(queries.get_for_writing(actor, decision_id), form, refusal.reasons), 422
    flash(done)
    return redirect(url_for("feedback.message", decision_id=decision_id))


def _form(decision: Decision) -> MessageForm:
    main = services.main_language(decision)
    signals = queries.signals_answered_by(decision)
    asked = {language for signal in signals for language in signal.consultation.languages}
    with force_locale(main):  # children read it, whatever the writer's own language
        draft = first_draft(
            [in_language(signal.titles, main) for signal in signals],
            decision,
            decision.department.municipality.disagree_text,
            {measure.id: day_short(measure.due) for measure in decision.measures},
        )
    return message_form([main, *sorted(asked - {main})], queries.message_for(decision.id), draft)


def _page(decision: Decision, form: MessageForm, reasons: object = ()) -> str:
    saved: Message | None = queries.message_for(decision.id)
    texts = form.texts
    return render_template(
        "feedback/message.html",
        decision=decision,
        signals=queries.signals_answered_by(decision),
        form=form,
        reasons=reasons,
        saved=saved,
        texts=texts,
        parts_order=PARTS,
        part_labels=PART_LABELS,
        child_words=child_words,
        advice=hard_to_read("\n".join(texts.get(form.languages[0], {}).values())),
        corrected=queries.is_corrected(decision.id),
    )
