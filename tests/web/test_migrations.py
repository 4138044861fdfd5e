"""Migrations make exactly the schema of the models: tables, indexes, triggers, and tables without row ids."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from dialogue import create_app
from dialogue.shared.database import db
from dialogue.shared.startup import expected_head, why_not_serve
from tests.conftest import settings_in
from tests.databases import ON_POSTGRESQL

for _models in (Path(__file__).parents[2] / "dialogue").glob("*/models.py"):
    import_module(f"dialogue.{_models.parent.name}.models")


ALL_OF_POSTGRESQL = """
SELECT 'column ' || attrelid::regclass || ' ' || attname, format_type(atttypid, atttypmod) || ' ' ||
  attnotnull || ' ' || coalesce(pg_get_expr(adbin, adrelid), '')
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
  AND relname <> 'alembic_version'
UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
UNION ALL SELECT 'index ' || indexname, indexdef FROM pg_indexes
  WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL SELECT 'trigger ' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function ' || proname, regexp_replace(prosrc, '\\s+', ' ', 'g') FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace
"""


@pytest.fixture
def migrated(tmp_path: Path, storage: None) -> Iterator[Flask]:
    """An installation made by migrations, not by the models."""
    app = create_app(settings_in(tmp_path / "migrated"))
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def schema() -> dict[str, str]:
    """Everything in the database, by name."""
    db.session.rollback()
    if ON_POSTGRESQL:
        return dict(db.session.execute(text(ALL_OF_POSTGRESQL)).all())
    rows = db.session.execute(
        text("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    )
    return {name: folded(sql) for name, sql in rows}


def folded(sql: str) -> str:
    """As it was written, with white space and quotes folded: columns (a later one may stand last), then constraints."""
    sql = re.sub(r"\s+", " ", sql.replace('"', "")).replace("( ", "(").replace(" )", ")").strip()
    table = re.fullmatch(r"(CREATE TABLE \w+) \((.*)\)( WITHOUT ROWID)?", sql)
    if not table:
        return sql
    parts = re.split(r", (?![^()]*\))", table[2])  # not at a comma between brackets
    columns = [part for part in parts if not part.startswith("CONSTRAINT ")]
    constraints = sorted(part for part in parts if part.startswith("CONSTRAINT "))
    return f"{table[1]}{table[3] or ''}: {', '.join(columns)}; {'; '.join(constraints)}"


def test_migrations_make_the_same_schema_as_the_models(migrated: Flask, app: Flask) -> None:
    with migrated.app_context():
        made = schema()
    with app.app_context():
        wanted = schema()
    assert made.keys() == wanted.keys()
    assert {name: sql for name, sql in made.items() if sql != wanted[name]} == {}


def test_the_record_of_decisions_is_append_only_after_migrating_too(migrated: Flask) -> None:
    assert {name for name in schema() if name.startswith("trigger ledger_entry")} == {
        "trigger ledger_entry_no_update",
        "trigger ledger_entry_no_delete",
        "trigger ledger_entry_only_at_the_end",
        *(["trigger ledger_entry_no_truncate"] if ON_POSTGRESQL else []),
    }


def test_alembic_finds_nothing_to_change(migrated: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_there_is_one_head_and_the_program_expects_it(migrated: Flask) -> None:
    assert db.session.scalar(text("SELECT version_num FROM alembic_version")) == expected_head()


def test_a_database_of_another_version_is_not_served(migrated: Flask) -> None:
    dialogue = migrated.extensions["dialogue"]
    migrated.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
    assert why_not_serve(dialogue) == []
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
        connection.commit()
    assert "db upgrade" in why_not_serve(dialogue)[0]


def test_a_database_with_other_keys_is_not_served(migrated: Flask, tmp_path: Path) -> None:
    migrated.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
    (migrated.extensions["dialogue"].settings.keys / "pepper").unlink()
    other = create_app(migrated.extensions["dialogue"].settings)
    with other.app_context():
        assert "keys" in why_not_serve(other.extensions["dialogue"])[0]
