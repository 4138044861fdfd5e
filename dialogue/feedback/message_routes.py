"""Doors of writing one message: its versions, how a child will see each, and telling it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions.models import Decision
from dialogue.decisions.words import child_words, outcome_colour
from dialogue.feedback import editions, queries, services
from dialogue.feedback.advice import four_fs
from dialogue.feedback.desk import Writing
from dialogue.feedback.forms import AddForm, SeenForm, TextForm
from dialogue.feedback.models import PARTS, Version
from dialogue.feedback.routes import EDITORS, bp
from dialogue.feedback.words import PART_LABELS, version_words
from dialogue.shared.database import writing
from dialogue.shared.edits import digest
from dialogue.shared.errors import Refused
from dialogue.web.access import allow, current_actor

__all__ = ["bp"]
Verb = Callable[[Decision], object]


@bp.get("/desk/messages/<int:decision_id>")
@allow(*EDITORS)
def message(decision_id: int) -> str:
    desk = _desk(decision_id)
    return _page(desk, _form(desk))


@bp.post("/desk/messages/<int:decision_id>/preview")
@allow(*EDITORS)
def preview(decision_id: int) -> str:
    desk = _desk(decision_id)
    return _page(desk, _form(desk))


@bp.post("/desk/messages/<int:decision_id>/save")
@allow(*EDITORS)
def save(decision_id: int) -> ResponseReturnValue:
    return _save(decision_id, "feedback.message", _("Bewaard. Kinderen zien het nog niet."))


@bp.post("/desk/messages/<int:decision_id>/finish")
@allow(*EDITORS)
def finish(decision_id: int) -> ResponseReturnValue:
    return _save(decision_id, "feedback.check", _("Bewaard. Lees nu na hoe een kind het ziet."))


@bp.post("/desk/messages/<int:decision_id>/add")
@allow(*EDITORS)
def add(decision_id: int) -> ResponseReturnValue:
    desk = _desk(decision_id)
    form = AddForm(desk.main)
    if not form.validate_on_submit():
        return _page(desk, _form(desk), adding=form), 422
    version = Version(form.band.data, form.language.data)
    if not desk.has(version):
        parts = desk.beginning(version)
        with suppress(Refused):  # somebody added it at the same moment: then theirs stands
            _write(decision_id, lambda one: editions.save_text(current_actor(), one, version, parts, seen=""))
    return redirect(url_for("feedback.message", decision_id=decision_id, version=version.code))


@bp.post("/desk/messages/<int:decision_id>/remove")
@allow(*EDITORS)
def remove(decision_id: int) -> ResponseReturnValue:
    version = _desk(decision_id).version
    _write(decision_id, lambda decision: editions.remove_text(current_actor(), decision, version))
    flash(_("Weg. Wie dit las, leest na het vertellen de algemene tekst."))
    return redirect(url_for("feedback.message", decision_id=decision_id))


@bp.get("/desk/messages/<int:decision_id>/check")
@allow(*EDITORS)
def check(decision_id: int) -> str:
    return _checking(_desk(decision_id))


@bp.post("/desk/messages/<int:decision_id>/seen")
@allow(*EDITORS)
def seen(decision_id: int) -> ResponseReturnValue:
    desk, read = _desk(decision_id), SeenForm().digest.data or ""
    try:
        _write(decision_id, lambda decision: editions.note_seen(current_actor(), decision, desk.version, read))
    except Refused as refusal:
        return _checking(_desk(decision_id), refusal.reasons), 422
    following = _desk(decision_id).unseen or desk.version
    return redirect(url_for("feedback.check", decision_id=decision_id, version=following.code))


@bp.post("/desk/messages/<int:decision_id>/publish")
@allow(*EDITORS)
def publish(decision_id: int) -> ResponseReturnValue:
    _desk(decision_id)
    try:
        _write(decision_id, lambda decision: services.publish(current_actor(), decision))
    except Refused as refusal:
        return _checking(_desk(decision_id), refusal.reasons), 422
    flash(_("Verteld. Kinderen kunnen het nu lezen."))
    return redirect(url_for("feedback.message", decision_id=decision_id))


def _desk(decision_id: int) -> Writing:
    decision = queries.get_for_writing(current_actor(), decision_id)
    return Writing(decision, queries.message_for(decision_id), request.args.get("version", ""))


def _form(desk: Writing) -> TextForm:
    return TextForm(desk.beginning(desk.version), digest(desk.stands), desk.general)


def _write(decision_id: int, verb: Verb) -> None:
    actor = current_actor()
    with writing():
        verb(queries.get_for_writing(actor, decision_id))


def _save(decision_id: int, next_page: str, done: str) -> ResponseReturnValue:
    desk = _desk(decision_id)
    form, version = _form(desk), desk.version
    if not form.validate_on_submit():
        return _page(desk, form), 422
    parts, seen = form.parts, form.seen.data or ""
    try:
        _write(decision_id, lambda decision: editions.save_text(current_actor(), decision, version, parts, seen=seen))
    except Refused as refusal:
        stands = _desk(decision_id).stands
        form.show_beside({part: (stands or {}).get(part, "") for part in PARTS}, digest(stands))
        return _page(desk, form, reasons=refusal.reasons), 422
    flash(done)
    return redirect(url_for(next_page, decision_id=decision_id, version=version.code))


def _page(desk: Writing, form: TextForm, **context: Any) -> str:
    shown = desk.completed(form.parts)
    return _render("message", desk, form=form, shown=shown, **({"adding": AddForm(desk.main)} | context))


def _checking(desk: Writing, reasons: object = ()) -> str:
    return _render("check", desk, form=SeenForm(), shown=desk.shown, reasons=reasons)


def _render(name: str, desk: Writing, **context: Any) -> str:
    return render_template(
        f"feedback/{name}.html",
        desk=desk,
        decision=desk.decision,
        signals=desk.signals,
        part_labels=PART_LABELS,
        child_words=child_words,
        outcome_colour=outcome_colour,
        version_words=version_words,
        help=four_fs(context["shown"], desk.decision.outcome, desk.days),
        **context,
    )
