"""with which others an answer left the letter box

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("response", "contribution"):
        op.add_column(table, sa.Column("lot", sa.LargeBinary(length=16), nullable=True))


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
