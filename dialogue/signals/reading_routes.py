"""Doors for reading own words: one page of words, and one verb per door for the words that are ticked."""

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from dialogue.answering.models import Reading
from dialogue.consultations.models import Wave
from dialogue.shared.actor import Actor, Role
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.shared.text import clean
from dialogue.signals import rules, services, word_services
from dialogue.signals.follow_ups import questions_after
from dialogue.signals.forms import TitleForm, title_form
from dialogue.signals.queries import get_for_bundling, get_wave_for_reading, matching
from dialogue.signals.reading import Choice, counts_by_state, key_typed, recent_signals, words_of_round
from dialogue.signals.words import band_words, said_words, state_words
from dialogue.web.access import allow, current_actor
from dialogue.web.i18n import in_language

bp = Blueprint("signals", __name__)
readers = allow(Role.READER, Role.COORDINATOR)
Verb = Callable[[Actor, Wave, list[bytes]], str]
bp.context_processor(lambda: {"band_words": band_words, "said_words": said_words})


@bp.get("/desk/signals/read/<int:wave_id>")
@readers
def read(wave_id: int) -> str:
    wave = get_wave_for_reading(current_actor(), wave_id)
    return _page(wave, Choice.typed(request.args), title_form(wave.consultation.languages))


@bp.post("/desk/signals/read/<int:wave_id>/lay")
@readers
def lay(wave_id: int) -> ResponseReturnValue:
    def with_signal(actor: Actor, _wave: Wave, keys: list[bytes]) -> str:
        signal = get_for_bundling(actor, request.form.get("signal", 0, type=int))
        count = word_services.lay(actor, signal, keys)
        title = in_language(signal.titles)
        return ngettext("%(num)s antwoord ligt bij “%(title)s”.", "%(num)s antwoorden liggen bij “%(title)s”.", count,
                        title=title)  # fmt: skip

    return _do(wave_id, with_signal)


@bp.post("/desk/signals/read/<int:wave_id>/make")
@readers
def make(wave_id: int) -> ResponseReturnValue:
    wave = get_wave_for_reading(current_actor(), wave_id)
    form = title_form(wave.consultation.languages)
    if not form.validate():
        return _page(wave, Choice.typed(request.args), form), 422

    def new_signal(actor: Actor, wave: Wave, keys: list[bytes]) -> str:
        signal = services.make_signal(actor, wave, form.titles, keys)
        return _("Nieuw signaal: “%(title)s”. %(department)s is een antwoord schuldig.",
                 title=in_language(signal.titles), department=signal.consultation.department.name)  # fmt: skip

    return _do(wave_id, new_signal, form)


@bp.post("/desk/signals/read/<int:wave_id>/no-request")
@readers
def no_request(wave_id: int) -> ResponseReturnValue:
    return _do(wave_id, _marking(Reading.NO_REQUEST))


@bp.post("/desk/signals/read/<int:wave_id>/hold")
@readers
def hold(wave_id: int) -> ResponseReturnValue:
    return _do(wave_id, _marking(Reading.HELD))


@bp.post("/desk/signals/read/<int:wave_id>/unread")
@readers
def unread(wave_id: int) -> ResponseReturnValue:
    return _do(wave_id, _marking(Reading.UNREAD))


@bp.post("/desk/signals/read/<int:wave_id>/concern")
@readers
def concern(wave_id: int) -> ResponseReturnValue:
    def passed_on(actor: Actor, wave: Wave, keys: list[bytes]) -> str:
        count = word_services.raise_concern(actor, wave, keys)
        return ngettext("%(num)s antwoord is nu bij het aanspreekpunt integriteit. Niemand anders ziet het nog.",
                        "%(num)s antwoorden zijn nu bij het aanspreekpunt integriteit. Niemand anders ziet ze nog.",
                        count)  # fmt: skip

    return _do(wave_id, passed_on)


def _marking(reading: Reading) -> Verb:
    def marked(actor: Actor, wave: Wave, keys: list[bytes]) -> str:
        count = word_services.mark(actor, wave, keys, reading)
        words = state_words(reading)
        return ngettext("%(num)s antwoord: %(state)s.", "%(num)s antwoorden: %(state)s.", count, state=words)

    return marked


def _do(wave_id: int, verb: Verb, form: TitleForm | None = None) -> ResponseReturnValue:
    """Do `verb` with the ticked words and go on reading where we were; when refused, show why."""
    choice, keys = Choice.typed(request.args), ticked_keys()
    try:
        with writing():
            done = verb(current_actor(), get_wave_for_reading(current_actor(), wave_id), keys)
    except Refused as refusal:
        wave = get_wave_for_reading(current_actor(), wave_id)
        return _page(wave, choice, form or title_form(wave.consultation.languages, {}), refusal.reasons), 422
    flash(done)
    return redirect(url_for("signals.read", wave_id=wave_id, _anchor="words", **choice.address()))


def typed_words() -> str:
    """What somebody searches for."""
    return clean(request.args.get("find", ""), lines=False)


def ticked_keys() -> list[bytes]:
    """The keys of the words that are ticked in this form."""
    keys = [key_typed(text) for text in request.form.getlist("key")]
    if None in keys:
        raise NotFound
    return [key for key in keys if key]


def _page(wave: Wave, choice: Choice, form: TitleForm, reasons: Sequence[str] = ()) -> str:
    language = str(get_locale())
    find = typed_words()
    signals = recent_signals(wave.consultation_id)
    found = matching((signal for signal, _count in signals), find)
    later = questions_after(wave.id)
    named = {item: _("Later gevraagd: %(question)s", question=in_language(words)) for item, words in later.items()}
    return render_template(
        "signals/read.html",
        wave=wave,
        choice=choice,
        form=form,
        reasons=reasons,
        words=words_of_round(wave.id, choice),
        counts=counts_by_state(wave.id),
        questions=rules.questions_asked(wave.instruments, language) | named,
        later=later,
        signals=[(signal, count) for signal, count in signals if signal in found],
        find=find,
        ticked=request.form.getlist("key"),
        states=[(state, state_words(state)) for state in rules.SHOWN],
    )
