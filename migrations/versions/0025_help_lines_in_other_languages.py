"""help lines that speak another language

Revision: 0025, after 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("municipality", sa.Column("help_lines", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
