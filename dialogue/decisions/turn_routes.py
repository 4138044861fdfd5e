"""Doors of who decides: one signal at a time, on a phone, from the link in a mail.

All lies under /desk/decisions/mine, for a link in a mail opens its page and what lies under it, and nothing else.
"""

from collections.abc import Callable, Sequence

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from dialogue.decisions import turn
from dialogue.decisions.asked import chart_name, question
from dialogue.decisions.handover_routes import bp
from dialogue.decisions.measure_queries import is_proven
from dialogue.decisions.note_queries import note_about
from dialogue.decisions.queries import (
    current_decision,
    get_for_deciding,
    get_proposal,
    newest_decision,
    standing_proposal,
)
from dialogue.decisions.turn_forms import TurnForm
from dialogue.decisions.turn_queries import Turn, away, brought, like, readers_of, replaced_in
from dialogue.decisions.turn_queries import turn as turn_of
from dialogue.results.queries import chart as drawn
from dialogue.shared.actor import Actor, Role
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.shared.plain import hard_to_read
from dialogue.signals.basis_queries import quoted, said
from dialogue.signals.models import Signal
from dialogue.web.access import allow, current_actor
from dialogue.web.i18n import language

deciders = allow(Role.DECIDER, Role.COORDINATOR)


@bp.context_processor
def _deputies() -> dict[str, object]:
    return {"replaced_in": replaced_in}


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

    def verb(actor: Actor, signals: list[Signal], form: TurnForm) -> None:
        turn.bring(actor, signals, form.verdict(), proposal_id=_sent("proposal"), seen=_sent("seen"))

    done = _("Voorgesteld aan het college. Het is pas openbaar als het college beslist.")
    return _answer(signal_id, verb, done, decides=False)


@bp.post("/desk/decisions/mine/<int:signal_id>/decide")
@deciders
def decide_alone(signal_id: int) -> ResponseReturnValue:
    """Decide it, where this person or department has the last word: everybody can read it at once."""

    def verb(actor: Actor, signals: list[Signal], form: TurnForm) -> None:
        proposal = get_proposal(actor, _sent("proposal")) if _sent("proposal") else None
        began = {"seen": _sent("seen"), "newest": _sent("newest")}
        turn.decide(actor, signals, form.verdict(), proposal=proposal, cannot_wait=form.cannot_wait.data or "", **began)

    return _answer(signal_id, verb, _("Beslist. Iedereen kan het nu lezen."), decides=True)


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
    name = chart_name(signal, language())
    if name is None:
        raise NotFound
    response = Response(drawn(signal.wave_id, name), content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response


def _answer(
    signal_id: int, verb: Callable[[Actor, list[Signal], TurnForm], None], done: str, *, decides: bool
) -> ResponseReturnValue:
    """Do this with the signal and those that were ticked, and go on; when it is refused, keep what was typed."""
    actor, found, reasons = current_actor(), _turn(signal_id), []
    form, ids = TurnForm().offer(standing_proposal(signal_id)), _ids(signal_id)
    if form.is_right(decides=decides, proven=is_proven(ids)):
        try:
            with writing():
                verb(actor, [get_for_deciding(actor, one) for one in ids], form)
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            return _on(found, done)
    return _page(found, form, reasons), 422


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


def _page(found: Turn, form: TurnForm, reasons: Sequence[str] = (), *, checked: bool = False) -> str:
    """`seen`, `newest` and `proposal` go along in the form, so that a colleague who was first is noticed; once only."""
    signal, kept = found.signal, MultiDict[str, str]() if reasons else request.form
    proposal, stands = standing_proposal(signal.id), current_decision(signal.id)
    written_in = signal.consultation.municipality.language
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
        question=question(signal, language()) if chart_name(signal, language()) else "",
        note=note_about(current_actor(), signal.id),
        readers=readers_of([signal.id]).get(signal.id, ()),
        others=like(found),
        ticked=request.form.getlist("signals"),
        advice=hard_to_read(form.reason.data or "", written_in) if request.method == "POST" else [],
        checked=checked,
        away=away(current_actor(), signal),
        kept_seen=kept.get("seen", stands.id if stands else 0, type=int),
        kept_newest=kept.get("newest", newest_decision(signal.municipality_id), type=int),
        kept_proposal=kept.get("proposal", proposal.id if proposal else 0, type=int),
    )
