"""The photo or document of a proof: looked into, kept, shown to everybody by a person, and taken away."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from dialogue.decisions.models import Decision, Measure, Proof, ProofFile
from dialogue.decisions.queries import standing
from dialogue.ledger.services import record
from dialogue.shared import files
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound, Refused, refuse
from dialogue.shared.files import Checked
from dialogue.shared.models import StoredFile

MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Brought:
    """A file that was found good; a photo has its size in points and words for who cannot see it."""

    file: Checked
    width: int = 0
    height: int = 0
    alt: str = ""


def looked_into(content: bytes, name: str, alt: str) -> Brought:
    """A PDF as it is, or a photo painted anew; raises Refused. Slow: call it outside the lock."""
    from dialogue.shared.documents import checked_pdf  # noqa: PLC0415 - large libraries, and few bring files
    from dialogue.shared.pictures import painted_anew  # noqa: PLC0415

    if len(content) > MOST_BYTES:
        raise Refused(_("Dit bestand is te groot: hoogstens 20 MB."))
    if content.startswith(b"%PDF-"):
        return Brought(checked_pdf(content, name))
    photo = painted_anew(content, name)
    return Brought(photo.file, photo.width, photo.height, alt)


def why_not_alt(brought: Brought) -> list[str]:
    """Reasons why a photo cannot be kept yet: who cannot see it must read what is on it."""
    return [_("Schrijf wat er op de foto te zien is.")] if brought.width and not brought.alt.strip() else []


def attach(actor: Actor, proof: Proof, brought: Brought) -> None:
    """Keep the file with its proof. Call inside `with writing():`."""
    refuse(why_not_alt(brought))
    stored = files.store(brought.file)
    measures = {"width": brought.width, "height": brought.height}
    db.session.add(ProofFile(proof_id=proof.id, file_id=stored.id, alt=brought.alt, **measures))
    _record(actor, "proof.file_added", proof, brought.file.sha256)


def show(actor: Actor, proof: Proof) -> None:
    """Let everybody see the photo. Call inside `with writing():`."""
    photo = _photo(proof)
    photo.shown_by_id = actor.staff_id
    _record(actor, "proof.photo_shown", proof, photo.stored.sha256)


def hide(actor: Actor, proof: Proof) -> None:
    """Let nobody but staff see the photo any more. Call inside `with writing():`."""
    photo = _photo(proof)
    photo.shown_by_id = None
    _record(actor, "proof.photo_hidden", proof, photo.stored.sha256)


def take_away(actor: Actor, proof: Proof) -> None:
    """Delete the file for good; the proof stays, and the ledger keeps who did it. Call inside `with writing():`."""
    if proof.file is None:
        raise Refused(_("Dit bestand is er niet meer."))
    file_id, sha256 = proof.file.file_id, proof.file.stored.sha256
    db.session.delete(proof.file)
    db.session.flush()
    files.forget(file_id)
    _record(actor, "proof.file_deleted", proof, sha256)


def shown_photo(municipality_id: int, proof_id: int) -> StoredFile:
    """A photo that a person showed to everybody, of a decision that stands in this municipality; else NotFound."""
    chosen = select(ProofFile).join(ProofFile.proof).join(Proof.measure).join(Measure.decision)
    chosen = chosen.where(ProofFile.proof_id == proof_id, ProofFile.shown_by_id.is_not(None))
    found = db.session.scalar(chosen.where(Decision.municipality_id == municipality_id, standing()))
    if found is None:
        raise NotFound
    return found.stored


def _photo(proof: Proof) -> ProofFile:
    if proof.file is None or not proof.file.is_photo:
        raise Refused(_("Deze foto is er niet meer."))
    return proof.file


def _record(actor: Actor, verb: str, proof: Proof, sha256: str) -> None:
    department = proof.measure.department_id
    record(actor, verb, f"proof:{proof.id}", department_id=department, after={"sha256": sha256})
