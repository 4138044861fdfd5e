"""Counted: raw tallies, and what may be shown of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from dialogue.shared.bands import Band
from dialogue.shared.database import WITHOUT_ROWID, Model, Moment


class Tally(Model):
    """How often an option was chosen in one group; moved together with every lot. Never shown as it is.

    Item "" counts the responses themselves; option "" counts those who skipped, "?" those who don't know, and
    "*" everybody who chose any where more than one could be chosen (`Kind.tallied`).
    """

    __tablename__ = "tally"
    __table_args__ = (WITHOUT_ROWID,)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"), primary_key=True)
    band: Mapped[Band] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0: the whole municipality
    item: Mapped[str] = mapped_column(primary_key=True)
    option: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class Publication(Model):
    """What may be shown of a wave, computed once per opening by the one disclosure function."""

    __tablename__ = "publication"
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    tables: Mapped[dict[str, Any]] = mapped_column(JSON)


class Chart(Model):
    """A drawn chart of a publication (SVG), per question, band and language."""

    __tablename__ = "chart"
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)  # "B-q1-nl"
    svg: Mapped[str]
