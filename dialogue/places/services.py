"""Verbs of places: add, change, withdraw, bring back. Call them inside `with writing():`."""

from typing import Any

from sqlalchemy import func, select

from dialogue.ledger.services import record
from dialogue.places.models import Partner, Place
from dialogue.places.queries import get_partner, get_place, place_by_code, tree
from dialogue.places.rules import why_not_under
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.codes import new_code
from dialogue.shared.database import db
from dialogue.shared.errors import refuse

FIELDS = ("name", "setting", "partner_id", "parent_id")


def add_place(actor: Actor, values: dict[str, Any]) -> Place:
    """A new place with an entry code of its own."""
    place = Place(municipality_id=actor.municipality_id, code=_free_code())
    db.session.add(_filled(actor, place, values))
    db.session.flush()
    record(actor, "place.added", f"place:{place.id}", after=_picture(place))
    return place


def change_place(actor: Actor, place: Place, values: dict[str, Any]) -> None:
    """Other name, setting, partner or parent; the code on the wall stays."""
    before = _picture(place)
    _filled(actor, place, values)
    record(actor, "place.changed", f"place:{place.id}", before=before, after=_picture(place))


def withdraw_place(actor: Actor, place: Place) -> None:
    """Its code no longer leads to questions; what was said there stays."""
    place.withdrawn_at = place.withdrawn_at or now()
    record(actor, "place.withdrawn", f"place:{place.id}", after=_picture(place))


def restore_place(actor: Actor, place: Place) -> None:
    """Bring a withdrawn place back, with the same code."""
    place.withdrawn_at = None
    record(actor, "place.restored", f"place:{place.id}", after=_picture(place))


def add_partner(actor: Actor, values: dict[str, Any]) -> Partner:
    """A new partner."""
    partner = Partner(municipality_id=actor.municipality_id)
    db.session.add(partner)
    return change_partner(actor, partner, values)


def change_partner(actor: Actor, partner: Partner, values: dict[str, Any]) -> Partner:
    """Other name, contact, or agreement on publishing."""
    for name, value in values.items():
        setattr(partner, name, value)
    db.session.flush()
    record(
        actor, "partner.changed", f"partner:{partner.id}", after={"name": partner.name, "publishes": partner.publishes}
    )
    return partner


def name_taken(kind: type[Place] | type[Partner], municipality_id: int, name: str, but: Place | Partner | None) -> bool:
    """Whether another place (or partner) of the municipality has this name."""
    same = select(kind).where(kind.municipality_id == municipality_id, func.lower(kind.name) == name.lower())
    other = db.session.scalar(same)
    return other is not None and other is not but


def _filled(actor: Actor, place: Place, values: dict[str, Any]) -> Place:
    parent_id, partner_id = values.get("parent_id"), values.get("partner_id")
    if parent_id:
        get_place(actor, parent_id)
    if partner_id:
        get_partner(actor, partner_id)
    refuse(why_not_under(place, parent_id, tree(actor.municipality_id)))
    for name in FIELDS:
        setattr(place, name, values.get(name))
    return place


def _free_code() -> str:
    code = new_code()
    while place_by_code(code):
        code = new_code()
    return code


def _picture(place: Place) -> dict[str, Any]:
    return {name: getattr(place, name) for name in (*FIELDS, "code", "withdrawn_at")}
