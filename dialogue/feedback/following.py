"""Telling again, 6 and 12 months after a message, how it stands: kept by telling it anew, until all of it is done."""

from datetime import timedelta

from flask_babel import gettext as _

from dialogue.decisions.models import Decision
from dialogue.duties.queries import duty
from dialogue.duties.rules import FOLLOW_UPS, months_later
from dialogue.duties.services import cancel, keep, owe
from dialogue.feedback.rules import Part, part_of
from dialogue.shared.actor import Actor
from dialogue.shared.clock import today

NEAR = timedelta(days=60)  # what is told so long before the day, or later, counts


def follow_up(actor: Actor, decision: Decision, subject: str) -> None:
    """Its message was told, now or anew: owe the next ones, keep the one that was near. Call inside `with writing():`.

    After a no, and once all is done, nothing more is owed; a correction takes the place of what it corrects.
    """
    if decision.corrects_id:
        _cancel(actor, decision.corrects_id, _("De beslissing werd verbeterd."))
    about, ended = f"decision:{decision.id}", part_of(decision) in (Part.NO, Part.DONE)
    for kind, months in FOLLOW_UPS.items():
        owed = duty(kind, about)
        if owed and owed.promised - today() <= NEAR:
            keep(actor, kind, about)
        elif owed is None and not ended:
            owe(
                actor,
                kind,
                about,
                municipality_id=decision.municipality_id,
                department_id=decision.department_id,
                subject=subject,
                due=months_later(today(), months),
            )
    if ended:
        _cancel(actor, decision.id, _("Alles is verteld."))


def _cancel(actor: Actor, decision_id: int, because: str) -> None:
    for kind in FOLLOW_UPS:
        cancel(actor, kind, f"decision:{decision_id}", because)
