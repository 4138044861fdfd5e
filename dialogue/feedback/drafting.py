"""A message to begin with: all that is known is filled in, and a person still reads every word of it."""

from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from dialogue.decisions.models import Decision, MeasureState
from dialogue.duties.rules import FOLLOW_UPS, months_later
from dialogue.feedback.queries import signals_answered_by
from dialogue.feedback.rules import Part, part_of
from dialogue.feedback.stories import answered_words, questions_of
from dialogue.feedback.versions import main_language
from dialogue.results.queries import public_publication
from dialogue.shared.clock import today
from dialogue.signals.basis_queries import said
from dialogue.signals.models import Signal
from dialogue.signals.words import said_words
from dialogue.web.i18n import capital, day, day_short, in_language


def first_draft(decision: Decision, language: str) -> dict[str, str]:
    """The seven parts in this language; what a person wrote in the language of the town is left to translate."""
    signals, own = signals_answered_by(decision), language == main_language(decision)
    with force_locale(language):  # children read it, whatever the writer's own language
        return {
            "we_asked": _asked(signals),
            "you_said": "\n".join([_said(signal, language) for signal in signals] + _others(signals, language)),
            "we_decided": decision.what if own else "",
            "because": decision.reason if own else "",
            "you_will_see": _coming(decision) if own else "",
            "disagree": decision.department.municipality.disagree.get(language, ""),
            "hear_again": hear_again(decision),
        }


def _asked(signals: list[Signal]) -> str:
    questions = dict.fromkeys(question for signal in signals for question in questions_of(signal))
    count = answered_words(signals[0].wave).replace("± ", "")
    many = [_("Ongeveer %(count)s kinderen en jongeren antwoordden.", count=count)] if count else []
    return "\n".join([*(questions or [in_language(signals[0].consultation.titles)]), *many])


def _said(signal: Signal, language: str) -> str:
    heard = said(signal)
    count = f" {capital(said_words(heard))}." if heard.rests else ""
    return f"“{in_language(signal.titles, language)}”{count}"


def _others(signals: list[Signal], language: str) -> list[str]:
    """Another opinion: per question behind these signals, what most of those who chose otherwise chose."""
    rests = {(one.wave_id, basis.band, basis.item, basis.option) for one in signals for basis in one.bases}
    found = []
    for wave_id in dict.fromkeys(signal.wave_id for signal in signals):
        for band in (public_publication(wave_id) or {"bands": []})["bands"]:
            for item in band["items"]:
                chosen = {option for *where, option in rests if where == [wave_id, band["band"], item["key"]]}
                others = [row for row in item["rows"] if row["share"] and row["code"] not in chosen]
                if chosen and others:
                    most = max(others, key=lambda row: row["share"])
                    found.append(in_language(most["labels"], language))
    return [_("Niet iedereen vond dat. Anderen kozen: “%(what)s”.", what=what) for what in dict.fromkeys(found)]


def _coming(decision: Decision) -> str:
    """What is done, and what is still to come, each with its day."""
    coming = [m for m in decision.measures if m.state in (MeasureState.PLANNED, MeasureState.BUSY)]
    finished = [m for m in decision.measures if m.state == MeasureState.DONE]
    lines = [_("%(what)s: dat is klaar.", what=m.title) for m in finished]
    lines += [_("Tegen %(day)s: %(what)s.", day=day_short(m.due), what=m.title.rstrip(".")) for m in coming]
    return "\n".join(lines)


def next_days(decision: Decision) -> list[date]:
    """When children are told again, counted from today; nothing after a no, and once all is done."""
    if part_of(decision) in (Part.NO, Part.DONE):
        return []
    return [months_later(today(), months) for months in FOLLOW_UPS.values()]


def hear_again(decision: Decision) -> str:
    """When children hear more, by what is owed to them after this message."""
    if decision.under_study_until and part_of(decision) == Part.STUDY:
        return _("Je hoort het op %(day)s, of vroeger.", day=day(decision.under_study_until))
    days = next_days(decision)
    if days:
        return _("We vertellen je opnieuw hoe het gaat, op %(day)s of vroeger.", day=day(days[0]))
    return _("Dit was het laatste bericht hierover. Verandert er nog iets? Dan lees je het hier.")
