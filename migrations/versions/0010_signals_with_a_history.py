"""signals that were split, merged or withdrawn keep a history

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

from dialogue.shared.triggers import refusing

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KINDS = ("split", "merged", "withdrawn")
ENDS = sa.text("what IN ('merged', 'withdrawn')")


def upgrade() -> None:
    op.create_table(
        "signal_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Enum(*KINDS, name="reshaped", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(because)) > 0", name=op.f("ck_signal_change_because")),
        sa.CheckConstraint("(what = 'withdrawn') = (other_id IS NULL)", name=op.f("ck_signal_change_other")),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_signal_change_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["other_id"], ["signal.id"], name=op.f("fk_signal_change_other_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_signal_change_signal_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_change")),
    )
    op.create_index(op.f("ix_signal_change_signal_id"), "signal_change", ["signal_id"], unique=False)
    op.create_index(op.f("ix_signal_change_other_id"), "signal_change", ["other_id"], unique=False)
    op.create_index("uq_signal_change_end", "signal_change", ["signal_id"], unique=True, sqlite_where=ENDS, postgresql_where=ENDS)
    for statement in refusing("signal_change", op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
