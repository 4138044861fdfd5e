"""Who asks another department for its part of an answer, who writes it, and deciding before all parts are in."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from dialogue.decisions.part_models import Part
from dialogue.decisions.rules import may_propose
from dialogue.shared.actor import Actor
from dialogue.signals.rules import sees


def may_read(actor: Actor, part: Part) -> bool:
    """Whether this person may know of the part: the department that is asked, and whoever may know of the signal."""
    return part.signal.municipality_id == actor.municipality_id and (
        actor.sees(part.department_id) or sees(actor, part.signal)
    )


def may_give(actor: Actor, part: Part) -> bool:
    """Whether this person writes the part: whoever proposes answers for the department that is asked."""
    return may_propose(actor, part.department_id)


def may_take_back(actor: Actor, part: Part) -> bool:
    """Whether this person may ask for it no more: whoever proposes answers for the department that owes the signal."""
    return may_propose(actor, part.signal.department_id)


def why_not_ask(*, own: bool, already: bool, waits: bool, due: date, today: date) -> list[str]:
    """Reasons why a department cannot be asked for its part by the day `due`."""
    reasons = []
    if not waits:
        reasons.append(_("Hierover is al beslist."))
    if own:
        reasons.append(_("Deze dienst is het hele antwoord schuldig. Kies een andere."))
    if already:
        reasons.append(_("Aan deze dienst is al een deel gevraagd."))
    if due < today:
        reasons.append(_("Kies een dag die nog komt."))
    return reasons


def why_not_give(part: Part, *, decided: bool, changed: bool) -> list[str]:
    """Reasons why the part cannot be written (any more); `changed`: by a colleague, since this person began."""
    if part.dropped_at or decided:
        return [_("Dit deel is niet meer nodig: het is ingetrokken, of er is intussen beslist.")]
    if changed:
        return [_("Een collega schreef intussen jullie deel. Lees dat eerst.")]
    return []


def why_not_take_back(part: Part) -> list[str]:
    """Reasons why it is too late to ask for the part no more."""
    if part.given_at:
        return [_("Dit deel is er al. Het blijft erbij.")]
    return [_("Dit deel was al ingetrokken.")] if part.dropped_at else []


def why_not_before(missing: Sequence[Part], because: str) -> list[str]:
    """Reasons why nothing can be decided before these parts are in."""
    if not missing or because.strip():
        return []
    names = ", ".join(part.department.name for part in missing)
    return [
        ngettext(
            "Het deel van %(names)s is er nog niet. Wacht erop, of schrijf in één zin waarom het niet kan wachten.",
            "De delen van %(names)s zijn er nog niet. Wacht erop, of schrijf in één zin waarom het niet kan wachten.",
            len(missing),
            names=names,
        )
    ]
