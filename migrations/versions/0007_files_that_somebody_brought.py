"""files that somebody brought: photos, documents, sound

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

from dialogue.shared.triggers import refusing

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    for statement in refusing("stored_file", op.get_context().dialect.name, ("UPDATE",)):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
