"""How a consultation and its rounds stand in the ledger."""

from typing import Any

from dialogue.consultations import rules
from dialogue.consultations.models import Consultation, Wave
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.database import db


def note(actor: Actor | str, verb: str, subject: Consultation | Wave, before: dict[str, Any] | None = None) -> None:
    """Write what changed into the ledger."""
    db.session.flush()
    consultation = subject.consultation if isinstance(subject, Wave) else subject
    name = "wave" if isinstance(subject, Wave) else "consultation"
    department_id = consultation.department_id
    record(actor, verb, f"{name}:{subject.id}", department_id=department_id, before=before, after=picture(subject))


def picture(subject: Consultation | Wave) -> dict[str, Any]:
    """The record as the ledger seals it."""
    if isinstance(subject, Wave):
        days = {"opens": subject.opens_on, "closes": subject.closes_on, "hear_back_by": subject.hear_back_by}
        return days | {"state": subject.state, "asked": [instrument.sha256 for instrument in subject.instruments]}
    names = ("titles", "languages", "channel", "purpose", "still_open", "decided_by", "feeds_plan")
    fields = {name: getattr(subject, name) for name in names}
    questions = {version.band: version.items for version in subject.versions}
    return fields | {"questions": questions, "round": picture(rules.latest(subject))}
