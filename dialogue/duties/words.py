"""How duties and their states are said, and where each is done."""

from typing import Any

from flask_babel import gettext as _

from dialogue.duties.models import Change, Duty, DutyChange
from dialogue.duties.rules import CONCERN, DutyState


def kind_words(kind: str) -> str:
    """What is owed, in a few words."""
    words = {
        "feedback": _("Terugkoppelen aan kinderen"),
        "decision": _("Een antwoord beslissen"),
        "part": _("Een deel van een antwoord schrijven"),
        "measure": _("Een maatregel uitvoeren"),
        "follow_up_6": _("Na 6 maanden opnieuw vertellen hoe het staat"),
        "follow_up_12": _("Na 12 maanden opnieuw vertellen hoe het staat"),
        "concern": _("Een zorg van een kind lezen"),
        "advice": _("De jeugdraad antwoorden"),
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
    steps = {"concern": "said", "decision": "decided", "part": "decided", "advice": "decided", "measure": "done"}
    return steps.get(kind, "told")


DOORS = {
    "decision": ("decisions.signal", "signal_id"),
    "part": ("decisions.part", "part_id"),
    "advice": ("decisions.advice", "advice_id"),
    "measure": ("decisions.measure", "measure_id"),
    "follow_up_6": ("feedback.message", "decision_id"),
    "follow_up_12": ("feedback.message", "decision_id"),
    "review": ("feedback.review", "review_id"),
}


def door_of(duty: Duty) -> tuple[str, dict[str, Any]]:
    """Endpoint and values of the page where this duty is kept."""
    if duty.kind in DOORS:
        endpoint, name = DOORS[duty.kind]
        return endpoint, {name: int(duty.object.partition(":")[2])}
    return ("answering.concerns" if duty.kind == CONCERN else "feedback.index"), {}
