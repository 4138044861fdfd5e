"""The documents of a dossier, made after they were asked for."""

from typing import Any

from flask_babel import force_locale

from dialogue.evidence.annexes import annexes
from dialogue.evidence.document import sheets, word
from dialogue.evidence.models import Dossier
from dialogue.evidence.queries import MAKE, chains_for, gather
from dialogue.evidence.services import keep_documents
from dialogue.evidence.words import file_name
from dialogue.feedback.periods import period_of
from dialogue.shared import bundles
from dialogue.shared.database import db, writing

__all__ = ["MAKE", "make_dossier"]


def make_dossier(payload: dict[str, Any]) -> None:
    """Make the files of the bundle `payload["bundle"]`: written outside the lock, kept inside it, all at once.

    They say the same, with one seal: after a restart none of them is there, and all are made anew.
    """
    bundle = bundles.asked(payload)
    if bundle is None:
        return
    key, dossier_id = bundle.key, int(bundle.object.removeprefix("dossier:"))
    dossier = db.session.get_one(Dossier, dossier_id)
    period = period_of(dossier.period, dossier.begins)
    found = gather(dossier.municipality_id, period)
    chosen, slug, seal = chains_for(bundle.wish["chains"], found), found.municipality.slug, found.head
    with force_locale(found.municipality.language):
        files = {annex.file_name: annex.file() for annex in annexes(found, chosen).values() if annex.file}
        files[file_name(slug, period, "docx")] = word(found, chosen)
        files[file_name(slug, period, "pdf")] = sheets(found, chosen)
    with writing():
        keep_documents(key, db.session.get_one(Dossier, dossier_id), files, seal)
