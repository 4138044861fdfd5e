"""photos and documents as proof

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proof_file",
        sa.Column("proof_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        sa.Column("shown_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("width = 0 OR length(trim(alt)) > 0", name=op.f("ck_proof_file_alt")),
        sa.CheckConstraint("width > 0 OR shown_by_id IS NULL", name=op.f("ck_proof_file_shown")),
        sa.ForeignKeyConstraint(["proof_id"], ["proof.id"], name=op.f("fk_proof_file_proof_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_proof_file_file_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["shown_by_id"], ["staff_member.id"], name=op.f("fk_proof_file_shown_by_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("proof_id", name=op.f("pk_proof_file")),
        sa.UniqueConstraint("file_id", name=op.f("uq_proof_file_file_id")),
    )


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
