"""A backup of PostgreSQL is whole, holds no key, and comes back; what was there is put aside, or stays as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from dialogue.ledger.queries import head
from dialogue.people.models import Department
from dialogue.shared.database import db
from tests import databases
from tests.builders import Cast, save
from tests.promises.test_backup import _tools, counts, full, run

pytestmark = pytest.mark.postgresql
__all__ = ["_tools", "full"]


@contextmanager
def past_the_application(instance: Path) -> Iterator[Any]:
    """Somebody who owns the database."""
    db.session.remove()
    db.engine.dispose()
    with databases.server().database_of(instance) as connection:
        yield connection


def schemas(instance: Path) -> list[str]:
    with past_the_application(instance) as connection:
        names = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^(public|before_)' ORDER BY 1")
        return [name for (name,) in names]


def test_after_a_restore_all_is_as_before_and_the_old_is_put_aside(
    full: Flask, instance: Path, tmp_path: Path, cast: Cast
) -> None:
    before, known, town_id = counts(), head(), cast.town.id
    assert run(full, "backup", tmp_path / "copy").exit_code == 0
    save(Department(municipality_id=town_id, name="Na de kopie"))
    result = run(full, "restore", tmp_path / "copy", "--replace")
    assert result.exit_code == 0, result.output
    assert (counts(), head()) == (before, known)
    assert run(full, "verify-ledger", "--head", known).exit_code == 0
    aside, public = schemas(instance)
    assert public == "public"
    with past_the_application(instance) as connection:
        query = f"SELECT count(*) FROM {aside}.department WHERE name = 'Na de kopie'"
        assert connection.execute(query).fetchone() == (1,)


def test_triggers_and_numbers_come_back_too(full: Flask, tmp_path: Path, cast: Cast) -> None:
    town_id = cast.town.id
    triggers = text(
        "SELECT pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace ORDER BY 1"
    )
    before = db.session.scalars(triggers).all()
    run(full, "backup", tmp_path / "copy")
    run(full, "restore", tmp_path / "copy", "--replace")
    assert len(before) > 15
    assert db.session.scalars(triggers).all() == before
    save(Department(municipality_id=town_id, name="Met een nieuw nummer"))


def test_a_restore_over_a_database_needs_to_be_asked_for(full: Flask, tmp_path: Path) -> None:
    run(full, "backup", tmp_path / "copy")
    result = run(full, "restore", tmp_path / "copy")
    assert result.exit_code == 1
    assert "--replace" in result.output


def test_a_restore_into_an_empty_database_works(full: Flask, instance: Path, tmp_path: Path) -> None:
    before = counts()
    run(full, "backup", tmp_path / "copy")
    with past_the_application(instance) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    assert run(full, "restore", tmp_path / "copy").exit_code == 0
    assert counts() == before
    assert schemas(instance) == ["public"]


@pytest.mark.parametrize(
    ("tampering", "words"),
    [
        ("UPDATE installation SET keys_check = '\\x00'", "other keys"),
        (
            "ALTER TABLE ledger_entry DISABLE TRIGGER ALL; UPDATE ledger_entry SET actor = 'x' WHERE sequence = 3;"
            "ALTER TABLE ledger_entry ENABLE TRIGGER ALL",
            "entry 3",
        ),
        ("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE recipe (name text)", "not a copy"),
    ],
)
def test_a_copy_that_is_not_ours_is_refused_and_the_old_stays(
    full: Flask, instance: Path, tmp_path: Path, tampering: str, words: str
) -> None:
    run(full, "backup", tmp_path / "good")
    before = counts()
    with past_the_application(instance) as connection:
        connection.execute(tampering)
    run(full, "backup", tmp_path / "tampered")
    assert run(full, "restore", tmp_path / "good", "--replace").exit_code == 0
    result = run(full, "restore", tmp_path / "tampered", "--replace")
    assert result.exit_code == 1
    assert words in result.output
    assert counts() == before
    assert len(schemas(instance)) == 2, "the one put aside by the good restore, and the one in use"


@pytest.mark.parametrize("damage", ["text", "cut"])
def test_a_damaged_copy_is_refused(full: Flask, tmp_path: Path, damage: str) -> None:
    copy, before = tmp_path / "copy", counts()
    run(full, "backup", copy)
    whole = copy.read_bytes()
    copy.write_bytes(b"geen database" if damage == "text" else whole[: len(whole) // 2])
    assert run(full, "restore", copy, "--replace").exit_code == 1
    assert counts() == before


def test_a_database_in_use_is_not_pulled_away(full: Flask, instance: Path, tmp_path: Path) -> None:
    run(full, "backup", tmp_path / "copy")
    before = counts()
    with past_the_application(instance):
        result = run(full, "restore", tmp_path / "copy", "--replace")
    assert result.exit_code == 1
    assert "stop the web server" in result.output
    assert counts() == before


def test_without_the_tools_of_postgresql_it_says_what_to_install(
    full: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run(full, "backup", tmp_path / "copy")
    assert result.exit_code == 1
    assert "postgresql-client" in result.output
