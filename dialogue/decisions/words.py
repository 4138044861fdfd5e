"""How outcomes, bodies and states are said: to staff, and to children."""

from flask_babel import gettext as _
from flask_babel import ngettext

from dialogue.decisions.models import Body, Measure, MeasureState, Outcome
from dialogue.decisions.money import Amount, amount_words
from dialogue.decisions.plan_models import PlanLevel
from dialogue.decisions.progress import Progress, progress_of


def outcome_words(outcome: Outcome) -> str:
    """A policy answer in plain words for staff."""
    words = {
        Outcome.ADOPTED: _("Ja"),
        Outcome.PARTLY: _("Ja, voor een stuk"),
        Outcome.NOT_ADOPTED: _("Nee"),
        Outcome.UNDER_STUDY: _("We onderzoeken het tot …"),
        Outcome.UNDER_WAY: _("We doen het al"),
        Outcome.NOT_OURS: _("Niet van ons, doorgegeven aan …"),
        Outcome.CARRIED_OUT: _("Het is gedaan"),
    }
    return words[outcome]


def child_words(outcome: Outcome) -> str:
    """A policy answer as a child reads it: as staff do, without what they still fill in."""
    shorter = {Outcome.UNDER_STUDY: _("We onderzoeken het"), Outcome.NOT_OURS: _("Niet van ons")}
    return shorter.get(outcome) or outcome_words(outcome)


def body_words(body: Body) -> str:
    """Who decided, as it stands in a sentence: 'het college'."""
    words = {
        Body.COLLEGE: _("het college"),
        Body.COUNCIL: _("de gemeenteraad"),
        Body.ALDERMAN: _("de schepen of wethouder"),
        Body.DEPARTMENT: _("de dienst"),
    }
    return words[body]


def measure_words(state: MeasureState) -> str:
    """How far a measure is."""
    words = {
        MeasureState.PLANNED: _("gepland"),
        MeasureState.BUSY: _("bezig"),
        MeasureState.DONE: _("klaar"),
        MeasureState.DROPPED: _("gestopt"),
    }
    return words[state]


def progress_words(progress: Progress) -> str:
    """How far a measure is, and who says so: the steps, or a person instead of them."""
    if progress.stated:
        return _("%(percent)s %% klaar, zegt wie ervoor zorgt", percent=progress.percent)
    return ngettext(
        "%(done)s van %(num)s stap klaar", "%(done)s van %(num)s stappen klaar", progress.steps, done=progress.done
    )


def budget_words(measure: Measure) -> str:
    """What a measure costs, with the note beside it; "" where that is not known."""
    means = measure.means
    if means is None:
        return ""
    amount = "" if means.budget_cents is None else amount_words(Amount(means.budget_cents, means.budget_about))
    return f"{amount} ({means.budget_note})" if amount and means.budget_note else amount or means.budget_note


def level_words(level: PlanLevel) -> str:
    """A level of the plan."""
    words = {
        PlanLevel.GOAL: _("beleidsdoelstelling"),
        PlanLevel.PLAN: _("actieplan"),
        PlanLevel.ACTION: _("actie"),
    }
    return words[level]


def outcome_colour(outcome: Outcome) -> str:
    """The colour word of tokens.css; never the only sign."""
    colours = {
        Outcome.ADOPTED: "yes",
        Outcome.PARTLY: "partly",
        Outcome.NOT_ADOPTED: "no",
        Outcome.UNDER_STUDY: "study",
        Outcome.UNDER_WAY: "yes",
        Outcome.NOT_OURS: "draft",
        Outcome.CARRIED_OUT: "done",
    }
    return colours[outcome]


# what templates say of a measure, wherever it is shown
OF_MEASURES = {word.__name__: word for word in (progress_of, progress_words, budget_words)}
