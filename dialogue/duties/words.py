"""How duties and their states are said, and where each is done."""

from typing import Any

from flask_babel import gettext as _

from dialogue.duties.models import Change, Duty, DutyChange
from dialogue.duties.rules import DutyState


def kind_words(kind: str) -> str:
    """What is owed, in a few words."""
    words = {
        "feedback": _("Terugkoppelen aan kinderen"),
        "decision": _("Een antwoord beslissen"),
        "measure": _("Een maatregel uitvoeren"),
        "follow_up_6": _("Na 6 maanden opnieuw vertellen hoe het staat"),
        "follow_up_12": _("Na 12 maanden opnieuw vertellen hoe het staat"),
        "concern": _("Een zorg van een kind lezen"),
        "review": _("Opnieuw kijken: de meeste kinderen zeiden nee"),
    }
    return words[kind]


def state_words(state: DutyState) -> str:
    """A state on a chip."""
    words = {
        DutyState.AHEAD: _("later"),
        DutyState.SOON: _("binnenkort"),
        DutyState.LATE: _("te laat"),
        DutyState.EXTENDED: _("uitgesteld"),
        DutyState.KEPT: _("gehouden"),
        DutyState.CANCELLED: _("vervallen"),
    }
    return words[state]


def state_colour(state: DutyState) -> str:
    """The colour of its chip."""
    colours = {DutyState.LATE: "no", DutyState.SOON: "waiting", DutyState.EXTENDED: "waiting", DutyState.KEPT: "done"}
    return colours.get(state, "draft")


def change_words(change: DutyChange, day: str) -> str:
    """One line of the history; `day` spells the day it was owed by from then on."""
    words = {
        Change.OWED: _("beloofd tegen %(day)s", day=day),
        Change.EXTENDED: _("uitgesteld tot %(day)s", day=day),
        Change.BROUGHT_FORWARD: _("vervroegd naar %(day)s", day=day),
        Change.HANDED_OVER: _("doorgegeven, tegen %(day)s", day=day),
        Change.KEPT: _("gehouden"),
        Change.CANCELLED: _("vervallen"),
    }
    return words[change.what]


def step_of(kind: str) -> str:
    """The step of the thread in which it is done."""
    return {"decision": "decided", "measure": "done", "concern": "said"}.get(kind, "told")


def door_of(duty: Duty) -> tuple[str, dict[str, Any]]:
    """Endpoint and values of the page where this duty is kept."""
    about = duty.object.partition(":")[2]
    match duty.kind:
        case "decision":
            return "decisions.signal", {"signal_id": int(about)}
        case "measure":
            return "decisions.measure", {"measure_id": int(about)}
        case "follow_up_6" | "follow_up_12":
            return "feedback.message", {"decision_id": int(about)}
        case "review":
            return "feedback.review", {"review_id": int(about)}
        case "concern":
            return "answering.concerns", {}
        case _:
            return "feedback.index", {}
