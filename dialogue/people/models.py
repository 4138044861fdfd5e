"""Municipalities and the people who work there."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.shared.actor import Role
from dialogue.shared.database import Model, Moment


class Municipality(Model):
    """A town that listens; thresholds can be raised here, never lowered."""

    __tablename__ = "municipality"
    __table_args__ = (
        CheckConstraint("smallest_group >= 10", name="smallest_group"),
        CheckConstraint("country IN ('BE', 'NL')", name="country"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)  # in public addresses: /m/<slug>
    name: Mapped[str]
    country: Mapped[str]
    language: Mapped[str] = mapped_column(default="nl")
    help_name: Mapped[str]  # "Awel"
    help_number: Mapped[str]  # "102"
    help_url: Mapped[str]
    help_checked_on: Mapped[date]
    disagree_text: Mapped[str] = mapped_column(default="")  # where to go with "I don't agree"
    exit_url: Mapped[str]  # neutral page behind "Weg hier"
    smallest_group: Mapped[int] = mapped_column(default=10)
    is_example: Mapped[bool] = mapped_column(default=False)


class Department(Model):
    """A department (dienst) of a municipality; owns consultations."""

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str]
    municipality: Mapped[Municipality] = relationship()


class StaffMember(Model):
    """A civil servant or elected official who can sign in."""

    __tablename__ = "staff_member"
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")  # "schepen van Mobiliteit", as children read it
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    password_hash: Mapped[str]
    language: Mapped[str] = mapped_column(default="nl")
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    deputy_from: Mapped[date | None]
    deputy_until: Mapped[date | None]
    municipality: Mapped[Municipality] = relationship()
    memberships: Mapped[list["Membership"]] = relationship(back_populates="staff_member")


class Membership(Model):
    """One role of one person; department is empty for roles of the whole municipality."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(
            "(role IN ('coordinator', 'safeguarding', 'administrator')) = (department_id IS NULL)", name="scope"
        ),
        Index("uq_membership_role", "staff_member_id", "role", "department_id", unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    role: Mapped[Role]
    staff_member: Mapped[StaffMember] = relationship(back_populates="memberships")
    department: Mapped[Department | None] = relationship()


class Invitation(Model):
    """A link that lets one person choose a password once."""

    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    role: Mapped[Role]
    name: Mapped[str]
    email: Mapped[str]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    expires: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class StaffSession(Model):
    """A signed-in browser of a staff member: deleting the row signs it out at once."""

    __tablename__ = "staff_session"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), index=True)
    started: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment)
    staff_member: Mapped[StaffMember] = relationship()
