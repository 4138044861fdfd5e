"""before a body decides: who read a signal, and which proposal lies before whom

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

from dialogue.shared.triggers import refusing

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "read_by",
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("staff_member_id", sa.Integer(), nullable=False),
        sa.Column("as_who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_read_by_signal_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["staff_member_id"], ["staff_member.id"], name=op.f("fk_read_by_staff_member_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("signal_id", "staff_member_id", name=op.f("pk_read_by")),
    )
    bodies = sa.Enum("college", "council", "alderman", "department", name="body", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "brought",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("body", bodies, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("passed_to", sa.String(), nullable=False),
        sa.Column("as_who", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(as_who)) > 0", name=op.f("ck_brought_as_who")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_brought_proposal_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_brought_by_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_brought")),
    )
    for table in ("read_by", "brought"):
        for statement in refusing(table, op.get_context().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
