"""own words as answer to one more question

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "follow_up_question", sa.Column("own_words", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    letter = "follow_up_letter"
    op.create_table(
        letter,
        sa.Column("tag", sa.LargeBinary(length=16), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["follow_up_question.id"],
            name=op.f("fk_follow_up_letter_question_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_follow_up_letter")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_follow_up_letter_question_id", letter, ["question_id"])


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
