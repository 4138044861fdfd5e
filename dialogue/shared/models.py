"""Tables of the ground: what this installation is, and work that must not be lost."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from dialogue.shared.database import Model, Moment


class Installation(Model):
    """One row: the public salt of the receipts, and the check value of the keys."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    keys_check: Mapped[bytes] = mapped_column(LargeBinary(32))


class Outbox(Model):
    """Work to be done after a change, written in the transaction of that change; done at least once."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    due: Mapped[datetime] = mapped_column(Moment, index=True)
    done: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None]
