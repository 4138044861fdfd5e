"""Doors of places: list, page of one place with its QR, add and change, withdraw, partners."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.places import services
from dialogue.places.forms import PartnerForm, PlaceForm
from dialogue.places.models import Partner, Place
from dialogue.places.qr import qr_address, qr_png, qr_svg
from dialogue.places.queries import get_partner, get_place, partners_of, places_of
from dialogue.places.words import SETTING_WORDS
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from dialogue.web.access import allow, current_actor

bp = Blueprint("places", __name__)
EDITORS = (Role.MAKER, Role.COORDINATOR, Role.ADMINISTRATOR)


def address_of(place: Place) -> str:
    """The public address behind the QR code of a place."""
    return f"{public_url()}/p/{place.code}"


def public_url() -> str:
    """Where everybody finds this installation: https://dialogue.example.be."""
    found: str = current_app.extensions["dialogue"].settings.public_url
    return found


@bp.get("/desk/places")
@allow()
def index() -> str:
    town = current_actor().municipality_id
    places, search = places_of(town), request.args.get("q", "").strip()
    return render_template(
        "places/index.html",
        places=places,
        found=[place for place in places if search.casefold() in place.name.casefold()],
        withdrawn=places_of(town, withdrawn=True),
        partners=partners_of(town),
        settings=SETTING_WORDS,
        search=search,
        may_edit=current_actor().has_any(*EDITORS),
    )


@bp.route("/desk/places/new", methods=["GET", "POST"])
@allow(*EDITORS)
def new() -> ResponseReturnValue:
    actor = current_actor()
    form = _place_form()
    if form.validate_on_submit():
        with writing():
            place = services.add_place(actor, form.values)
        flash(_("De plaats is toegevoegd. Haar QR-code staat hieronder."))
        return redirect(url_for("places.place", place_id=place.id))
    return _shown("places/edit.html", form, place=None)


@bp.get("/desk/places/<int:place_id>")
@allow()
def place(place_id: int) -> str:
    actor = current_actor()
    found = get_place(actor, place_id)
    return render_template(
        "places/place.html",
        place=found,
        address=address_of(found),
        settings=SETTING_WORDS,
        may_edit=actor.has_any(*EDITORS),
    )


@bp.route("/desk/places/<int:place_id>/edit", methods=["GET", "POST"])
@allow(*EDITORS)
def edit(place_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found = get_place(actor, place_id)
    form = _place_form(obj=found)
    if form.validate_on_submit():
        with writing():
            services.change_place(actor, get_place(actor, place_id), form.values)
        flash(_("De plaats is aangepast."))
        return redirect(url_for("places.place", place_id=place_id))
    return _shown("places/edit.html", form, place=found)


@bp.post("/desk/places/<int:place_id>/withdraw")
@allow(*EDITORS)
def withdraw(place_id: int) -> ResponseReturnValue:
    actor = current_actor()
    with writing():
        services.withdraw_place(actor, get_place(actor, place_id))
    flash(_("De code van deze plaats werkt niet meer. Je kan haar altijd terugzetten."))
    return redirect(url_for("places.place", place_id=place_id))


@bp.post("/desk/places/<int:place_id>/restore")
@allow(*EDITORS)
def restore(place_id: int) -> ResponseReturnValue:
    actor = current_actor()
    with writing():
        services.restore_place(actor, get_place(actor, place_id))
    flash(_("De plaats is terug, met dezelfde code."))
    return redirect(url_for("places.place", place_id=place_id))


@bp.get("/desk/places/<int:place_id>/qr.<any(svg, png):kind>")
@allow()
def qr(place_id: int, kind: str) -> Response:
    link = qr_address(address_of(get_place(current_actor(), place_id)))
    if kind == "svg":
        return Response(qr_svg(link), mimetype="image/svg+xml")
    return Response(qr_png(link), mimetype="image/png")


@bp.route("/desk/partners/new", methods=["GET", "POST"])
@allow(*EDITORS)
def new_partner() -> ResponseReturnValue:
    form = PartnerForm(current_actor())
    if form.validate_on_submit():
        with writing():
            services.add_partner(current_actor(), form.values)
        flash(_("De partner is toegevoegd."))
        return redirect(url_for("places.index"))
    return _shown("places/partner.html", form, partner=None)


@bp.route("/desk/partners/<int:partner_id>", methods=["GET", "POST"])
@allow(*EDITORS)
def partner(partner_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found: Partner = get_partner(actor, partner_id)
    form = PartnerForm(actor, obj=found)
    if form.validate_on_submit():
        with writing():
            services.change_partner(actor, get_partner(actor, partner_id), form.values)
        flash(_("De partner is aangepast."))
        return redirect(url_for("places.index"))
    return _shown("places/partner.html", form, partner=found)


def _place_form(**kwargs: Place) -> PlaceForm:
    actor = current_actor()
    return PlaceForm(actor, places_of(actor.municipality_id), partners_of(actor.municipality_id), **kwargs)


def _shown(template: str, form: PlaceForm | PartnerForm, **context: object) -> ResponseReturnValue:
    page = render_template(template, form=form, **context)
    return (page, 422) if form.is_submitted() else page
