"""Partners, the places where children meet a consultation, and the tablets they share there."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.shared.database import Model, Moment

SETTINGS = (
    "school",
    "special_education",
    "childcare",
    "youth_centre",
    "youth_club",
    "sports_club",
    "library",
    "street",
    "social_service",
    "online",
    "other",
)


class Partner(Model):
    """An organisation that opens its door to us: a school board, a youth centre, a club."""

    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    publishes: Mapped[bool] = mapped_column(default=False)  # agreed that its results may be public


class Place(Model):
    """Where a QR code hangs. Its parent is where its answers count while it has fewer than ten."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint(f"setting IN {SETTINGS!r}", name="setting"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent"),
        UniqueConstraint("municipality_id", "name"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id", ondelete="RESTRICT"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="RESTRICT"))
    name: Mapped[str]
    setting: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    partner: Mapped[Partner | None] = relationship()
    parent: Mapped["Place | None"] = relationship(remote_side=[id])


class Tablet(Model):
    """A tablet that staff locked for the children of a place. Nothing that is answered on it points here."""

    __tablename__ = "tablet"
    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str]  # "aan de balie"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    pin_mark: Mapped[bytes] = mapped_column(LargeBinary(32))  # of the digits that unlock it, under a key of ours
    started_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    started_on: Mapped[date]
    stopped_on: Mapped[date | None]
    place: Mapped[Place] = relationship()
