"""Recovery codes: shown once, to print or to keep as a file, and made anew."""

from flask import Response as Answer
from flask import redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialogue.people import recovery, steps, ways
from dialogue.people.sealing import unseal
from dialogue.people.ways_desk import CODES, after_adding, keep_to_show, me, refused, to_ways
from dialogue.people.ways_forms import ProofForm
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound
from dialogue.web.access import allow, current_actor

Shown = str | Response | tuple[str, int]


@allow()
def codes() -> Shown:
    """The new codes; only right after they were made."""
    try:
        return render_template("people/codes.html", codes=_shown(), me=me())
    except NotFound:
        return redirect(url_for("people.ways"))


@allow()
def codes_text() -> Answer | Response:
    """The same as a text file."""
    person = me()
    try:
        shown = _shown()
    except NotFound:
        return redirect(url_for("people.ways"))
    about = _("Herstelcodes van %(name)s voor Dialogue, gemaakt op %(day)s.", name=person.name, day=today().isoformat())
    lines = [about, _("Elke code werkt één keer. Bewaar ze niet bij je wachtwoord."), "", *shown, ""]
    name = {"Content-Disposition": "attachment; filename=herstelcodes.txt"}
    return Answer("\r\n".join(lines), mimetype="text/plain", headers=name)


@allow()
def codes_saved() -> Response:
    """They are kept: do not show them again."""
    with writing():
        steps.drop(session.pop("codes", None))
    return redirect(url_for("desk.today"))


@allow()
def new_codes() -> str:
    """Ask for the password before the codes change."""
    return _sure(ProofForm(formdata=None))


@allow()
def new_codes_post() -> Shown:
    """Ten new codes; the old ones stop working."""
    form, actor = ProofForm(), current_actor()
    status = refused(form)
    if status:
        return _sure(form), status
    if not ways.has_second_step(actor.staff_id):
        return to_ways(_("Zet eerst een tweede stap aan: je herstelcodes komen daarbij."))
    made = recovery.new_codes()
    with writing():
        recovery.replace(actor, actor.staff_id, made)
        token = keep_to_show(made)
    return after_adding(token, _("Je oude herstelcodes werken niet meer."))


def _shown() -> list[str]:
    step = steps.look(session.get("codes"), steps.Kind.NEW_CODES)
    return unseal(CODES, current_actor().staff_id, step.kept).decode().split("\n")


def _sure(form: ProofForm) -> str:
    title = _("Nieuwe herstelcodes maken")
    what = _("Je krijgt tien nieuwe codes. De codes die je vroeger bewaarde, werken dan niet meer.")
    return render_template("people/sure.html", form=form, title=title, what=what, verb=_("Maak nieuwe codes"))
