"""one more question to everybody whose answer is in a signal

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op

from dialogue.shared.triggers import refusing

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at IS NULL")
NEW = sa.text("counted <> option")


def _points_at(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")


def upgrade() -> None:
    question, answer = "follow_up_question", "follow_up_answer"
    op.create_table(
        question,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_follow_up_question_closed")),
        _points_at(question, "signal_id", "signal.id"),
        _points_at(question, "asked_by_id", "staff_member.id"),
        _points_at(question, "closed_by_id", "staff_member.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_question")),
    )
    op.create_index("ix_follow_up_question_signal_id", question, ["signal_id"])
    op.create_index(
        "uq_follow_up_question_open", question, ["signal_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_table(
        answer,
        sa.Column("tag", sa.LargeBinary(length=16), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("counted", sa.String(), nullable=False),
        _points_at(answer, "question_id", "follow_up_question.id"),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_follow_up_answer")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_follow_up_answer_question_id", answer, ["question_id", "option", "counted"])
    op.create_index("ix_follow_up_answer_new", answer, ["question_id"], sqlite_where=NEW, postgresql_where=NEW)
    for statement in refusing(question, op.get_bind().dialect.name, when="OLD.closed_at IS NOT NULL"):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
