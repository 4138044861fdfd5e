"""Doors of what a body decided: noting it, for one signal or more, and correcting it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from dialogue.decisions import services
from dialogue.decisions.advice_signal_routes import bp
from dialogue.decisions.forms import DecisionForm
from dialogue.decisions.measure_queries import is_proven
from dialogue.decisions.models import Decision
from dialogue.decisions.plan_queries import plan_codes, plan_of
from dialogue.decisions.queries import (
    companions,
    current_decision,
    get_for_correcting,
    get_for_deciding,
    get_proposal,
    newest_decision,
    standing_proposal,
)
from dialogue.decisions.turn_queries import brought
from dialogue.decisions.turn_routes import deciders
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.signals.basis_queries import quoted, said
from dialogue.signals.models import Signal
from dialogue.signals.queries import get_signal
from dialogue.web.access import current_actor


@bp.get("/desk/decisions/signal/<int:signal_id>/decide")
@deciders
def decide(signal_id: int) -> str:
    found, proposal = get_for_deciding(current_actor(), signal_id), standing_proposal(signal_id)
    form, lies = DecisionForm.from_proposal(proposal), brought(proposal)
    if lies:
        form.under_study_until.data, form.passed_to.data = lies.until, lies.passed_to
    return _decide_page(found, form)


@bp.post("/desk/decisions/signal/<int:signal_id>/decide")
@deciders
def record(signal_id: int) -> ResponseReturnValue:
    actor, form, reasons = current_actor(), DecisionForm(), []
    ids = list(dict.fromkeys([signal_id, *_ticked()]))
    found, *_others = [get_for_deciding(actor, one) for one in ids]
    if form.is_right(proven=is_proven(ids), plan=plan_of(actor.municipality_id)):
        proposal_id, seen = request.form.get("proposal", 0, type=int), request.form.get("seen", 0, type=int)
        try:
            with writing():
                services.decide(
                    actor,
                    [get_for_deciding(actor, one) for one in ids],
                    form.verdict(),
                    proposal=get_proposal(actor, proposal_id) if proposal_id else None,
                    seen={signal_id: seen or None},
                    newest=request.form.get("newest", 0, type=int),
                    cannot_wait=form.cannot_wait.data or "",
                )
        except Refused as refusal:
            reasons, found = list(refusal.reasons), get_signal(actor, signal_id)
        else:
            return to_signal(signal_id, _("Het besluit is genoteerd. Vertel het nu aan de kinderen."))
    return _decide_page(found, form, reasons), 422


@bp.get("/desk/decisions/<int:decision_id>/correct")
@deciders
def correct(decision_id: int) -> str:
    decision = get_for_correcting(current_actor(), decision_id)
    return _correct_page(decision, DecisionForm.from_decision(decision))


@bp.post("/desk/decisions/<int:decision_id>/correct")
@deciders
def record_correction(decision_id: int) -> ResponseReturnValue:
    actor, form, reasons = current_actor(), DecisionForm(), []
    decision = get_for_correcting(actor, decision_id)
    ids = [answer.signal_id for answer in decision.answers]
    if form.is_right(proven=is_proven(ids), plan=plan_of(actor.municipality_id, decision.plan_codes)):
        try:
            with writing():
                services.correct(actor, get_for_correcting(actor, decision_id), form.verdict())
        except Refused as refusal:
            reasons, decision = list(refusal.reasons), get_for_correcting(actor, decision_id)
        else:
            return to_signal(ids[0], _("Verbeterd. Het vorige besluit blijft hieronder te lezen."))
    return _correct_page(decision, form, reasons), 422


def _ticked() -> list[int]:
    ticked = request.form.getlist("signals")
    if not all(text.isdecimal() for text in ticked):
        raise NotFound
    return [int(text) for text in ticked]


def to_signal(signal_id: int, message: str) -> ResponseReturnValue:
    """Back to the signal, with this message."""
    flash(message)
    return redirect(url_for("decisions.signal", signal_id=signal_id))


def _decide_page(signal: Signal, form: DecisionForm, reasons: Sequence[str] = ()) -> str:
    """`seen`, `newest` and `proposal` go along in the form, so that a colleague who was first is noticed; once only."""
    proposal, stands = standing_proposal(signal.id), current_decision(signal.id)
    kept = MultiDict[str, str]() if reasons else request.form
    return render_template(
        "decisions/decide.html",
        signal=signal,
        form=form,
        reasons=reasons,
        said=said(signal),
        quotes=quoted(signal),
        proposal=proposal,
        stands=stands,
        others=companions(current_actor(), signal),
        plan_codes=plan_codes(signal.municipality_id),
        ticked=request.form.getlist("signals"),
        kept_seen=kept.get("seen", stands.id if stands else 0, type=int),
        kept_newest=kept.get("newest", newest_decision(signal.municipality_id), type=int),
        kept_proposal=kept.get("proposal", proposal.id if proposal else 0, type=int),
    )


def _correct_page(decision: Decision, form: DecisionForm, reasons: Sequence[str] = ()) -> str:
    codes = plan_codes(decision.municipality_id)
    return render_template("decisions/correct.html", decision=decision, form=form, reasons=reasons, plan_codes=codes)
