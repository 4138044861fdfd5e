"""advice of the youth council, with its answers

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

from dialogue.shared.triggers import refusing

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FOLLOWED = ("wholly", "partly", "not")
BODIES = ("college", "council", "alderman", "department")


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _to(table: str, column: str, other: str, ondelete: str = "RESTRICT") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def upgrade() -> None:
    _advice()
    _answers()
    for table in ("advice", "advice_signal", "advice_answer"):
        for statement in refusing(table, op.get_bind().dialect.name):
            op.execute(statement)


def _advice() -> None:
    op.create_table(
        "advice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_advice_title")),
        sa.CheckConstraint("length(trim(text)) > 0 OR file_id IS NOT NULL", name=op.f("ck_advice_said")),
        _to("advice", "municipality_id", "municipality"),
        _to("advice", "department_id", "department"),
        _to("advice", "file_id", "stored_file"),
        _to("advice", "by_id", "staff_member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
        sa.UniqueConstraint("file_id", name=op.f("uq_advice_file_id")),
    )
    op.create_index(op.f("ix_advice_municipality_id"), "advice", ["municipality_id"])
    op.create_table(
        "advice_signal",
        sa.Column("advice_id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        _to("advice_signal", "advice_id", "advice"),
        _to("advice_signal", "signal_id", "signal"),
        sa.PrimaryKeyConstraint("advice_id", "signal_id", name=op.f("pk_advice_signal")),
    )
    op.create_index(op.f("ix_advice_signal_signal_id"), "advice_signal", ["signal_id"])


def _answers() -> None:
    op.create_table(
        "advice_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("advice_id", sa.Integer(), nullable=False),
        sa.Column("followed", _one_of("followed", FOLLOWED), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("body", _one_of("body", BODIES), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("document_title", sa.String(), nullable=False),
        sa.Column("document_uri", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_advice_answer_reason")),
        _to("advice_answer", "advice_id", "advice"),
        _to("advice_answer", "by_id", "staff_member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_answer")),
    )
    op.create_index(op.f("ix_advice_answer_advice_id"), "advice_answer", ["advice_id"])
    op.create_table(
        "advice_rule",
        sa.Column("municipality_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint("days BETWEEN 14 AND 180", name=op.f("ck_advice_rule_days")),
        _to("advice_rule", "municipality_id", "municipality", "CASCADE"),
        sa.PrimaryKeyConstraint("municipality_id", name=op.f("pk_advice_rule")),
    )


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
