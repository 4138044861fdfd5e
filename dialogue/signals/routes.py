"""Doors of the room signals: the overview, and one signal with what it rests on."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from dialogue.consultations.queries import get_for_reading as get_consultation
from dialogue.people.queries import departments, get_department
from dialogue.shared.actor import Role
from dialogue.shared.bands import Band
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.signals import rules, services, word_services
from dialogue.signals.basis_queries import get_coding, quoted, said, why_never_quoted
from dialogue.signals.forms import QuoteForm, RenameForm
from dialogue.signals.models import Signal
from dialogue.signals.queries import get_for_bundling, get_for_handing_over, get_signal
from dialogue.signals.reading import key_typed, rounds_to_read, signals_page, words_page
from dialogue.signals.reading_routes import bp, readers, ticked_keys, typed_words
from dialogue.web.access import allow, current_actor

__all__ = ["bp"]
ANSWERERS = (Role.MAKER, Role.READER, Role.DECIDER, Role.COORDINATOR)


@bp.get("/desk/signals")
@allow()
def index() -> str:
    actor, find = current_actor(), typed_words()
    rounds, older = rounds_to_read(actor, request.args.get("rounds", type=int))
    only = request.args.get("consultation", type=int)
    chosen = get_consultation(actor, only) if only is not None else None
    signals, more = signals_page(actor, find, request.args.get("before", type=int), only)
    return render_template(
        "signals/index.html",
        rounds=rounds,
        older=older,
        signals=[(signal, said(signal)) for signal in signals],
        more=more,
        find=find,
        chosen=chosen,
        reads=actor.has_any(Role.READER, Role.COORDINATOR),
    )


@bp.get("/desk/signals/<int:signal_id>")
@allow()
def signal(signal_id: int) -> str:
    return _page(get_signal(current_actor(), signal_id))


@bp.post("/desk/signals/<int:signal_id>/rename")
@readers
def rename(signal_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found = get_for_bundling(actor, signal_id)
    form = RenameForm.sent(found)
    if not form.validate():
        return _page(found, form), 422
    titles, seen = form.titles, form.seen.data
    try:
        with writing():
            services.rename(actor, get_for_bundling(actor, signal_id), titles, seen=seen)
    except Refused as refusal:
        found = get_for_bundling(actor, signal_id)
        form.was_overtaken(found)
        return _page(found, form, refusal.reasons), 422
    return _back(signal_id, _("De zin is aangepast."))


@bp.post("/desk/signals/<int:signal_id>/hand-over")
@allow(*ANSWERERS)
def hand_over(signal_id: int) -> ResponseReturnValue:
    actor = current_actor()
    department = get_department(actor, request.form.get("department", 0, type=int))
    with writing():
        services.hand_over(actor, get_for_handing_over(actor, signal_id), department)
    flash(_("%(department)s is nu het antwoord schuldig.", department=department.name))
    return redirect(url_for("signals.index"))


@bp.post("/desk/signals/<int:signal_id>/answers/add")
@readers
def add_answer(signal_id: int) -> ResponseReturnValue:
    with writing():
        services.add_basis(current_actor(), get_for_bundling(current_actor(), signal_id), *_basis())
    return _back(signal_id, _("Dit antwoord telt nu mee."))


@bp.post("/desk/signals/<int:signal_id>/answers/remove")
@readers
def remove_answer(signal_id: int) -> ResponseReturnValue:
    with writing():
        services.remove_basis(current_actor(), get_for_bundling(current_actor(), signal_id), *_basis())
    return _back(signal_id, _("Dit antwoord telt niet meer mee."))


@bp.post("/desk/signals/<int:signal_id>/take-away")
@readers
def take_away(signal_id: int) -> ResponseReturnValue:
    with writing():
        word_services.take_away(current_actor(), get_for_bundling(current_actor(), signal_id), ticked_keys())
    return _back(signal_id, _("Weggehaald. Wat nergens anders bij ligt, is weer ongelezen."))


@bp.get("/desk/signals/<int:signal_id>/quote/<key>")
@readers
def quote(signal_id: int, key: str) -> str:
    coding = get_coding(get_for_bundling(current_actor(), signal_id), key_typed(key))
    form = QuoteForm(formdata=None, data={"text": coding.quote or coding.contribution.text})
    return render_template("signals/quote.html", coding=coding, form=form, reasons=why_never_quoted(coding))


@bp.post("/desk/signals/<int:signal_id>/quote/<key>")
@readers
def approve_quote(signal_id: int, key: str) -> ResponseReturnValue:
    actor, form, reasons = current_actor(), QuoteForm(), []
    if form.validate():
        try:
            with writing():
                coding = get_coding(get_for_bundling(actor, signal_id), key_typed(key))
                word_services.approve_quote(actor, coding, form.text.data)
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            return _back(signal_id, _("Het citaat is goedgekeurd: iedereen mag het lezen."))
    coding = get_coding(get_for_bundling(actor, signal_id), key_typed(key))
    return render_template("signals/quote.html", coding=coding, form=form, reasons=reasons), 422


@bp.post("/desk/signals/<int:signal_id>/quote/<key>/withdraw")
@readers
def withdraw_quote(signal_id: int, key: str) -> ResponseReturnValue:
    with writing():
        coding = get_coding(get_for_bundling(current_actor(), signal_id), key_typed(key))
        word_services.withdraw_quote(current_actor(), coding)
    return _back(signal_id, _("Het citaat is ingetrokken."))


def _basis() -> tuple[Band, str, str]:
    parts = request.form.get("answer", "").split("|")
    if len(parts) != 3 or parts[0] not in list(Band):
        raise NotFound
    return Band(parts[0]), parts[1], parts[2]


def _back(signal_id: int, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("signals.signal", signal_id=signal_id))


def _page(signal: Signal, form: RenameForm | None = None, reasons: Sequence[str] = ()) -> str:
    actor = current_actor()
    asked = rules.answers_asked(signal.wave.instruments, str(get_locale()))
    bases = {(basis.band, basis.item, basis.option) for basis in signal.bases}
    bundles = rules.may_bundle(actor, signal)
    codings, more = words_page(signal, key_typed(request.args.get("after", ""))) if bundles else ([], None)
    return render_template(
        "signals/signal.html",
        signal=signal,
        said=said(signal),
        quotes=quoted(signal),
        codings=codings,
        more=more,
        counting=[answer for answer in asked if answer.key in bases],
        addable=[answer for answer in asked if answer.key not in bases],
        departments=[d for d in departments(actor.municipality_id) if d.id != signal.department_id],
        may_bundle=bundles,
        may_hand_over=rules.may_hand_over(actor, signal) and not services.is_answered(signal),
        form=form or RenameForm.of(signal),
        reasons=reasons,
    )
