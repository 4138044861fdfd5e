"""Doors of parts: another department is asked for its part of an answer, and writes it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions import parts
from dialogue.decisions.measure_routes import bp
from dialogue.decisions.part_forms import AskPartForm, PartForm
from dialogue.decisions.part_models import Part
from dialogue.decisions.part_queries import (
    duty_of,
    early,
    get_for_giving,
    get_for_taking_back,
    get_part,
    is_over,
    missing_then,
    parts_of,
)
from dialogue.decisions.part_rules import may_give, may_take_back
from dialogue.decisions.queries import get_for_proposing
from dialogue.people.queries import departments, get_department
from dialogue.shared.actor import THREAD
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.signals.basis_queries import quoted, said
from dialogue.signals.models import Signal
from dialogue.web.access import allow, current_actor

in_thread = allow(*THREAD)


@bp.context_processor
def _parts() -> dict[str, object]:
    return {word.__name__: word for word in (parts_of, may_take_back, early, missing_then)}


@bp.get("/desk/decisions/signal/<int:signal_id>/parts")
@in_thread
def ask_part(signal_id: int) -> str:
    """Ask a department for its part."""
    return _ask_page(get_for_proposing(current_actor(), signal_id), AskPartForm(formdata=None))


@bp.post("/desk/decisions/signal/<int:signal_id>/parts")
@in_thread
def ask_part_post(signal_id: int) -> ResponseReturnValue:
    """It is asked, and owed by that department from now on."""
    actor, form, reasons = current_actor(), AskPartForm(), []
    signal = get_for_proposing(actor, signal_id)
    if _offered(form, signal).validate():
        department = get_department(actor, form.department.data)
        try:
            with writing():
                signal = get_for_proposing(actor, signal_id)
                parts.ask(actor, signal, department, form.asked.data, form.due.data)
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            flash(_("Gevraagd. %(department)s ziet het bij wat er te doen is.", department=department.name))
            return redirect(url_for("decisions.signal", signal_id=signal_id))
    return _ask_page(signal, form, reasons), 422


@bp.get("/desk/decisions/parts/<int:part_id>")
@in_thread
def part(part_id: int) -> str:
    """What is asked of a department, and what it wrote."""
    found = get_part(current_actor(), part_id)
    return _page(found, PartForm(formdata=None, data={"seen": parts.version(found), "answer": found.answer}))


@bp.post("/desk/decisions/parts/<int:part_id>")
@in_thread
def give_part(part_id: int) -> ResponseReturnValue:
    """The department writes its part, or writes it anew."""
    actor, form, reasons = current_actor(), PartForm(), []
    found = get_for_giving(actor, part_id)
    if form.validate():
        try:
            with writing():
                parts.give(actor, get_for_giving(actor, part_id), form.answer.data, seen=form.seen.data or "")
        except Refused as refusal:
            reasons, form.seen.data = list(refusal.reasons), parts.version(found)
        else:
            flash(_("Bewaard. Wie beslist leest het bij het signaal."))
            return redirect(url_for("decisions.part", part_id=part_id))
    return _page(found, form, reasons), 422


@bp.post("/desk/decisions/parts/<int:part_id>/take-back")
@in_thread
def take_back_part(part_id: int) -> ResponseReturnValue:
    """It is asked no more."""
    actor = current_actor()
    with writing():
        found = get_for_taking_back(actor, part_id)
        parts.take_back(actor, found)
    flash(_("Dit deel wordt niet meer gevraagd."))
    return redirect(url_for("decisions.signal", signal_id=found.signal_id))


def _offered(form: AskPartForm, signal: Signal) -> AskPartForm:
    town = departments(signal.municipality_id)
    return form.offer(one for one in town if one.id != signal.department_id)


def _ask_page(signal: Signal, form: AskPartForm, reasons: Sequence[str] = ()) -> str:
    said_ = {"said": said(signal), "quotes": quoted(signal)}
    return render_template(
        "decisions/part_ask.html", signal=signal, form=_offered(form, signal), reasons=reasons, **said_
    )


def _page(found: Part, form: PartForm, reasons: Sequence[str] = ()) -> str:
    signal, over = found.signal, found.dropped_at is not None or is_over(found)
    return render_template(
        "decisions/part.html",
        part=found,
        signal=signal,
        due=duty_of(found).due,
        form=form if may_give(current_actor(), found) and (not over or reasons) else None,
        over=over,
        reasons=reasons,
        said=said(signal),
        quotes=quoted(signal),
    )
