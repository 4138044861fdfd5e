"""parts of several departments, decisions by a deputy, and all tasks of a person handed over

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

from dialogue.shared.triggers import refusing

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ASKED = sa.text("dropped_at IS NULL")


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")


def upgrade() -> None:
    op.create_table(
        "part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(trim(asked)) > 0", name=op.f("ck_part_asked")),
        sa.CheckConstraint("(given_at IS NULL) = (length(trim(answer)) = 0)", name=op.f("ck_part_answer")),
        _to("part", "signal_id", "signal"),
        _to("part", "department_id", "department"),
        _to("part", "asked_by_id", "staff_member"),
        _to("part", "given_by_id", "staff_member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part")),
    )
    op.create_index(op.f("ix_part_signal_id"), "part", ["signal_id"], unique=False)
    op.create_index("uq_part_asked", "part", ["signal_id", "department_id"], unique=True, sqlite_where=ASKED, postgresql_where=ASKED)
    op.create_table(
        "early",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(trim(because)) > 0", name=op.f("ck_early_because")),
        _to("early", "decision_id", "decision"),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_early")),
    )
    op.create_table(
        "on_behalf",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("staff_member_id", sa.Integer(), nullable=False),
        _to("on_behalf", "decision_id", "decision"),
        _to("on_behalf", "staff_member_id", "staff_member"),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_on_behalf")),
    )
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_hand_over_two")),
        _to("hand_over", "municipality_id", "municipality"),
        _to("hand_over", "from_id", "staff_member"),
        _to("hand_over", "to_id", "staff_member"),
        _to("hand_over", "by_id", "staff_member"),
        _to("hand_over", "undoes_id", "hand_over"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_hand_over_undoes_id")),
    )
    op.create_index(op.f("ix_hand_over_municipality_id"), "hand_over", ["municipality_id"], unique=False)
    for table in ("early", "on_behalf", "hand_over"):
        for statement in refusing(table, op.get_context().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
