"""Doors of the room decisions: what waits, one signal with its proposals and decisions, proposing and withdrawing."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.consultations.queries import get_for_reading as get_consultation
from dialogue.decisions import rules, services
from dialogue.decisions.decide_routes import bp, to_signal
from dialogue.decisions.forms import ProposalForm
from dialogue.decisions.models import Outcome
from dialogue.decisions.note_queries import note_about
from dialogue.decisions.note_routes import proposers
from dialogue.decisions.part_queries import waits
from dialogue.decisions.queries import (
    decisions_of_signal,
    get_for_proposing,
    get_for_withdrawing,
    is_standing,
    proposals_of,
    standing_proposal,
)
from dialogue.decisions.waiting_queries import taken, waiting
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.signals.basis_queries import quoted, said
from dialogue.signals.models import Signal
from dialogue.signals.queries import get_signal
from dialogue.signals.reading_routes import typed_words
from dialogue.web.access import allow, current_actor

__all__ = ["bp"]
FIRST = 20  # of what waits; the rest is folded


@bp.get("/desk/decisions")
@allow()
def index() -> str:
    actor, only, find = current_actor(), request.args.get("consultation", type=int), typed_words()
    chosen = get_consultation(actor, only) if only is not None else None
    rows = waiting(actor, only, find)
    decisions, older = taken(actor, request.args.get("before", type=int), only, find)
    return render_template(
        "decisions/index.html",
        without_proposal=[row for row in rows if row.proposal is None],
        proposed=[row for row in rows if row.proposal],
        decisions=decisions,
        older=older,
        chosen=chosen,
        find=find,
        first=FIRST,
    )


@bp.get("/desk/decisions/signal/<int:signal_id>")
@allow()
def signal(signal_id: int) -> str:
    return _page(get_signal(current_actor(), signal_id), ProposalForm(formdata=None))


@bp.post("/desk/decisions/signal/<int:signal_id>/propose")
@proposers
def propose(signal_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), ProposalForm()
    found = get_for_proposing(actor, signal_id)
    if not form.validate():
        return _page(found, form), 422
    try:
        with writing():
            found = get_for_proposing(actor, signal_id)
            services.propose(actor, found, Outcome(form.outcome.data), form.what.data, form.reason.data)
    except Refused as refusal:
        return _page(get_signal(actor, signal_id), form, refusal.reasons), 422
    return to_signal(signal_id, _("Voorgesteld. Het wacht nu op een besluit."))


@bp.post("/desk/decisions/proposal/<int:proposal_id>/withdraw")
@proposers
def withdraw(proposal_id: int) -> ResponseReturnValue:
    actor = current_actor()
    with writing():
        proposal = get_for_withdrawing(actor, proposal_id)
        services.withdraw(actor, proposal)
    return to_signal(proposal.signal_id, _("Het voorstel is ingetrokken."))


def _page(signal: Signal, form: ProposalForm, reasons: Sequence[str] = ()) -> str:
    actor, decided = current_actor(), decisions_of_signal(signal.id)
    moments = [decision.recorded_at for decision in decided]
    return render_template(
        "decisions/signal.html",
        signal=signal,
        form=form,
        reasons=reasons,
        said=said(signal),
        quotes=quoted(signal),
        standing=standing_proposal(signal.id),
        gone=[one for one in proposals_of(signal.id) if one.withdrawn_at or rules.has_lapsed(one, moments)],
        decisions=[(decision, is_standing(decision)) for decision in decided],
        note=note_about(actor, signal.id),
        may_propose=rules.may_propose(actor, signal.department_id),
        asks_parts=waits(signal),
        may_decide=rules.may_decide(actor, signal.department_id),
    )
