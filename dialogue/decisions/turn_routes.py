"""Doors of who decides: one signal at a time, on a phone, from the link in a mail.

All lies under /desk/decisions/mine, for a link in a mail opens its page and what lies under it, and nothing else.
"""

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions import turn
from dialogue.decisions.measure_routes import bp
from dialogue.decisions.queries import current_decision, get_for_deciding, get_proposal, is_proven, standing_proposal
from dialogue.decisions.turn_forms import TurnForm
from dialogue.decisions.turn_queries import Turn, brought, like, readers_of
from dialogue.decisions.turn_queries import turn as turn_of
from dialogue.results.queries import chart as drawn
from dialogue.results.queries import charts_of
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.shared.plain import hard_to_read
from dialogue.signals.models import Signal
from dialogue.signals.queries import quoted, said
from dialogue.signals.rules import words_of
from dialogue.web.access import allow, current_actor
from dialogue.web.i18n import language

deciders = allow(Role.DECIDER, Role.COORDINATOR)


@bp.get("/desk/decisions/mine")
@deciders
def mine() -> str:
    """The signal that was asked for, else the most urgent one."""
    found = turn_of(current_actor(), request.args.get("signal", type=int))
    if found is None:
        return render_template("decisions/turn_none.html")
    proposal = standing_proposal(found.signal.id)
    return _page(found, TurnForm.from_proposal(proposal, brought(proposal)))


@bp.post("/desk/decisions/mine/<int:signal_id>/check")
@deciders
def check_words(signal_id: int) -> str:
    """The same page with advice on the words; nothing is kept."""
    found = _turn(signal_id)
    return _page(found, TurnForm().offer(standing_proposal(signal_id)), checked=True)


@bp.post("/desk/decisions/mine/<int:signal_id>/bring")
@deciders
def bring(signal_id: int) -> ResponseReturnValue:
    """Propose it to the college; nothing is public before the college decided."""
    actor, found, reasons = current_actor(), _turn(signal_id), []
    form, ids = TurnForm().offer(standing_proposal(signal_id)), _ids(signal_id)
    if form.is_right(decides=False):
        try:
            with writing():
                signals = [get_for_deciding(actor, one) for one in ids]
                turn.bring(actor, signals, form.verdict(), proposal_id=_sent("proposal"), seen=_sent("seen"))
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            return _on(found, _("Voorgesteld aan het college. Het is pas openbaar als het college beslist."))
    return _page(found, form, reasons), 422


@bp.post("/desk/decisions/mine/<int:signal_id>/decide")
@deciders
def decide_alone(signal_id: int) -> ResponseReturnValue:
    """Decide it, where this person or department has the last word: everybody can read it at once."""
    actor, found, reasons = current_actor(), _turn(signal_id), []
    form, ids, proposal_id = TurnForm().offer(standing_proposal(signal_id)), _ids(signal_id), _sent("proposal")
    if form.is_right(decides=True, proven=is_proven(ids)):
        try:
            with writing():
                signals = [get_for_deciding(actor, one) for one in ids]
                proposal = get_proposal(actor, proposal_id) if proposal_id else None
                turn.decide(actor, signals, form.verdict(), proposal=proposal, seen=_sent("seen"))
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            return _on(found, _("Beslist. Iedereen kan het nu lezen."))
    return _page(found, form, reasons), 422


@bp.post("/desk/decisions/mine/<int:signal_id>/later")
@deciders
def later(signal_id: int) -> ResponseReturnValue:
    """It was read; the answer comes later."""
    actor, found = current_actor(), _turn(signal_id)
    with writing():
        turn.note_reading(actor, get_for_deciding(actor, signal_id))
    return _on(found, _("Genoteerd dat je dit las. Het blijft wachten."))


@bp.get("/desk/decisions/mine/<int:signal_id>/chart.svg")
@deciders
def turn_chart(signal_id: int) -> Response:
    """The chart of the question a signal rests on."""
    signal = get_for_deciding(current_actor(), signal_id)
    name = _chart_name(signal)
    if name is None:
        raise NotFound
    response = Response(drawn(signal.wave_id, name), content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response


def _turn(signal_id: int) -> Turn:
    found = turn_of(current_actor(), signal_id)
    if found is None:
        raise NotFound
    return found


def _ids(signal_id: int) -> list[int]:
    ticked = request.form.getlist("signals")
    if not all(text.isdecimal() for text in ticked):
        raise NotFound
    return list(dict.fromkeys([signal_id, *map(int, ticked)]))


def _sent(name: str) -> int:
    return request.form.get(name, 0, type=int)


def _on(done: Turn, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("decisions.mine", signal=done.following))


def _chart_name(signal: Signal) -> str | None:
    languages = signal.consultation.languages
    shown = language() if language() in languages else languages[0]
    names = [f"{basis.band}-{basis.item}-{shown}" for basis in signal.bases]
    return next((name for name in names if name in charts_of(signal.wave_id)), None)


def _question(signal: Signal) -> str:
    """The question its chart is about."""
    items = [item for instrument in signal.wave.instruments for item in instrument.document["items"]]
    wanted = next((item for item in items if item["key"] == signal.bases[0].item), None) if signal.bases else None
    return words_of(wanted, language())["question"] if wanted else ""


def _page(found: Turn, form: TurnForm, reasons: Sequence[str] = (), *, checked: bool = False) -> str:
    """`seen` and `proposal` go along in the form, so that a colleague who was first is noticed; once only."""
    signal, kept = found.signal, {} if reasons else request.form
    proposal, stands = standing_proposal(signal.id), current_decision(signal.id)
    return render_template(
        "decisions/turn.html",
        turn=found,
        signal=signal,
        form=form,
        reasons=reasons,
        said=said(signal),
        quotes=quoted(signal),
        proposal=proposal,
        lies=brought(proposal),
        stands=stands,
        question=_question(signal) if _chart_name(signal) else "",
        readers=readers_of(signal.id),
        others=like(found),
        ticked=request.form.getlist("signals"),
        advice=hard_to_read(form.reason.data or "") if request.method == "POST" else [],
        checked=checked,
        kept_seen=kept.get("seen", stands.id if stands else 0),
        kept_proposal=kept.get("proposal", proposal.id if proposal else 0),
    )
