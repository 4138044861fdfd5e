"""what children think of a message, and answers that are looked at again

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

from dialogue.shared.triggers import refusing

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ASKED = ("answer", "changed")
OPINIONS = ("yes", "a_bit", "no")
NEW = sa.text("counted <> opinion")


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "reaction",
        sa.Column("tag", sa.LargeBinary(length=16), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("asked", _one_of("asked", ASKED), nullable=False),
        sa.Column("opinion", _one_of("opinion", OPINIONS), nullable=False),
        sa.Column("counted", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_reaction_message_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_reaction")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reaction_message_id", "reaction", ["message_id", "asked", "opinion", "counted"])
    op.create_index("ix_reaction_new", "reaction", ["message_id", "asked"], sqlite_where=NEW, postgresql_where=NEW)
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("asked", _one_of("asked", ASKED), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_review_message_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("message_id", "asked", name=op.f("uq_review_message_id")),
    )
    op.create_table(
        "review_verdict",
        sa.Column("review_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(because)) > 0", name=op.f("ck_review_verdict_because")),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_review_verdict_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_verdict_review_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_review_verdict")),
    )
    for table in ("review", "review_verdict"):
        for statement in refusing(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
