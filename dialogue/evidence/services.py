"""Verbs of the dossier: choose its chains, ask for its documents, and keep the documents once they are made."""

import hashlib
from collections.abc import Collection, Mapping, Sequence

from dialogue.evidence.models import Dossier
from dialogue.evidence.queries import MAKE, dossier_of, object_of
from dialogue.evidence.rules import why_not_choose
from dialogue.feedback.periods import Period
from dialogue.ledger.services import record
from dialogue.shared import bundles
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import refuse


def choose(actor: Actor, period: Period, chosen: Sequence[int], offered: Collection[int]) -> Dossier:
    """Keep which decisions stand in the dossier as chains; raises Refused."""
    refuse(why_not_choose(chosen, offered))
    dossier = _dossier(actor, period)
    before, dossier.chains = dossier.chains, list(chosen)
    record(actor, "dossier.chosen", object_of(dossier), before=before, after=dossier.chains)
    return dossier


def ask_for_documents(actor: Actor, period: Period) -> None:
    """Ask for the documents; the job makes them, and what was made before gives way."""
    dossier = _dossier(actor, period)
    if bundles.ask(MAKE, object_of(dossier), {"chains": dossier.chains}):
        record(actor, "dossier.asked", object_of(dossier), after=dossier.chains)


def keep_documents(bundle_key: str, dossier: Dossier, files: Mapping[str, bytes], seal: str) -> None:
    """Keep the finished documents with the seal that stands in them, unless they were asked anew meanwhile."""
    if bundles.keep(bundle_key, files):
        dossier.ledger_head = seal
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        record("system", "dossier.made", object_of(dossier), after={"sha256": hashes, "head": seal})


def _dossier(actor: Actor, period: Period) -> Dossier:
    dossier = dossier_of(actor.municipality_id, period)
    if dossier is None:
        days = {"begins": period.begins, "ends": period.ends}
        dossier = Dossier(municipality_id=actor.municipality_id, period=period.kind, **days)
        dossier.made_by_id = actor.staff_id
        db.session.add(dossier)
        db.session.flush()
    return dossier
