"""how a signal was worded before

Revision: 0026, after 0025
"""

import sqlalchemy as sa
from alembic import op

from dialogue.shared.triggers import refusing

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "earlier_sentence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_earlier_sentence_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_earlier_sentence_signal_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_sentence")),
    )
    op.create_index("ix_earlier_sentence_signal_id", "earlier_sentence", ["signal_id"])
    for statement in refusing("earlier_sentence", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
