"""A backup is whole, holds no key, and comes back with every row, the same ledger head and the same keys."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, text

from dialogue import create_app
from dialogue.answering.letterbox import read
from dialogue.answering.receipt import key as receipt_key
from dialogue.consultations.models import State
from dialogue.feedback.receipts import NAMES
from dialogue.ledger.queries import head
from dialogue.ledger.services import record
from dialogue.people.models import Department
from dialogue.shared.database import db, writing
from dialogue.shared.settings import Settings
from tests import databases
from tests.answering.sendings import a_body, letters, spelled
from tests.builders import Cast, a_consultation, a_contribution, a_decision, a_signal, responses, save
from tests.conftest import settings_in
from tests.pages import Pages

ONE_FILE = pytest.mark.sqlite("its copy is one file that can be looked into; PostgreSQL: test_backup_postgresql.py")


def run(app: Flask, *args: object) -> Result:
    db.session.remove()
    db.engine.dispose()
    return app.test_cli_runner().invoke(args=[str(arg) for arg in args])


def counts() -> dict[str, int]:
    db.session.rollback()
    return {
        name: db.session.scalar(select(func.count()).select_from(table)) for name, table in db.metadata.tables.items()
    }


@pytest.fixture(autouse=True)
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore stand beside the server of the tests."""
    if databases.ON_POSTGRESQL:
        monkeypatch.setenv("PATH", str(databases.server().bin), prepend=":")


@pytest.fixture
def full(app: Flask, cast: Cast) -> Flask:
    """An installation with something in every step of the thread."""
    consultation = a_consultation(cast.mobility)
    responses(consultation, 30)
    signal = a_signal(consultation, "De auto's rijden te snel.", a_contribution(consultation))
    a_decision(signal, cast.ben)
    with writing():
        for number in range(5):
            record("staff:1", "decision.taken", f"decision:{number}")
    return app


@ONE_FILE
def test_after_a_restore_every_row_and_the_ledger_head_are_as_before(full: Flask, tmp_path: Path, cast: Cast) -> None:
    town_id = cast.town.id
    before, known = counts(), head()
    assert run(full, "backup", tmp_path / "copy.db").exit_code == 0
    save(Department(municipality_id=town_id, name="Na de kopie"))
    assert counts() != before
    result = run(full, "restore", tmp_path / "copy.db", "--replace")
    assert result.exit_code == 0, result.output
    assert (counts(), head()) == (before, known)
    assert run(full, "verify-ledger", "--head", known).exit_code == 0


@ONE_FILE
def test_the_database_that_was_there_is_moved_aside_not_lost(full: Flask, instance: Path, tmp_path: Path) -> None:
    run(full, "backup", tmp_path / "copy.db")
    save(Department(municipality_id=1, name="Na de kopie"))
    run(full, "restore", tmp_path / "copy.db", "--replace")
    (aside,) = instance.glob("dialogue-*.db")
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT count(*) FROM department WHERE name = 'Na de kopie'").fetchone() == (1,)


@ONE_FILE
def test_triggers_and_tables_without_row_ids_come_back_too(full: Flask, tmp_path: Path) -> None:
    schema = text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
    before = db.session.scalars(schema).all()
    run(full, "backup", tmp_path / "copy.db")
    run(full, "restore", tmp_path / "copy.db", "--replace")
    assert db.session.scalars(schema).all() == before


def test_a_backup_holds_no_key_and_only_its_owner_reads_it(full: Flask, instance: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run(full, "backup", copy)
    written = copy.read_bytes()
    assert [key.name for key in (instance / "keys").iterdir() if key.read_bytes() in written] == []
    assert copy.stat().st_mode & 0o077 == 0
    assert list(tmp_path.glob("*.half")) == []


def test_a_backup_never_overwrites_another(full: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("de kopie van gisteren")
    assert run(full, "backup", copy).exit_code == 1
    assert copy.read_text() == "de kopie van gisteren"


@ONE_FILE
def test_a_backup_has_what_was_written_a_moment_ago(full: Flask, tmp_path: Path) -> None:
    save(Department(municipality_id=1, name="Nog in het WAL"))
    copy = tmp_path / "copy.db"
    run(full, "backup", copy)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM department WHERE name = 'Nog in het WAL'").fetchone() == (1,)


def test_the_keys_are_copied_apart_and_only_when_asked(full: Flask, instance: Path, tmp_path: Path) -> None:
    safe = tmp_path / "safe"
    assert run(full, "backup", "--keys", safe).exit_code == 0
    for key in (instance / "keys").iterdir():
        assert (safe / key.name).read_bytes() == key.read_bytes()
        assert (safe / key.name).stat().st_mode & 0o077 == 0
    assert run(full, "backup", "--keys", safe).exit_code == 1


def test_keys_and_database_do_not_go_into_one_folder(full: Flask, tmp_path: Path) -> None:
    assert run(full, "backup", tmp_path / "copy.db", "--keys", tmp_path).exit_code == 1
    assert list(tmp_path.glob("copy*")) == []


@pytest.mark.parametrize("call", [("instance/keys/copy.db",), ("--keys", "instance"), ("--keys", "instance/a/b")])
def test_neither_is_copied_to_where_the_other_is(full: Flask, tmp_path: Path, call: tuple[str, ...]) -> None:
    result = run(full, "backup", *call[:-1], tmp_path / call[-1])
    assert (result.exit_code, "beside" in result.output) == (1, True)
    assert list(tmp_path.rglob("copy*")) == []
    assert list(tmp_path.rglob("pepper")) == [tmp_path / "instance" / "keys" / "pepper"]


def test_a_backup_of_nothing_says_what_to_name(full: Flask) -> None:
    assert "FILE" in run(full, "backup").output


@ONE_FILE
def test_a_restore_over_a_database_needs_to_be_asked_for(full: Flask, tmp_path: Path) -> None:
    run(full, "backup", tmp_path / "copy.db")
    result = run(full, "restore", tmp_path / "copy.db")
    assert result.exit_code == 1
    assert "--replace" in result.output


@ONE_FILE
def test_a_restore_into_an_empty_installation_with_the_same_keys_works(
    full: Flask, instance: Path, tmp_path: Path
) -> None:
    before = counts()
    run(full, "backup", tmp_path / "copy.db")
    (instance / "dialogue.db").unlink()
    (instance / "dialogue.db-wal").write_bytes(b"of a database that is gone")
    assert run(full, "restore", tmp_path / "copy.db").exit_code == 0
    assert counts() == before


@ONE_FILE
def test_a_copy_of_other_keys_is_refused_and_nothing_moves(full: Flask, instance: Path, tmp_path: Path) -> None:
    copy, before = tmp_path / "copy.db", counts()
    run(full, "backup", copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE installation SET keys_check = zeroblob(32)")
        connection.commit()
    result = run(full, "restore", copy, "--replace")
    assert result.exit_code == 1
    assert "other keys" in result.output
    assert counts() == before
    assert list(instance.glob("*staged*")) + list(instance.glob("dialogue-*")) == []


@ONE_FILE
def test_a_copy_with_a_changed_ledger_is_refused_and_names_the_entry(full: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run(full, "backup", copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DROP TRIGGER ledger_entry_no_update")
        connection.execute("UPDATE ledger_entry SET actor = 'staff:9' WHERE sequence = 3")
        connection.commit()
    result = run(full, "restore", copy, "--replace")
    assert result.exit_code == 1
    assert "entry 3" in result.output


@ONE_FILE
@pytest.mark.parametrize("damage", ["text", "cut", "hole", "other"])
def test_a_damaged_copy_is_refused(full: Flask, tmp_path: Path, damage: str) -> None:
    copy, before = tmp_path / "copy.db", counts()
    run(full, "backup", copy)
    whole = copy.read_bytes()
    if damage == "other":
        copy.unlink()
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("CREATE TABLE recipe (name TEXT)")
    else:
        broken = {
            "text": b"geen database",
            "cut": whole[: len(whole) // 2],
            "hole": whole[:8192] + b"\xff" * 65536 + whole[73728:],
        }
        copy.write_bytes(broken[damage])
    assert run(full, "restore", copy, "--replace").exit_code == 1
    assert counts() == before


@ONE_FILE
def test_a_database_in_use_is_not_pulled_away(full: Flask, instance: Path, tmp_path: Path) -> None:
    before = counts()
    run(full, "backup", tmp_path / "copy.db")
    with closing(sqlite3.connect(instance / "dialogue.db")) as web:
        web.execute("SELECT count(*) FROM department").fetchone()
        result = run(full, "restore", tmp_path / "copy.db", "--replace")
    assert result.exit_code == 1
    assert "stop the web server" in result.output
    assert counts() == before
    assert list(instance.glob("*staged*")) == []


@ONE_FILE
def test_the_copy_itself_is_left_as_it_was(full: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run(full, "backup", copy)
    before = copy.read_bytes()
    run(full, "restore", copy, "--replace")
    assert copy.read_bytes() == before
    assert list(tmp_path.glob("copy.db-*")) == []


@ONE_FILE
def test_after_a_restore_receipts_open_and_letters_are_read_but_only_with_the_keys(
    app: Flask, pages: Pages, cast: Cast, instance: Path, tmp_path: Path
) -> None:
    consultation = a_consultation(cast.mobility, state=State.OPEN)
    door = f"/c/{consultation.code}/B/nl"
    sent = [a_body(consultation, master=bytes([number] * 32)) for number in range(12)]
    assert {pages.client.post(door, json=body).status_code for body in sent[:11]} == {201}
    opened = [spelled(receipt_key(bytes([3] * 32), name)) for name in NAMES]
    receipt = {"keys": json.dumps(opened)}
    before = pages.post("/r", receipt).text
    assert run(app, "backup", tmp_path / "copy.db").exit_code == 0
    assert run(app, "backup", "--keys", tmp_path / "safe").exit_code == 0

    empty = tmp_path / "elsewhere"
    (tmp_path / "safe").rename(empty.with_name("elsewhere-keys"))
    elsewhere = create_app(Settings("local", empty, empty.with_name("elsewhere-keys"), "http://localhost"))
    elsewhere.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with elsewhere.app_context():
        assert run(elsewhere, "restore", tmp_path / "copy.db").exit_code == 0
        assert Pages(elsewhere).post("/r", receipt).text == before
        assert len([letter for letter in letters() if read(letter.body, letter.tag)]) == 11
        assert Pages(elsewhere).client.post(door, json=sent[11]).status_code == 201
        assert Pages(elsewhere).client.post(door, json=sent[0]).status_code == 200, "it is known there"
        db.session.remove()
        db.engine.dispose()

    stranger = create_app(settings_in(tmp_path / "stranger"))  # makes keys of its own
    with stranger.app_context():
        assert "other keys" in run(stranger, "restore", tmp_path / "copy.db").output
        shutil.copyfile(tmp_path / "copy.db", tmp_path / "stranger" / "dialogue.db")
        assert [letter for letter in letters() if read(letter.body, letter.tag)] == [], "not without the keys"
        db.session.remove()
        db.engine.dispose()
