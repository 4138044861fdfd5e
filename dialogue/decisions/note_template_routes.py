"""Doors for the town's own paper for notes: bring it, look at it, and go back to ours."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions import note_services
from dialogue.decisions.college_routes import bp
from dialogue.decisions.note_document import places
from dialogue.decisions.note_forms import TemplateForm
from dialogue.decisions.note_queries import template_of
from dialogue.decisions.note_templates import MOST_BYTES, looked_into
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.web.access import allow, current_actor
from dialogue.web.uploads import brought, handed_out, takes_files

__all__ = ["bp"]
PAPER = "/desk/decisions/notes/paper"
coordinators = allow(Role.COORDINATOR)


@bp.get(PAPER)
@coordinators
def note_paper() -> str:
    """On which paper notes are written, and which places a template can have."""
    return _page(TemplateForm(formdata=None))


@bp.post(PAPER)
@coordinators
@takes_files(MOST_BYTES)
def bring_note_paper() -> ResponseReturnValue:
    """Keep a template, in place of the one before."""
    form, came = TemplateForm(), brought("file")
    form.validate()
    try:
        if came is None:
            raise Refused(_("Kies een bestand."))
        checked = looked_into(*came)
    except Refused as refusal:
        form.file.errors = list(refusal.reasons)
        return _page(form), 422
    with writing():
        note_services.keep_template(current_actor(), checked)
    return _back(_("Bewaard. Nieuwe nota's komen op dit papier."))


@bp.get(f"{PAPER}.docx")
@coordinators
def note_paper_docx() -> ResponseReturnValue:
    """The template, as it was brought."""
    template = template_of(current_actor().municipality_id)
    if template is None:
        raise NotFound
    return handed_out(template.stored)


@bp.post(f"{PAPER}/remove")
@coordinators
def drop_note_paper() -> ResponseReturnValue:
    """Write notes on our own paper again."""
    with writing():
        note_services.drop_template(current_actor())
    return _back(_("Weggehaald. Nota's komen weer op het gewone papier."))


def _back(message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("decisions.note_paper"))


def _page(form: TemplateForm) -> str:
    template = template_of(current_actor().municipality_id)
    page = {"form": form, "places": places(), "template": template, "most_bytes": MOST_BYTES}
    return render_template("decisions/note_paper.html", **page)
