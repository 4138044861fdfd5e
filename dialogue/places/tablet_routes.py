"""Doors of staff to the tablets that children of a place share.

GET  /desk/places/<id>/tablets                  the address for a class set, what is locked, and how to lock this one
POST /desk/places/<id>/tablets                  lock this very tablet: whoever did it is signed out
POST /desk/places/<id>/tablets/<tablet>/unlock  from elsewhere, when nobody knows its digits
"""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.people.signing_in import leave
from dialogue.places import tablet_pass, tablets
from dialogue.places.forms import TabletForm
from dialogue.places.models import Place
from dialogue.places.queries import get_place
from dialogue.places.routes import EDITORS, bp, public_url
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound
from dialogue.web.access import allow, current_actor

__all__ = ["bp"]


@bp.get("/desk/places/<int:place_id>/tablets")
@allow(*EDITORS)
def tablets_of(place_id: int) -> str:
    """What is locked here, and how to lock one more."""
    return _page(_in_use(place_id), TabletForm())


@bp.post("/desk/places/<int:place_id>/tablets")
@allow(*EDITORS)
def lock_tablet(place_id: int) -> ResponseReturnValue:
    """Lock the tablet that this request comes from."""
    form, place = TabletForm(), _in_use(place_id)
    if not form.validate_on_submit():
        return _page(place, form), 422
    with writing():
        token = tablets.lock(current_actor(), _in_use(place_id), form.name.data, form.pin.data)
    leave()
    response = redirect(url_for("child.tablet", code=place.code))
    tablet_pass.give(response, token)
    return response


@bp.post("/desk/places/<int:place_id>/tablets/<int:tablet_id>/unlock")
@allow(*EDITORS)
def unlock_tablet(place_id: int, tablet_id: int) -> ResponseReturnValue:
    """Unlock a tablet that is elsewhere."""
    with writing():
        tablets.unlock(current_actor(), tablets.get_tablet(current_actor(), place_id, tablet_id))
    flash(_("De tablet is van het slot. Hij stuurt nog op wat er op wacht, en opent dan weer alles."))
    return redirect(url_for("places.tablets_of", place_id=place_id))


def _in_use(place_id: int) -> Place:
    place = get_place(current_actor(), place_id)
    if place.withdrawn_at:
        raise NotFound
    return place


def _page(place: Place, form: TabletForm) -> str:
    address = f"{public_url()}/t/{place.code}"
    return render_template(
        "places/tablets.html", place=place, form=form, address=address, locked=tablets.locked_at(place)
    )
