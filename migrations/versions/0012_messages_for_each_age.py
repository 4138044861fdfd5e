"""messages for each age and language, in editions: what was told stays as it is

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

from dialogue.shared.triggers import refusing

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("edition", sa.Integer(), server_default="0", nullable=False))
    texts = op.create_table(
        "message_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.Column("sound_id", sa.Integer(), nullable=True),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.CheckConstraint("band IN ('', 'A', 'B', 'C', 'D')", name=op.f("ck_message_text_band")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_text_message_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["sound_id"], ["stored_file.id"], name=op.f("fk_message_text_sound_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["staff_member.id"], name=op.f("fk_message_text_seen_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_text")),
        sa.UniqueConstraint("message_id", "edition", "band", "language", name=op.f("uq_message_text_message_id")),
    )
    rows = [row for message in op.get_bind().execute(sa.select(MESSAGE)) for row in _texts_of(message)]
    if rows:
        op.bulk_insert(texts, rows)
    op.drop_column("message", "texts")
    op.execute(sa.update(MESSAGE).where(MESSAGE.c.published_at.is_not(None)).values(edition=1))
    for statement in refusing("message_text", op.get_context().dialect.name, when="OLD.told"):
        op.execute(statement)


MESSAGE = sa.table(
    "message",
    sa.column("id", sa.Integer()),
    sa.column("texts", sa.JSON()),
    sa.column("published_at", sa.DateTime(timezone=True)),
    sa.column("edition", sa.Integer()),
)


def _texts_of(message: sa.Row) -> list[dict[str, object]]:
    """The texts of an older message, one a language: its first edition, told or still a draft."""
    one = {
        "message_id": message.id,
        "edition": 1,
        "band": "",
        "picture": "",
        "seen": "",
        "told": bool(message.published_at),
    }
    return [one | {"language": language, "parts": parts} for language, parts in message.texts.items()]


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
