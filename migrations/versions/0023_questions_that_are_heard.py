"""questions that are heard

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

from dialogue.shared.triggers import refusing

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")


def upgrade() -> None:
    op.create_table(
        "version_sound",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        _to("version_sound", "version_id", "version"),
        _to("version_sound", "file_id", "stored_file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_sound")),
        sa.UniqueConstraint("version_id", "language", "name", name=op.f("uq_version_sound_version_id")),
    )
    op.create_table(
        "instrument_sound",
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        _to("instrument_sound", "instrument_id", "instrument"),
        _to("instrument_sound", "file_id", "stored_file"),
        sa.PrimaryKeyConstraint("instrument_id", "file_id", name=op.f("pk_instrument_sound")),
    )
    for statement in refusing("instrument_sound", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
