"""Doors for notes to the college: which signals go there together, what they cost, and the document."""

from collections.abc import Mapping, Sequence

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions import note_document, note_services
from dialogue.decisions.note_forms import FactsForm, NoteForm
from dialogue.decisions.note_models import CollegeNote
from dialogue.decisions.note_queries import (
    get_for_making,
    get_note,
    items_of,
    notes_of,
    offered,
    signals_in,
    template_of,
)
from dialogue.decisions.note_rules import may_make, may_settle
from dialogue.decisions.plan_queries import plan_codes
from dialogue.decisions.plan_routes import bp
from dialogue.decisions.queries import get_for_proposing
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.shared.files import DOCX
from dialogue.shared.text import slug
from dialogue.web.access import allow, current_actor

__all__ = ["bp"]
NOTE = "/desk/decisions/notes/<int:note_id>"
proposers = allow(Role.MAKER, Role.READER, Role.DECIDER, Role.COORDINATOR)


@bp.get("/desk/decisions/notes")
@proposers
def notes() -> str:
    """The notes there are, and what can go into a new one."""
    return _list(NoteForm(formdata=None), [str(one) for one in request.args.getlist("signal", type=int)])


@bp.post("/desk/decisions/notes")
@proposers
def make_note() -> ResponseReturnValue:
    """A new note with the signals that were ticked."""
    actor, form, ticked, reasons = current_actor(), NoteForm(), request.form.getlist("signals"), []
    if not all(text.isdecimal() for text in ticked):
        raise NotFound
    ids = list(dict.fromkeys(map(int, ticked)))
    for one in ids:
        get_for_proposing(actor, one)
    if form.validate():
        try:
            with writing():
                signals = [get_for_proposing(actor, one) for one in ids]
                note_ = note_services.make(actor, form.title.data, form.meets_on.data, signals)
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            return _back(note_.id, _("De nota is klaar. Vul aan wat het kost, en haal het document op."))
    return _list(form, ticked, reasons), 422


@bp.get(NOTE)
@proposers
def note(note_id: int) -> str:
    """One note with all that stands in it."""
    return _page(get_note(current_actor(), note_id))


@bp.get(f"{NOTE}.docx")
@proposers
def note_docx(note_id: int) -> Response:
    """The note as a Word document, as everything stands now."""
    found = get_note(current_actor(), note_id)
    template = template_of(found.municipality_id)
    content = note_document.draw(found, template.stored.content if template else None)
    response = Response(content, mimetype=DOCX)
    name = f"nota-{slug(found.title) or found.id}.docx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.post(f"{NOTE}/facts")
@proposers
def complete_note(note_id: int) -> ResponseReturnValue:
    """Budget and plan codes of its signals."""
    actor, reasons = current_actor(), []
    found = get_for_making(actor, note_id)
    forms = {item.signal.id: FactsForm.sent(item) for item in items_of(found)}
    right = [form.validate() for form in forms.values()]
    if all(right):
        try:
            with writing():
                facts = {id_: form.facts() for id_, form in forms.items()}
                note_services.complete(actor, get_for_making(actor, note_id), facts)
        except Refused as refusal:
            reasons = list(refusal.reasons)
            for item in items_of(get_note(actor, note_id)):
                forms[item.signal.id].was_overtaken(item)
        else:
            return _back(note_id, _("Bewaard. Haal het document opnieuw op."))
    return _page(get_note(actor, note_id), reasons, forms), 422


@bp.post(f"{NOTE}/take-back")
@proposers
def take_back_note(note_id: int) -> ResponseReturnValue:
    """The college will not see it."""
    actor = current_actor()
    with writing():
        note_services.take_back(actor, get_for_making(actor, note_id))
    flash(_("De nota is teruggenomen. De voorstellen blijven staan."))
    return redirect(url_for("decisions.notes"))


def _back(note_id: int, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("decisions.note", note_id=note_id))


def _list(form: NoteForm, ticked: Sequence[str], reasons: Sequence[str] = ()) -> str:
    actor = current_actor()
    notes_, older = notes_of(actor, request.args.get("before", type=int))
    return render_template(
        "decisions/notes.html",
        form=form,
        ticked=ticked,
        reasons=reasons,
        offered=offered(actor),
        notes=notes_,
        older=older,
        template=template_of(actor.municipality_id),
    )


def _page(note_: CollegeNote, reasons: Sequence[str] = (), forms: Mapping[int, FactsForm] | None = None) -> str:
    actor, signals, items = current_actor(), signals_in(note_), items_of(note_)
    return render_template(
        "decisions/note.html",
        note=note_,
        items=items,
        reasons=reasons,
        forms=forms or {item.signal.id: FactsForm.known(item) for item in items},
        may_make=may_make(actor, signals),
        may_settle=may_settle(actor, signals),
        plan_codes=plan_codes(note_.municipality_id),
    )
