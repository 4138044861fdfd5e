"""The one verb of the ledger: record, in the transaction of the change itself."""

from typing import Any

from sqlalchemy import select

from dialogue.ledger.models import Entry
from dialogue.ledger.rules import FIRST, seal, spelled
from dialogue.shared.actor import Actor
from dialogue.shared.canonical import sha256_hex
from dialogue.shared.clock import now
from dialogue.shared.database import db


def record(
    actor: Actor | str,
    verb: str,
    object_: str,
    *,
    department_id: int | None = None,
    before: Any = None,
    after: Any = None,
) -> Entry:
    """Append an entry; call inside `with writing():`.

    `actor` is a person, of a deputy with the one who is away ("staff:3 for staff:5"), or "system"/"command"; `verb`
    like "consultation.opened"; `object_` like "consultation:12";
    `before` and `after` are JSON-able pictures of the record, of which only the SHA-256 is kept; never a child's words.
    """
    last = db.session.scalar(select(Entry).order_by(Entry.sequence.desc()).limit(1))
    entry: dict[str, Any] = {
        "sequence": last.sequence + 1 if last else 1,
        "at": now(),
        "actor": actor if isinstance(actor, str) else _signature(actor, department_id),
        "department_id": department_id,
        "verb": verb,
        "object": object_,
        "before": None if before is None else sha256_hex(before),
        "after": None if after is None else sha256_hex(after),
    }
    row = Entry(**entry, hash=seal(last.hash if last else FIRST, spelled(entry)))
    db.session.add(row)
    db.session.flush()
    return row


def _signature(actor: Actor, department_id: int | None) -> str:
    acting = actor if department_id is None else actor.acting(department_id)
    behalf = f" for staff:{acting.on_behalf_of}" if acting.on_behalf_of is not None else ""
    return f"staff:{actor.staff_id}{behalf}"
