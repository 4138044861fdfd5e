"""A child that wants what it said to be gone: its wishes wait, sealed, until so many go that nobody stands out.

Each thing it said has a wish of its own, under a mark that only the pepper joins to it; wishes of one child come
together, so nothing else about them may tell. Results fulfils those about closed answers, signals those about words.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import delete, func, select

from dialogue.answering.letterbox import installation_key, read, seal
from dialogue.answering.models import Contribution, Erasure, Response
from dialogue.answering.receipt import RESPONSE, SAID, tag
from dialogue.shared.database import db, upsert, writing

WISH = "erasure"  # kind of tag


def erase_later(said: Collection[Response | Contribution]) -> None:
    """Keep the wish that all of this goes, durably; the same wish again changes nothing. Never inside `writing()`."""
    wishes = sorted((_wish(one) for one in said), key=lambda wish: bytes(wish["tag"]))
    with writing(in_turn=False) as session:
        session.execute(upsert(Erasure).on_conflict_do_nothing(), wishes)


def is_leaving(said: Collection[Response | Contribution]) -> bool:
    """Whether a child asked that any of this goes."""
    tags = [wish_tag(one.tag) for one in said if one.tag]
    return db.session.scalar(select(Erasure.tag).where(Erasure.tag.in_(tags)).limit(1)) is not None


def wish_tag(mark: bytes) -> bytes:
    """The mark of the wish about what bears this one; without the pepper nobody finds one from the other."""
    return tag(current_app.extensions["dialogue"].keys.pepper, WISH, mark)


def _wish(said: Response | Contribution) -> dict[str, Any]:
    mark, kind = said.tag or b"", RESPONSE if isinstance(said, Response) else SAID
    tag_ = wish_tag(mark)
    return {"tag": tag_, "body": seal(installation_key(), {"kind": kind, "mark": mark.hex()}, tag_)}


def wishes(kind: str) -> Mapping[bytes, bytes]:
    """What children asked to be gone, of this kind: the mark it bears → the tag of the wish."""
    found = {}
    for tag_, sealed in db.session.execute(select(Erasure.tag, Erasure.body)):
        body = read(sealed, tag_)
        if body and body["kind"] == kind:
            found[bytes.fromhex(body["mark"])] = tag_
    return found


@dataclass(frozen=True)
class Lot:
    """What goes together, of one round: the keys of the rows and the tags of the wishes, each in key order."""

    wave_id: int
    keys: list[bytes]
    wishes: list[bytes]

    def fulfil(self) -> bool:
        """Take these wishes away, inside `with writing():`; not when another job was here before."""
        mine = Erasure.tag.in_(self.wishes)
        if db.session.scalar(select(func.count()).select_from(Erasure).where(mine)) != len(self.wishes):
            return False
        db.session.execute(delete(Erasure).where(mine))
        return True
