"""a dossier in several documents: what was made lies in its bundle

Revision: 0005, after 0004
"""

import secrets

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _keep_what_was_made(op.get_bind())
    for column in ("asked_at", "made_at", "docx"):
        op.drop_column("dossier", column)


def _keep_what_was_made(connection: sa.Connection) -> None:
    """Word documents that were made before stay there to be downloaded."""
    tables = sa.MetaData()
    tables.reflect(connection, only=["dossier", "municipality", "bundle", "bundle_file"])
    dossier, town = tables.tables["dossier"], tables.tables["municipality"]
    made = sa.select(dossier, town.c.slug).join(town, town.c.id == dossier.c.municipality_id)
    for row in connection.execute(made.where(dossier.c.docx.is_not(None), dossier.c.made_at.is_not(None))).all():
        key = secrets.token_hex(16)
        bundle = {"key": key, "kind": "make_dossier", "object": f"dossier:{row.id}", "wish": {"chains": row.chains}}
        bundle |= {"asked_at": row.asked_at, "of": 1, "made_at": row.made_at}
        connection.execute(tables.tables["bundle"].insert(), bundle)
        years = "-".join(str(year) for year in dict.fromkeys((row.begins.year, row.ends.year)))
        file = {"bundle_key": key, "name": f"bewijs-3.4-{row.slug}-{years}.docx", "content": row.docx}
        connection.execute(tables.tables["bundle_file"].insert(), file)


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
