"""Tablets that children of a place share: staff lock them, six digits unlock them; their pass opens nothing else."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from flask import current_app
from sqlalchemy import select

from dialogue.ledger.services import record
from dialogue.places.models import Place, Tablet
from dialogue.places.queries import get_place
from dialogue.shared.actor import Actor
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound

PIN = r"\d{6}"
AT_THE_TABLET = "tablet"  # who unlocked it there, in the ledger: nobody knows more


def lock(actor: Actor, place: Place, name: str, pin: str) -> str:
    """Lock a tablet for the children of `place`; returns the pass that it keeps. Inside `writing()`."""
    token = secrets.token_urlsafe(32)
    tablet = Tablet(
        place_id=place.id,
        name=name,
        token_hash=_hashed(token),
        pin_mark=_mark(_hashed(token), pin),
        started_by_id=actor.staff_id,
        started_on=today(),
    )
    db.session.add(tablet)
    db.session.flush()
    record(actor, "tablet.locked", f"tablet:{tablet.id}", after={"place": place.id, "name": name})
    return token


def unlock(who: Actor | str, tablet: Tablet) -> None:
    """Its pass is void from now on; what still waits on it is sent all the same. Inside `writing()`."""
    if tablet.stopped_on is None:
        tablet.stopped_on = today()
        record(who, "tablet.unlocked", f"tablet:{tablet.id}", before={"place": tablet.place_id, "name": tablet.name})


def opens(tablet: Tablet, pin: str) -> bool:
    """Whether these digits unlock this tablet."""
    return hmac.compare_digest(tablet.pin_mark, _mark(tablet.token_hash, pin))


def locked_with(token: str) -> Tablet | None:
    """The tablet that keeps this pass, while it is locked and its place is in use."""
    tablet = db.session.scalar(select(Tablet).where(Tablet.token_hash == _hashed(token)))
    return None if tablet is None or tablet.stopped_on or tablet.place.withdrawn_at else tablet


def locked_at(place: Place) -> Sequence[Tablet]:
    """The tablets of a place that are locked now, the newest first."""
    found = select(Tablet).where(Tablet.place_id == place.id, Tablet.stopped_on.is_(None))
    return db.session.scalars(found.order_by(Tablet.id.desc())).all()


def get_tablet(actor: Actor, place_id: int, tablet_id: int) -> Tablet:
    """A tablet of this place, of the actor's municipality; raises NotFound."""
    tablet = db.session.get(Tablet, tablet_id)
    if tablet is None or tablet.place_id != get_place(actor, place_id).id:
        raise NotFound
    return tablet


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _mark(token_hash: bytes, pin: str) -> bytes:
    """What the database keeps of the digits: without a key that is not in it nobody can try them all."""
    key = current_app.extensions["dialogue"].keys.derived("unlocking tablets")
    return hmac.digest(key, token_hash + pin.encode("utf-8", "replace"), "sha256")
