"""piles of paper that staff type over

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

PILE, SHEET = "paper_pile", "paper_sheet"
POINTS_TO = {"wave_id": "wave", "instrument_id": "instrument", "place_id": "place"} | dict.fromkeys(
    ("typed_by_id", "checked_by_id"), "staff_member"
)


def upgrade() -> None:
    op.create_table(
        PILE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("twice", sa.Boolean(), nullable=False),
        sa.Column("typed_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=True),
        sa.CheckConstraint("expected BETWEEN 1 AND 200", name=op.f("ck_paper_pile_expected")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{PILE}_{column}"), ondelete="RESTRICT")
            for column, table in POINTS_TO.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_pile")),
    )
    op.create_index("ix_paper_pile_wave_id", PILE, ["wave_id"])
    op.create_table(
        SHEET,
        sa.Column("pile_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["pile_id"], [f"{PILE}.id"], name=op.f("fk_paper_sheet_pile_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("pile_id", "turn", "number", name=op.f("pk_paper_sheet")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
