"""What tests of the decider's turn share: where it stands, what is sent, and what was kept."""

from typing import Any

from sqlalchemy import func, select

from dialogue.shared.database import db
from dialogue.signals.models import Signal

MINE = "/desk/decisions/mine"
ANSWER = {"outcome": "partly", "what": "Een zebrapad.", "reason": "Een brug is te duur.", "body": "college"}
ALONE = ANSWER | {"body": "alderman", "changes_practice": "y"}


def at(signal: Signal, verb: str) -> str:
    return f"{MINE}/{signal.id}/{verb}"


def count(model: type[Any]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0
