"""Municipalities and the people who work there."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.shared.actor import Role
from dialogue.shared.database import Model, Moment


class HelpLine(NamedTuple):
    """Whom a child can call or chat with."""

    name: str
    number: str
    url: str


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
    second_step_required: Mapped[bool] = mapped_column(default=False, server_default=false())  # of everybody
    disagree_texts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")  # other languages
    help_lines: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict, server_default="{}")  # the same

    @property
    def disagree(self) -> dict[str, str]:
        """Where to go with "I don't agree", per language."""
        return {self.language: self.disagree_text} | self.disagree_texts

    def help_in(self, language: str) -> HelpLine:
        """The help line that speaks this language, else that of the municipality."""
        own = self.help_lines.get(language)
        return HelpLine(**own) if own else HelpLine(self.help_name, self.help_number, self.help_url)


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
    links_from: Mapped[datetime | None] = mapped_column(Moment)  # links in mail that were made earlier are void
    second_step_reset_at: Mapped[datetime | None] = mapped_column(Moment)  # by an administrator; told at sign-in
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
    reach: Mapped[str | None]  # begun by a link in a mail: opens this page and what lies under it, nothing else
    device_id: Mapped[int | None]  # the remembered device it began on; forgetting that one ends it
    renew: Mapped[bool] = mapped_column(default=False, server_default=false())  # what the person may do has changed
    staff_member: Mapped[StaffMember] = relationship()


class SignInStep(Model):
    """What a browser is half-way through: it holds the token, the server what must be kept until then."""

    __tablename__ = "sign_in_step"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    kind: Mapped[str]  # steps.Kind
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    kept: Mapped[bytes] = mapped_column(LargeBinary)  # a challenge, or something sealed
    expires: Mapped[datetime] = mapped_column(Moment)


class AuthenticatorApp(Model):
    """The app on a phone that shows another code every thirty seconds; one per person."""

    __tablename__ = "authenticator_app"
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)  # sealed with a key that is not in the database
    last_step: Mapped[int]  # the half minute of the last code; no code of it or before works again
    added_on: Mapped[date]


class RecoveryCode(Model):
    """A code on paper for who lost the phone; works once."""

    __tablename__ = "recovery_code"
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Passkey(Model):
    """A key in a phone, laptop or stick, opened with a finger, face or PIN (WebAuthn)."""

    __tablename__ = "passkey"
    id: Mapped[int] = mapped_column(primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
    added_on: Mapped[date]
    used_on: Mapped[date | None]
    staff_member: Mapped[StaffMember] = relationship()


class RememberedDevice(Model):
    """A browser of somebody who decides, that need not give a code again; the person names it."""

    __tablename__ = "remembered_device"
    id: Mapped[int] = mapped_column(primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    name: Mapped[str]
    added_on: Mapped[date]
    used_on: Mapped[date]
    expires: Mapped[datetime] = mapped_column(Moment)
    staff_member: Mapped[StaffMember] = relationship()
