"""what children want to be gone, sealed until enough of it goes together

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("tag", sa.LargeBinary(length=16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_erasure")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
