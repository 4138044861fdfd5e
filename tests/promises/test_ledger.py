"""The record of decisions cannot be rewritten: every tampering is found, and the database itself refuses most."""

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError

from dialogue.ledger import queries
from dialogue.ledger.models import Entry
from dialogue.ledger.rules import FIRST
from dialogue.ledger.services import record
from dialogue.shared.clock import pinned
from dialogue.shared.database import db, writing
from tests.databases import ON_POSTGRESQL, Store

LENGTH = 12
Rows = list[list[object]]


@pytest.fixture
def chain(app: Flask) -> Iterator[Flask]:
    """Twelve entries."""
    with writing():
        for number in range(1, LENGTH + 1):
            record("staff:1", "decision.taken", f"decision:{number}", department_id=3, after={"number": number})
    return app


@pytest.fixture
def bare(chain: Flask, instance: Path) -> Iterator[Store]:
    """A connection of somebody who took away the triggers."""
    with closing(Store(instance)) as store:
        if ON_POSTGRESQL:
            store.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
        else:
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'"
            for (name,) in store.execute(triggers).fetchall():
                store.execute(f"DROP TRIGGER {name}")
        yield store


def verify() -> int | None:
    db.session.rollback()
    return queries.verify()


def test_an_untouched_chain_holds(chain: Flask) -> None:
    assert verify() is None
    assert queries.head() == db.session.get_one(Entry, LENGTH).hash


def test_an_empty_chain_holds_and_its_head_is_zeros(app: Flask) -> None:
    assert (verify(), queries.head()) == (None, FIRST)


def test_a_moment_of_another_time_zone_or_without_microseconds_is_sealed_as_it_is_stored(app: Flask) -> None:
    with pinned(datetime(2026, 3, 1, 9, 0, tzinfo=ZoneInfo("Europe/Brussels"))), writing():
        record("system", "consultation.opened", "consultation:1")
    assert verify() is None


@pytest.mark.parametrize(
    "change",
    [
        update(Entry).values(actor="staff:9"),
        delete(Entry),
        pytest.param(
            text("INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE sequence = 3"),
            marks=pytest.mark.sqlite("its INSERT OR REPLACE"),
        ),
        text(
            "INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE sequence = 3 "
            "ON CONFLICT (sequence) DO UPDATE SET actor = 'staff:9'"
        ),
        text(
            "INSERT INTO ledger_entry (sequence, at, actor, verb, object, hash) "
            "SELECT sequence + 100, at, actor, verb, object, 'x' FROM ledger_entry WHERE sequence = 3"
        ),
    ],
    ids=["update", "delete", "replace", "upsert", "skip"],
)
def test_the_database_refuses_to_change_the_record(chain: Flask, change: object) -> None:
    with pytest.raises(IntegrityError, match="append-only"), writing() as session:
        session.execute(change)
    assert verify() is None


def test_a_flipped_field_is_found_at_its_entry(bare: Store) -> None:
    bare.execute("UPDATE ledger_entry SET object = 'decision:99' WHERE sequence = 7")
    assert verify() == 7


def test_a_deleted_entry_is_missed_at_its_place(bare: Store) -> None:
    bare.execute("DELETE FROM ledger_entry WHERE sequence = 4")
    assert verify() == 4


def test_a_deleted_first_entry_is_missed(bare: Store) -> None:
    bare.execute("DELETE FROM ledger_entry WHERE sequence = 1")
    assert verify() == 1


@pytest.mark.parametrize("sequence", [0, -5])
def test_an_entry_put_in_before_the_first_is_found(bare: Store, sequence: int) -> None:
    bare.execute(
        "INSERT INTO ledger_entry (sequence, at, actor, verb, object, hash) "
        "SELECT ?, at, actor, verb, object, 'x' FROM ledger_entry WHERE sequence = 1",
        (sequence,),
    )
    assert verify() == 1


def test_exchanged_entries_are_found_at_the_first(bare: Store) -> None:
    for old, new in ((5, 105), (6, 5), (105, 6)):
        bare.execute("UPDATE ledger_entry SET sequence = ? WHERE sequence = ?", (new, old))
    assert verify() == 5


@pytest.mark.sqlite("takes anything for a day")
@pytest.mark.parametrize("nonsense", ["not a day", "2026-13-45 00:00:00.000000", b"\xff\xfe"])
def test_a_day_that_is_none_is_found_and_does_not_stop_the_check(bare: Store, nonsense: object) -> None:
    bare.execute("UPDATE ledger_entry SET at = ? WHERE sequence = 8", (nonsense,))
    assert verify() == 8


def test_a_cut_tail_holds_by_itself_but_no_longer_has_the_known_head(bare: Store) -> None:
    known = queries.head()
    bare.execute("DELETE FROM ledger_entry WHERE sequence > 9")
    assert verify() is None
    assert not queries.holds(known)


def test_a_known_head_stays_known_while_the_record_grows(chain: Flask) -> None:
    known = queries.head()
    with writing():
        record("staff:1", "decision.taken", "decision:13")
    assert queries.holds(known)
    assert queries.holds(FIRST)


def test_checking_in_small_chunks_finds_the_same(bare: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "CHUNK", 5)
    assert verify() is None
    bare.execute("UPDATE ledger_entry SET verb = 'decision.withdrawn' WHERE sequence = 11")
    assert verify() == 11


def test_a_thousand_random_tamperings_are_all_found(bare: Store) -> None:
    dice = random.Random(1)
    honest = [list(row) for row in bare.execute("SELECT * FROM ledger_entry ORDER BY sequence")]
    head = queries.head()
    missed = []
    for attempt in range(1000):
        way = dice.choice([_flip, _delete, _insert, _reorder, _truncate])
        _write(bare, way([row.copy() for row in honest], dice))
        if verify() is None and queries.holds(head):
            missed.append((attempt, way.__name__))
    assert missed == []
    _write(bare, honest)
    assert verify() is None


def test_verify_ledger_says_that_all_is_well(chain: Flask) -> None:
    result = chain.test_cli_runner().invoke(args=["verify-ledger", "--head", queries.head()])
    assert result.exit_code == 0
    assert queries.head() in result.output


def test_verify_ledger_names_the_first_bad_entry_and_stops_with_1(bare: Store, app: Flask) -> None:
    bare.execute("UPDATE ledger_entry SET actor = 'staff:2' WHERE sequence IN (6, 9)")
    result = app.test_cli_runner().invoke(args=["verify-ledger"])
    assert result.exit_code == 1
    assert "Entry 6" in result.output


def test_verify_ledger_stops_with_1_when_a_published_head_is_gone(bare: Store, app: Flask) -> None:
    known = queries.head()
    bare.execute("DELETE FROM ledger_entry WHERE sequence = 12")
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["verify-ledger", "--head", known])
    assert result.exit_code == 1
    assert "cut off" in result.output


def _write(store: Store, rows: Rows) -> None:
    if not ON_POSTGRESQL:
        store.execute("PRAGMA synchronous = OFF")
    store.execute("BEGIN")
    store.execute("DELETE FROM ledger_entry")
    store.execute_many("INSERT INTO ledger_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    store.execute("COMMIT")


def _flip(rows: Rows, dice: random.Random) -> Rows:
    row = dice.choice(rows)
    column = dice.randrange(1, len(row))
    value = row[column]
    if isinstance(value, str):
        place = dice.randrange(len(value))
        row[column] = value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]
    elif isinstance(value, datetime):
        row[column] = value + timedelta(microseconds=dice.choice([-1, 1]))
    else:
        row[column] = "0" * 64 if value is None else int(str(value)) + 1
    return rows


def _delete(rows: Rows, dice: random.Random) -> Rows:
    del rows[dice.randrange(len(rows) - 1)]
    return rows


def _insert(rows: Rows, dice: random.Random) -> Rows:
    place = dice.randrange(len(rows))
    forged = rows[place].copy()
    forged[-1] = f"{dice.getrandbits(256):064x}"
    for row in rows[place:]:
        row[0] = int(str(row[0])) + 1
    rows.insert(place, forged)
    return rows


def _reorder(rows: Rows, dice: random.Random) -> Rows:
    one, other = dice.sample(rows, 2)
    one[0], other[0] = other[0], one[0]
    return rows


def _truncate(rows: Rows, dice: random.Random) -> Rows:
    return rows[: dice.randrange(len(rows))]
