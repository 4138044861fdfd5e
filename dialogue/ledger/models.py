"""The chain: one row per decision or change, each sealed to the one before."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from dialogue.shared.database import Model, Moment
from dialogue.shared.triggers import after_create, refuse_changes


class Entry(Model):
    """Who did what to which record, with hashes of it before and after; never a child's words."""

    __tablename__ = "ledger_entry"
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str]  # "staff:3", "staff:3 for staff:5", "system", "command"
    department_id: Mapped[int | None]
    verb: Mapped[str]  # "consultation.opened"
    object: Mapped[str] = mapped_column(index=True)  # "consultation:12"
    before: Mapped[str | None] = mapped_column(String(64))
    after: Mapped[str | None] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


refuse_changes(Entry.__table__)  # type: ignore[arg-type]
after_create(
    Entry.__table__,  # type: ignore[arg-type]
    sqlite=[  # `INSERT OR REPLACE` would pass by the triggers above
        "CREATE TRIGGER ledger_entry_only_at_the_end BEFORE INSERT ON ledger_entry "
        "WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger_entry) "
        "OR EXISTS (SELECT 1 FROM ledger_entry WHERE hash = NEW.hash) "
        "BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END"
    ],
    postgresql=[
        "CREATE FUNCTION only_at_the_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger_entry) THEN "
        "RAISE EXCEPTION 'ledger_entry is append-only' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN NEW; END $$",
        "CREATE TRIGGER ledger_entry_only_at_the_end BEFORE INSERT ON ledger_entry "
        "FOR EACH ROW EXECUTE FUNCTION only_at_the_end()",
    ],
)
