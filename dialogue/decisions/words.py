"""How outcomes, bodies and states are said: to staff, and to children."""

from flask_babel import gettext as _

from dialogue.decisions.models import Body, MeasureState, Outcome


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
