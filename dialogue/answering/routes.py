"""Staff doors of answering: concerns of children, for the safeguarding contact (and a deputy) only.

GET  /desk/concerns                   unread first; no words of a child here
GET  /desk/concerns/<key>             the words; every look is in the ledger
POST /desk/concerns/<key>/follow-up   what was done
"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialogue.answering.forms import FollowUpForm
from dialogue.answering.models import Concern
from dialogue.answering.queries import PAGE, get_concern, read_concerns, unread_concerns
from dialogue.answering.services import look_at, note_follow_up
from dialogue.consultations.queries import town_of
from dialogue.shared.actor import Role
from dialogue.shared.bands import RULES
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound
from dialogue.web.access import allow, current_actor

bp = Blueprint("answering", __name__)


@bp.get("/desk/concerns")
@allow(Role.SAFEGUARDING)
def concerns() -> str:
    """Which concerns wait, and which were read."""
    after = request.args.get("after")
    read = read_concerns(current_actor(), _key(after) if after else None)
    unread = [] if after else unread_concerns(current_actor())
    return render_template("answering/concerns.html", unread=unread, read=read, more=len(read) == PAGE, ages=RULES)


@bp.get("/desk/concerns/<key>")
@allow(Role.SAFEGUARDING)
def concern(key: str) -> str:
    """One concern."""
    with writing():
        found = look_at(current_actor(), _key(key))
    return _page(found, FollowUpForm(obj=found))


@bp.post("/desk/concerns/<key>/follow-up")
@allow(Role.SAFEGUARDING)
def follow_up(key: str) -> Response | tuple[str, int]:
    """Keep what was done with a concern."""
    form = FollowUpForm()
    if not form.validate_on_submit():
        return _page(get_concern(current_actor(), _key(key)), form), 422
    with writing():
        note_follow_up(current_actor(), _key(key), form.followed_up.data)
    flash(_("Bewaard. Alleen jij en je vervanger kunnen dit lezen."))
    return redirect(url_for("answering.concerns"))


def _page(found: Concern, form: FollowUpForm) -> str:
    town = town_of(current_actor().municipality_id)
    return render_template("answering/concern.html", concern=found, form=form, town=town, ages=RULES)


def _key(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise NotFound from None
