"""A duty: what a department or person owes and by when; its history; and who was mailed about it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, LargeBinary, UniqueConstraint, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.people.models import Department, StaffMember
from dialogue.shared.database import Model, Moment


class Duty(Model):
    """Created by promises, never deleted: it ends kept, or cancelled with a reason."""

    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("kind", "object"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    kind: Mapped[str]  # "feedback", "decision", "part", "advice", "measure", "follow_up_6" or _12, "concern", "review"
    object: Mapped[str]  # "wave:3", "signal:7", "part:1", "measure:2", "decision:4", "review:5", "concern:<hex>"
    subject: Mapped[str]  # one line for the person who owes it
    due: Mapped[date] = mapped_column(index=True)
    kept_at: Mapped[datetime | None] = mapped_column(Moment)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    cancelled_because: Mapped[str | None]
    first_due: Mapped[date | None]  # the earliest day that was promised, once it was put off
    extended_because: Mapped[str | None]  # everybody may read it when the promised day is over
    department: Mapped[Department | None] = relationship()
    owner: Mapped[StaffMember | None] = relationship()

    @hybrid_property
    def promised(self) -> date:
        """The day by which it was promised at first: putting it off never hides that it is late."""
        return self.first_due or self.due

    @promised.inplace.expression
    @classmethod
    def _promised(cls) -> ColumnElement[date]:
        return func.coalesce(cls.first_due, cls.due)


class Change(StrEnum):
    """What was done with a duty."""

    OWED = "owed"
    EXTENDED = "extended"
    BROUGHT_FORWARD = "brought_forward"
    HANDED_OVER = "handed_over"
    KEPT = "kept"
    CANCELLED = "cancelled"


class DutyChange(Model):
    """One line of the history of a duty; `by_id` is empty where the program did it."""

    __tablename__ = "duty_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id", ondelete="RESTRICT"), index=True)
    what: Mapped[Change]
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    due: Mapped[date]  # as it was from then on
    because: Mapped[str | None]
    duty: Mapped[Duty] = relationship()
    by: Mapped[StaffMember | None] = relationship()


class NoticeKind(StrEnum):
    """Why somebody gets mail about duties."""

    REMINDER = "reminder"
    DIGEST = "digest"
    ESCALATION = "escalation"


class NoticeState(StrEnum):
    """How far a mail is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    NEEDLESS = "needless"  # all of it was done before it was sent


class Notice(Model):
    """A mail to one person: planned once, then handed to the mail server, refused for good, or needless."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("kind", "day", "staff_member_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NoticeKind]
    day: Mapped[date]
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"), index=True)
    duties: Mapped[list[int]] = mapped_column(JSON)  # their ids; how they stand is looked up when it is sent
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.WAITING, index=True)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    trouble: Mapped[str | None]  # what the mail server said
    staff_member: Mapped[StaffMember] = relationship()

    @property
    def key(self) -> str:
        """What names its mail for ever."""
        return f"{self.kind}:{self.day.isoformat()}:{self.staff_member_id}"


class NoticeRound(Model):
    """A day on which it was looked who gets mail: at most once a day, whatever is killed when."""

    __tablename__ = "notice_round"
    day: Mapped[date] = mapped_column(primary_key=True)


class DutyWishes(Model):
    """How one person wants to hear of duties; without a row: reminders, and no calendar."""

    __tablename__ = "duty_wishes"
    staff_member_id: Mapped[int] = mapped_column(
        ForeignKey("staff_member.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    reminders: Mapped[bool] = mapped_column(default=True)
    calendar_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)  # of the secret in its address


class LateRule(Model):
    """From how many days on a town shows everybody what is late; without a row: seven."""

    __tablename__ = "late_rule"
    __table_args__ = (CheckConstraint("shown_after BETWEEN 0 AND 30", name="shown_after"),)
    municipality_id: Mapped[int] = mapped_column(
        ForeignKey("municipality.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    shown_after: Mapped[int]
