"""answers bear another mark than their letter

Revision: 0006, after 0005
"""

import hmac

from alembic import op
from flask import current_app
import sqlalchemy as sa


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

RESPONSE = sa.table("response", sa.column("key", sa.LargeBinary), sa.column("tag", sa.LargeBinary), sa.column("fingerprint", sa.LargeBinary))


def upgrade() -> None:
    connection = op.get_bind()
    pepper = current_app.extensions["dialogue"].keys.pepper

    def opened(mark: bytes | None) -> bytes | None:
        return mark and hmac.digest(pepper, b"opened\0" + mark, "sha256")[:16]

    rows = connection.execute(sa.select(RESPONSE)).all()
    change = sa.update(RESPONSE).where(RESPONSE.c.key == sa.bindparam("of")).values(tag=sa.bindparam("tag_"), fingerprint=sa.bindparam("fingerprint_"))
    values = [{"of": key, "tag_": opened(tag), "fingerprint_": opened(fingerprint)} for key, tag, fingerprint in rows]
    if values:
        connection.execute(change, values)


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
