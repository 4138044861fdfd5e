"""The Word document of a dossier, made after it was asked for."""

import hashlib
from typing import Any

from flask_babel import force_locale

from dialogue.evidence.document import document
from dialogue.evidence.models import Dossier
from dialogue.evidence.queries import chains_for, gather
from dialogue.evidence.services import MAKE, keep_document
from dialogue.feedback.periods import period_of
from dialogue.shared.database import db, writing

__all__ = ["MAKE", "make_dossier"]


def make_dossier(payload: dict[str, Any]) -> None:
    """Make the document of the dossier `payload["dossier"]`; written outside the lock, kept inside it."""
    dossier = db.session.get_one(Dossier, payload["dossier"])
    found = gather(dossier.municipality_id, period_of(dossier.period, dossier.begins))
    with force_locale(found.municipality.language):
        docx = document(found, chains_for(dossier.chains, found))
    with writing():
        kept = db.session.get_one(Dossier, payload["dossier"])
        keep_document(kept, docx, found.head, hashlib.sha256(docx).hexdigest())
