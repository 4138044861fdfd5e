"""How the parts of a dossier are said."""

from flask_babel import gettext as _

from dialogue.decisions.models import Decision
from dialogue.decisions.words import outcome_words
from dialogue.duties.models import Duty
from dialogue.feedback.periods import Period
from dialogue.feedback.words import period_words
from dialogue.web.i18n import day, in_language


def about(decision: Decision) -> str:
    """The signals that a decision answers."""
    return ", ".join(f"“{in_language(answer.signal.titles)}”" for answer in decision.answers)


def answer_words(decision: Decision) -> str:
    """The policy answer, with its day or its address where it has one."""
    if decision.under_study_until:
        return _("In onderzoek tot %(day)s", day=day(decision.under_study_until))
    if decision.passed_to:
        return _("Niet van ons, doorgegeven aan %(who)s", who=decision.passed_to)
    return outcome_words(decision.outcome)


def document_words(decision: Decision) -> str:
    """The document of a decision, with its address."""
    return " ".join(part for part in (decision.document_title, decision.document_uri) if part)


def duty_end(duty: Duty) -> str:
    """How it stands with a promise that is late."""
    return _("te laat gehouden, op %(day)s", day=day(duty.kept_at)) if duty.kept_at else _("nog niet gehouden")


def named(period: Period) -> str:
    """'schooljaar 2026–2027'."""
    return f"{period_words(period.kind)} {period.name}"


def file_name(slug: str, period: Period, ending: str) -> str:
    """bewijs-3.4-oudenhove-2026-2027.docx"""
    return f"bewijs-3.4-{slug}-{period.name.replace('–', '-')}.{ending}"
