"""Reading places and partners."""

from collections.abc import Sequence

from sqlalchemy import func, select

from dialogue.places.models import Partner, Place
from dialogue.places.rules import WHOLE, above
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound


def place_by_code(code: str) -> Place | None:
    """The place with this entry code, also when it was withdrawn."""
    return db.session.scalar(select(Place).where(Place.code == code))


def get_place(actor: Actor, place_id: int) -> Place:
    """A place of the actor's municipality; raises NotFound."""
    place = db.session.get(Place, place_id)
    if place is None or place.municipality_id != actor.municipality_id:
        raise NotFound
    return place


def get_partner(actor: Actor, partner_id: int) -> Partner:
    """A partner of the actor's municipality; raises NotFound."""
    partner = db.session.get(Partner, partner_id)
    if partner is None or partner.municipality_id != actor.municipality_id:
        raise NotFound
    return partner


def places_of(municipality_id: int, *, withdrawn: bool = False) -> Sequence[Place]:
    """The places in use (or those withdrawn), by name."""
    chosen = Place.withdrawn_at.is_not(None) if withdrawn else Place.withdrawn_at.is_(None)
    rows = select(Place).where(Place.municipality_id == municipality_id, chosen)
    return db.session.scalars(rows.order_by(func.lower(Place.name))).all()


def partners_of(municipality_id: int) -> Sequence[Partner]:
    """All partners, by name."""
    rows = select(Partner).where(Partner.municipality_id == municipality_id)
    return db.session.scalars(rows.order_by(func.lower(Partner.name))).all()


def tree(municipality_id: int) -> dict[int, int]:
    """Each place and its parent; 0 stands for the whole municipality."""
    rows = db.session.execute(select(Place.id, Place.parent_id).where(Place.municipality_id == municipality_id))
    return {place_id: parent_id or WHOLE for place_id, parent_id in rows}


def ancestors(place_id: int) -> list[int]:
    """The places above this one, nearest first, ending with 0, the whole municipality."""
    place = db.session.get(Place, place_id)
    return above(place_id, tree(place.municipality_id)) if place else []
