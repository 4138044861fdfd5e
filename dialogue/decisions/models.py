"""Decided and done: proposals, decisions with their reasons, measures and proof."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.decisions.carrying import Means, MeasureStep
from dialogue.people.models import Department, StaffMember
from dialogue.shared.database import Model, Moment
from dialogue.shared.models import StoredFile
from dialogue.shared.triggers import refuse_changes
from dialogue.signals.models import Signal


class Outcome(StrEnum):
    """The closed list of policy answers (field.md, evidence model)."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT_ADOPTED = "not_adopted"
    UNDER_STUDY = "under_study"
    UNDER_WAY = "under_way"
    NOT_OURS = "not_ours"
    CARRIED_OUT = "carried_out"


class Body(StrEnum):
    """Who decides."""

    COLLEGE = "college"
    COUNCIL = "council"
    ALDERMAN = "alderman"
    DEPARTMENT = "department"


class Proposal(Model):
    """What a department proposes to answer to a signal; nothing is public before a body decided."""

    __tablename__ = "proposal"
    __table_args__ = (CheckConstraint("length(trim(reason)) > 0", name="reason"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    outcome: Mapped[Outcome]
    what: Mapped[str]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    invented: Mapped[bool] = mapped_column(default=False)
    signal: Mapped[Signal] = relationship()
    department: Mapped[Department] = relationship()


class Decision(Model):
    """What a body decided on a day, with its reason: also for yes. Corrected by a new row, never changed."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("length(trim(reason)) > 0", name="reason"),
        CheckConstraint("outcome <> 'under_study' OR under_study_until IS NOT NULL", name="until"),
        CheckConstraint("outcome <> 'not_ours' OR length(trim(passed_to)) > 0", name="passed_to"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"), index=True)
    outcome: Mapped[Outcome]
    what: Mapped[str]  # we decided …
    reason: Mapped[str]  # because …
    body: Mapped[Body]
    decided_on: Mapped[date]
    under_study_until: Mapped[date | None]
    passed_to: Mapped[str] = mapped_column(default="")
    document_title: Mapped[str] = mapped_column(default="")
    document_uri: Mapped[str] = mapped_column(default="")
    plan_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    budget: Mapped[str] = mapped_column(default="")
    changes_policy: Mapped[bool] = mapped_column(default=False)
    changes_practice: Mapped[bool] = mapped_column(default=False)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"), unique=True)
    invented: Mapped[bool] = mapped_column(default=False)
    department: Mapped[Department] = relationship()
    answers: Mapped[list["Answered"]] = relationship(back_populates="decision")
    measures: Mapped[list["Measure"]] = relationship(back_populates="decision", order_by="Measure.id")


class Answered(Model):
    """This decision answers that signal."""

    __tablename__ = "answered"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"), primary_key=True)
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id", ondelete="RESTRICT"), primary_key=True, index=True)
    decision: Mapped[Decision] = relationship(back_populates="answers")
    signal: Mapped[Signal] = relationship()


class MeasureState(StrEnum):
    """How far a measure is."""

    PLANNED = "planned"
    BUSY = "busy"
    DONE = "done"
    DROPPED = "dropped"


class Measure(Model):
    """What will be done after a decision, by whom and by when."""

    __tablename__ = "measure"
    __table_args__ = (
        CheckConstraint("state <> 'done' OR done_on IS NOT NULL", name="done_on"),
        CheckConstraint("state <> 'dropped' OR length(trim(dropped_because)) > 0", name="dropped_because"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    title: Mapped[str]
    due: Mapped[date]
    state: Mapped[MeasureState] = mapped_column(default=MeasureState.PLANNED)
    done_on: Mapped[date | None]
    dropped_because: Mapped[str] = mapped_column(default="")
    decision: Mapped[Decision] = relationship(back_populates="measures")
    department: Mapped[Department] = relationship()
    proofs: Mapped[list["Proof"]] = relationship(back_populates="measure", order_by="Proof.id")
    means: Mapped[Means | None] = relationship(lazy="joined")
    steps: Mapped[list[MeasureStep]] = relationship(order_by=(MeasureStep.due, MeasureStep.id), lazy="selectin")


class Proof(Model):
    """What shows that a measure was carried out."""

    __tablename__ = "proof"
    __table_args__ = (CheckConstraint("length(trim(title)) > 0", name="title"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id", ondelete="RESTRICT"), index=True)
    title: Mapped[str]
    uri: Mapped[str] = mapped_column(default="")
    seen_on: Mapped[date]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    measure: Mapped[Measure] = relationship(back_populates="proofs")
    added_by: Mapped[StaffMember] = relationship(lazy="joined")
    file: Mapped["ProofFile | None"] = relationship(back_populates="proof", lazy="selectin")


class ProofFile(Model):
    """The photo or document of a proof. It can be taken away; that there was proof stays."""

    __tablename__ = "proof_file"
    __table_args__ = (
        CheckConstraint("width = 0 OR length(trim(alt)) > 0", name="alt"),
        CheckConstraint("width > 0 OR shown_by_id IS NULL", name="shown"),
    )
    proof_id: Mapped[int] = mapped_column(ForeignKey("proof.id", ondelete="RESTRICT"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="RESTRICT"), unique=True)
    width: Mapped[int] = mapped_column(default=0)  # of a photo, in points; a document has none
    height: Mapped[int] = mapped_column(default=0)
    alt: Mapped[str] = mapped_column(default="")  # what is to be seen on the photo
    shown_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))  # to everybody
    proof: Mapped[Proof] = relationship(back_populates="file")
    stored: Mapped[StoredFile] = relationship(lazy="joined")

    @property
    def is_photo(self) -> bool:
        return self.width > 0


for _table in (Decision.__table__, Answered.__table__, Proof.__table__):
    refuse_changes(_table)  # type: ignore[arg-type]
