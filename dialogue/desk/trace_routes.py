"""Doors of the trace: from words, a ticked answer, a signal, a decision or a measure to all it hangs together with."""

from typing import Any

from flask import render_template
from flask_babel import get_locale

from dialogue.consultations.queries import get_wave
from dialogue.decisions.words import body_words, child_words
from dialogue.desk import trace
from dialogue.desk.unanswered_routes import bp, in_thread
from dialogue.feedback.fate_words import FATE_LABELS
from dialogue.results.disclosure import rounded
from dialogue.shared.bands import Band
from dialogue.shared.errors import NotFound
from dialogue.signals.basis_queries import said
from dialogue.signals.queries import get_signal
from dialogue.signals.reading import key_typed
from dialogue.signals.rules import answers_asked, may_read_words
from dialogue.signals.words import band_words, said_words
from dialogue.web.access import current_actor


@bp.get("/desk/trace/words/<key>")
@in_thread
def trace_words(key: str) -> str:
    words = trace.get_words(current_actor(), key_typed(key))
    return _page(trace.from_words(current_actor(), words), words=words)


@bp.get("/desk/trace/answer/<int:wave_id>/<band>/<item>/<option>")
@in_thread
def trace_answer(wave_id: int, band: str, item: str, option: str) -> str:
    wave = get_wave(current_actor(), wave_id)
    asked = {answer.key: answer for answer in answers_asked(wave.instruments, str(get_locale()))}
    answer = asked.get((Band(band), item, option)) if band in list(Band) else None
    if answer is None:
        raise NotFound
    return _page(trace.from_answer(current_actor(), wave, *answer.key), answer=answer)


@bp.get("/desk/trace/signal/<int:signal_id>")
@in_thread
def trace_signal(signal_id: int) -> str:
    actor = current_actor()
    return _page(trace.threads(actor, [get_signal(actor, signal_id)]))


@bp.get("/desk/trace/decision/<int:decision_id>")
@in_thread
def trace_decision(decision_id: int) -> str:
    return _page(trace.from_decision(current_actor(), decision_id))


@bp.get("/desk/trace/measure/<int:measure_id>")
@in_thread
def trace_measure(measure_id: int) -> str:
    return _page(trace.from_measure(current_actor(), measure_id))


def _page(threads: list[trace.Thread], **start: Any) -> str:
    actor, language = current_actor(), str(get_locale())
    asked = {thread.signal.wave_id: answers_asked(thread.signal.wave.instruments, language) for thread in threads}
    return render_template(
        "desk/trace.html",
        threads=threads,
        asked={wave_id: {answer.key: answer for answer in answers} for wave_id, answers in asked.items()},
        reads={t.signal.id for t in threads if may_read_words(actor, t.signal.consultation.department_id)},
        fates=FATE_LABELS,
        rounded=rounded,
        band_words=band_words,
        said=said,
        said_words=said_words,
        body_words=body_words,
        child_words=child_words,
        **start,
    )
