"""Doors for proof: what shows that a measure was carried out, with its photo or document."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions import measure_services, proof_files
from dialogue.decisions.forms import ProofForm
from dialogue.decisions.measure_queries import get_for_carrying_out, get_measure
from dialogue.decisions.measure_routes import bp, page
from dialogue.decisions.models import Proof
from dialogue.decisions.proof_files import MOST_BYTES, Brought
from dialogue.shared.actor import Actor
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.shared.files import read
from dialogue.web.access import allow, current_actor
from dialogue.web.uploads import brought, handed_out, takes_files

__all__ = ["bp"]


@bp.post("/desk/measures/<int:measure_id>/proof")
@allow()
@takes_files(MOST_BYTES)
def prove(measure_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), ProofForm()
    get_for_carrying_out(actor, measure_id)
    came = brought("file")
    file = _looked_into(form, came) if form.validate() and came else None
    if form.errors:
        if came and not form.file.errors:
            form.file.errors = [_("Kies het bestand opnieuw.")]
        return page(get_for_carrying_out(actor, measure_id), proof=form), 422
    try:
        with writing():
            measure = get_for_carrying_out(actor, measure_id)
            proof = measure_services.prove(actor, measure, form.title.data, form.uri.data or "", form.seen_on.data)
            if file:
                proof_files.attach(actor, proof, file)
    except Refused as refusal:
        return page(get_measure(actor, measure_id), refusal.reasons, proof=form), 422
    flash(_("Bewijs toegevoegd. Het blijft staan."))
    return redirect(url_for("decisions.measure", measure_id=measure_id))


@bp.get("/desk/proof/<int:proof_id>/file")
@allow()
def proof_file(proof_id: int) -> ResponseReturnValue:
    proof = _get(current_actor(), proof_id)
    if proof.file is None:
        raise NotFound
    return handed_out(read(proof.file.file_id), shown=proof.file.is_photo)


@bp.post("/desk/proof/<int:proof_id>/show")
@allow()
def show_photo(proof_id: int) -> ResponseReturnValue:
    return _do(proof_id, proof_files.show, _("Iedereen kan deze foto nu zien."))


@bp.post("/desk/proof/<int:proof_id>/hide")
@allow()
def hide_photo(proof_id: int) -> ResponseReturnValue:
    return _do(proof_id, proof_files.hide, _("Deze foto is niet meer openbaar."))


@bp.post("/desk/proof/<int:proof_id>/take-away")
@allow()
def take_away_file(proof_id: int) -> ResponseReturnValue:
    return _do(proof_id, proof_files.take_away, _("Het bestand is gewist. Het bewijs zelf blijft staan."))


def _looked_into(form: ProofForm, came: tuple[bytes, str]) -> Brought | None:
    """The file that came along, found good; complaints stand with their fields, and what was typed stays."""
    try:
        found = proof_files.looked_into(*came, form.alt.data or "")
    except Refused as refusal:
        form.file.errors = list(refusal.reasons)
        return None
    form.alt.errors = proof_files.why_not_alt(found)
    return found


def _get(actor: Actor, proof_id: int) -> Proof:
    """The proof, for whoever may know of its measure."""
    proof = db.session.get(Proof, proof_id)
    if proof is None:
        raise NotFound
    get_measure(actor, proof.measure_id)
    return proof


def _do(proof_id: int, verb: Callable[[Actor, Proof], None], done: str) -> ResponseReturnValue:
    actor = current_actor()
    with writing():
        proof = _get(actor, proof_id)
        get_for_carrying_out(actor, proof.measure_id)
        verb(actor, proof)
    flash(done)
    return redirect(url_for("decisions.measure", measure_id=proof.measure_id))
