"""A pile of paper that staff type over: its sheets are kept sealed until the whole pile goes into the letter box.

Afterwards the sheets are gone; of the pile remains who typed how many for which round and place.
"""

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.consultations.models import Instrument, Wave
from dialogue.places.models import Place
from dialogue.shared.database import WITHOUT_ROWID, Model

MOST = 200  # sheets in a pile


class Pile(Model):
    """Sheets of one form, filled in at one place."""

    __tablename__ = "paper_pile"
    __table_args__ = (CheckConstraint(f"expected BETWEEN 1 AND {MOST}", name="expected"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"), index=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id", ondelete="RESTRICT"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="RESTRICT"))  # None: no place
    expected: Mapped[int]  # how many sheets were counted by hand
    twice: Mapped[bool]  # a second person types it too
    typed_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    sent: Mapped[int | None]  # how many sheets went into the letter box; None while it is being typed
    wave: Mapped[Wave] = relationship()
    instrument: Mapped[Instrument] = relationship()
    place: Mapped[Place | None] = relationship()


class Sheet(Model):
    """One sheet as typed. `body` is AES-GCM under the letter box key; `turn` 2 is that of the second person."""

    __tablename__ = "paper_sheet"
    __table_args__ = (WITHOUT_ROWID,)
    pile_id: Mapped[int] = mapped_column(ForeignKey("paper_pile.id", ondelete="RESTRICT"), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1, 2, … as they lie in the pile
    body: Mapped[bytes] = mapped_column(LargeBinary)
