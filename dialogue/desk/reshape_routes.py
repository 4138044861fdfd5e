"""Doors for a signal as a whole: split it, merge it with another, withdraw it; with its history."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from dialogue.decisions import reshaping
from dialogue.desk.trace_routes import bp
from dialogue.shared.actor import Actor, Role
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.shared.text import clean
from dialogue.signals.change_queries import changes_of, end_of
from dialogue.signals.forms import TITLE
from dialogue.signals.models import Signal
from dialogue.signals.queries import get_for_bundling, signals_of_wave
from dialogue.signals.reading import PAGE, all_words, key_typed
from dialogue.signals.reshaping import Basis
from dialogue.signals.rules import answers_asked
from dialogue.signals.words import band_words
from dialogue.web.access import allow, current_actor

readers = allow(Role.READER, Role.COORDINATOR)
LONGEST = 280  # of a reason
Verb = Callable[[Actor, Signal, str], str]


@bp.get("/desk/signals/<int:signal_id>/reshape")
@readers
def reshape(signal_id: int) -> str:
    return _page(get_for_bundling(current_actor(), signal_id))


@bp.post("/desk/signals/<int:signal_id>/split")
@readers
def split(signal_id: int) -> ResponseReturnValue:
    def apart(actor: Actor, signal: Signal, because: str) -> str:
        title = clean(request.form.get("title", ""), lines=False)[:TITLE]
        if not title:
            raise Refused(_("Schrijf wat kinderen met het nieuwe signaal zeggen."))
        keys = [key for key in map(key_typed, request.form.getlist("key")) if key]
        titles = {signal.consultation.languages[0]: title}
        reshaping.split(actor, signal, titles, because, keys, _ticked(request.form.getlist("answer")))
        return _("Er is een nieuw signaal. Het moet op dezelfde dag beantwoord zijn.")

    return _done(signal_id, apart)


@bp.post("/desk/signals/<int:signal_id>/merge")
@readers
def merge(signal_id: int) -> ResponseReturnValue:
    def together(actor: Actor, signal: Signal, because: str) -> str:
        reshaping.merge(actor, [signal], get_for_bundling(actor, request.form.get("into", 0, type=int)), because)
        return _("De signalen zijn samengevoegd.")

    return _done(signal_id, together)


@bp.post("/desk/signals/<int:signal_id>/withdraw")
@readers
def withdraw_signal(signal_id: int) -> ResponseReturnValue:
    def away(actor: Actor, signal: Signal, because: str) -> str:
        reshaping.withdraw(actor, signal, because)
        return _("Het signaal is ingetrokken. De woorden zijn weer ongelezen.")

    return _done(signal_id, away)


def _done(signal_id: int, verb: Verb) -> ResponseReturnValue:
    """Do it, and show the page again: with its history, or with why it cannot be done and what was typed."""
    actor = current_actor()
    try:
        with writing():
            because = clean(request.form.get("because", ""), lines=True)[:LONGEST]
            message = verb(actor, get_for_bundling(actor, signal_id), because)
    except Refused as refusal:
        return _page(get_for_bundling(actor, signal_id), list(refusal.reasons)), 422
    flash(message)
    return redirect(url_for("desk.reshape", signal_id=signal_id))


def _ticked(values: list[str]) -> list[Basis]:
    parts = [value.split("|") for value in values]
    return [(part[0], part[1], part[2]) for part in parts if len(part) == 3]


def _page(signal: Signal, reasons: list[str] | None = None) -> str:
    bases = {(basis.band, basis.item, basis.option) for basis in signal.bases}
    asked = answers_asked(signal.wave.instruments, str(get_locale()))
    return render_template(
        "desk/reshape.html",
        signal=signal,
        ended=end_of(signal.id),
        changes=changes_of(signal.id),
        others=[other for other in signals_of_wave(signal.wave_id) if other.id != signal.id],
        answers=[answer for answer in asked if answer.key in bases],
        codings=all_words(signal),
        first=PAGE,
        band_words=band_words,
        reasons=reasons or [],
        typed=request.form,
        longest=LONGEST,
        title=TITLE,
    )
