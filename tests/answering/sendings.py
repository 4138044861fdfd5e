"""What a phone sends, for the tests of the child's door."""

import base64
import json
from typing import Any

from dialogue.answering.models import Letter
from dialogue.answering.receipt import key
from dialogue.consultations.models import Consultation
from dialogue.shared.database import db

MASTER = bytes(range(32))


def spelled(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def a_body(consultation: Consultation, master: bytes = MASTER, **changes: Any) -> dict[str, Any]:
    """A good sending to the round of this consultation."""
    body: dict[str, Any] = {
        "protocol": 1,
        "instrument": consultation.waves[-1].instruments[-1].sha256,
        "key": spelled(key(master, "response")),
        "answers": {"q1": "a"},
        "words": {"q2": {"text": "Meer bomen", "key": spelled(key(master, "said/0"))}},
    }
    return body | changes


def raw(body: Any) -> bytes:
    return json.dumps(body).encode()


def letters() -> list[Letter]:
    db.session.rollback()
    return list(db.session.query(Letter))


def letter_count() -> int:
    """Rows, not records: two rows with one tag would be one record."""
    db.session.rollback()
    return int(db.session.connection().exec_driver_sql("SELECT count(*) FROM letter").scalar() or 0)
