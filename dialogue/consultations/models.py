"""Asked: consultations, their versions per age band, their rounds and the frozen questionnaires."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.people.models import Department, Municipality
from dialogue.shared.bands import Band
from dialogue.shared.database import Model, Moment
from dialogue.shared.models import StoredFile
from dialogue.shared.triggers import after_create, refuse_changes

_OPEN = text("state = 'open'")


class Channel(StrEnum):
    """How what children say reaches us; only `self` can be filled in on a phone."""

    SELF = "self"
    INTERVIEW = "interview"
    PAPER = "paper"
    WORKSHOP = "workshop"


class State(StrEnum):
    """The life of a round."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"


class Consultation(Model):
    """What a department asks, and what it promises to do with it."""

    __tablename__ = "consultation"
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"), index=True)
    code: Mapped[str] = mapped_column(unique=True)  # in /c/<code>
    titles: Mapped[dict[str, str]] = mapped_column(JSON)  # per language, as children read it
    languages: Mapped[list[str]] = mapped_column(JSON)  # first is the main one
    channel: Mapped[Channel] = mapped_column(default=Channel.SELF)
    always_open: Mapped[bool] = mapped_column(default=False)  # "Wat wil jij zeggen?": a round per quarter
    purpose: Mapped[str] = mapped_column(default="")  # why we ask
    still_open: Mapped[str] = mapped_column(default="")  # what can still change
    decided_by: Mapped[str] = mapped_column(default="")  # "Schepen Lies Claes en het college"
    feeds_plan: Mapped[str] = mapped_column(default="")  # plan or code it feeds
    invented: Mapped[bool] = mapped_column(default=False)  # example with made-up answers
    source: Mapped[str] = mapped_column(default="")  # citation of answers collected elsewhere
    advised: Mapped[bool] = mapped_column(default=False, server_default=false())  # nobody asked: see `advised.py`
    municipality: Mapped[Municipality] = relationship()
    department: Mapped[Department] = relationship()
    versions: Mapped[list["Version"]] = relationship(back_populates="consultation", order_by="Version.band")
    waves: Mapped[list["Wave"]] = relationship(back_populates="consultation", order_by="Wave.number")


class Version(Model):
    """The draft questionnaire for one age band: a list of items (see dialogue.questions.items)."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("consultation_id", "band"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="RESTRICT"))
    band: Mapped[Band]
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    next_item: Mapped[int] = mapped_column(default=1)  # item keys are never reused
    consultation: Mapped[Consultation] = relationship(back_populates="versions")
    sounds: Mapped[list["VersionSound"]] = relationship(order_by="VersionSound.id")


class VersionSound(Model):
    """What somebody recorded of a text of a version, in one language; `text` is what was said."""

    __tablename__ = "version_sound"
    __table_args__ = (UniqueConstraint("version_id", "language", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id", ondelete="RESTRICT"))
    language: Mapped[str]
    name: Mapped[str]  # "q1/question", "q1/help", "q1/a": see `sound_rules`
    text: Mapped[str]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="RESTRICT"))
    file: Mapped[StoredFile] = relationship(lazy="joined")


class Wave(Model):
    """One round of a consultation (on screen: ronde)."""

    __tablename__ = "wave"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("closes_on IS NULL OR opens_on IS NULL OR closes_on >= opens_on", name="days"),
        CheckConstraint("state = 'draft' OR opened_at IS NOT NULL", name="opened"),
        Index("uq_wave_one_open", "consultation_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="RESTRICT"), index=True)
    number: Mapped[int]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    hear_back_by: Mapped[date | None]
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    consultation: Mapped[Consultation] = relationship(back_populates="waves")
    instruments: Mapped[list["Instrument"]] = relationship(back_populates="wave", order_by="Instrument.id")


class Instrument(Model):
    """The frozen questionnaire of one wave and band, in all its languages; never changes."""

    __tablename__ = "instrument"
    __table_args__ = (UniqueConstraint("wave_id", "band", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"), index=True)
    band: Mapped[Band]
    number: Mapped[int]  # 1, 2, … within wave and band; the highest is asked, older ones are still accepted
    document: Mapped[dict[str, Any]] = mapped_column(JSON)  # {"band", "languages", "items"}, "sounds" where recorded
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    frozen_at: Mapped[datetime] = mapped_column(Moment)
    wave: Mapped[Wave] = relationship(back_populates="instruments")
    sounds: Mapped[list["InstrumentSound"]] = relationship()


class InstrumentSound(Model):
    """A sound that stays for as long as a questionnaire does; its document says where it is heard."""

    __tablename__ = "instrument_sound"
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id", ondelete="RESTRICT"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="RESTRICT"), primary_key=True)
    file: Mapped[StoredFile] = relationship()


refuse_changes(Instrument.__table__)  # type: ignore[arg-type]
refuse_changes(InstrumentSound.__table__)  # type: ignore[arg-type]
after_create(
    Wave.__table__,  # type: ignore[arg-type]
    sqlite=[
        "CREATE TRIGGER wave_never_back BEFORE UPDATE OF state ON wave "
        "WHEN OLD.state <> 'draft' AND NEW.state = 'draft' "
        "BEGIN SELECT RAISE(ABORT, 'a wave that was open is never a draft again'); END"
    ],
    postgresql=[
        "CREATE TRIGGER wave_never_back BEFORE UPDATE OF state ON wave "
        "FOR EACH ROW WHEN (OLD.state <> 'draft' AND NEW.state = 'draft') "
        "EXECUTE FUNCTION refuse_change('a wave that was open is never a draft again')"
    ],
)
