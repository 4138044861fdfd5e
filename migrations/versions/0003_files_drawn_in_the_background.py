"""files drawn in the background

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bundle",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_bundle")),
        sa.UniqueConstraint("kind", "object", name=op.f("uq_bundle_kind")),
    )
    op.create_index(op.f("ix_bundle_keep_until"), "bundle", ["keep_until"], unique=False)
    op.create_table(
        "bundle_file",
        sa.Column("bundle_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["bundle_key"], ["bundle.key"], name=op.f("fk_bundle_file_bundle_key"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("bundle_key", "name", name=op.f("pk_bundle_file")),
    )


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
