"""notes to the college, and the town's own paper for them

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")


def upgrade() -> None:
    note = op.create_table(
        "college_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agenda_point", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_college_note_title")),
        _to("college_note", "municipality_id", "municipality"),
        _to("college_note", "made_by_id", "staff_member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_college_note")),
    )
    op.create_index(op.f("ix_college_note_municipality_id"), note.name, ["municipality_id"])
    line = op.create_table(
        "note_line",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("budget", sa.String(), nullable=False),
        sa.Column("plan_codes", sa.JSON(), nullable=False),
        _to("note_line", "note_id", "college_note"),
        _to("note_line", "signal_id", "signal"),
        sa.PrimaryKeyConstraint("note_id", "signal_id", name=op.f("pk_note_line")),
    )
    op.create_index(op.f("ix_note_line_signal_id"), line.name, ["signal_id"])
    op.create_table(
        "note_template",
        sa.Column("municipality_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _to("note_template", "municipality_id", "municipality"),
        _to("note_template", "file_id", "stored_file"),
        _to("note_template", "by_id", "staff_member"),
        sa.PrimaryKeyConstraint("municipality_id", name=op.f("pk_note_template")),
        sa.UniqueConstraint("file_id", name=op.f("uq_note_template_file_id")),
    )


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
