"""Verbs of the dossier: choose its chains, ask for the document, and keep the document once it is made."""

from collections.abc import Collection, Sequence

from dialogue.evidence.models import Dossier
from dialogue.evidence.queries import dossier_of
from dialogue.evidence.rules import why_not_choose
from dialogue.feedback.periods import Period
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import Refused
from dialogue.shared.outbox import enqueue

MAKE = "make_dossier"


def choose(actor: Actor, period: Period, chosen: Sequence[int], offered: Collection[int]) -> Dossier:
    """Keep which decisions stand in the dossier as chains; raises Refused."""
    reasons = why_not_choose(chosen, offered)
    if reasons:
        raise Refused(*reasons)
    dossier = _dossier(actor, period)
    before, dossier.chains = dossier.chains, list(chosen)
    record(actor, "dossier.chosen", f"dossier:{dossier.id}", before=before, after=dossier.chains)
    return dossier


def ask_for_document(actor: Actor, period: Period) -> Dossier:
    """Ask for the Word document; the job makes it, and what was made before gives way."""
    dossier = _dossier(actor, period)
    dossier.asked_at, dossier.made_by_id = now(), actor.staff_id
    dossier.made_at = dossier.docx = dossier.ledger_head = None
    enqueue(MAKE, {"dossier": dossier.id})
    record(actor, "dossier.asked", f"dossier:{dossier.id}", after=dossier.chains)
    return dossier


def keep_document(dossier: Dossier, docx: bytes, head: str, sha256: str) -> None:
    """Keep the finished document with the seal of the record that stands in it."""
    dossier.docx, dossier.ledger_head, dossier.made_at = docx, head, now()
    record("system", "dossier.made", f"dossier:{dossier.id}", after={"sha256": sha256, "head": head})


def _dossier(actor: Actor, period: Period) -> Dossier:
    dossier = dossier_of(actor.municipality_id, period)
    if dossier is None:
        days = {"begins": period.begins, "ends": period.ends}
        dossier = Dossier(municipality_id=actor.municipality_id, period=period.kind, **days)
        dossier.made_by_id, dossier.asked_at = actor.staff_id, now()
        db.session.add(dossier)
        db.session.flush()
    return dossier
