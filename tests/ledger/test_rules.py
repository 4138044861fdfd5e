"""How an entry is sealed: a stranger can rebuild it from the formula alone."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

from flask import Flask

from dialogue.ledger.queries import happened
from dialogue.ledger.rules import FIRST, seal, spelled
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import pinned
from dialogue.shared.database import writing

ENTRY = {
    "sequence": 1,
    "at": datetime(2026, 3, 12, 9, 30, tzinfo=UTC),
    "actor": "staff:3",
    "department_id": None,
    "verb": "decision.taken",
    "object": "decision:7",
    "before": None,
    "after": "ab" * 32,
}


def test_the_seal_is_the_hash_of_one_byte_the_seal_before_and_the_canonical_entry() -> None:
    by_hand = (
        '{"actor":"staff:3","after":"' + "ab" * 32 + '","at":"2026-03-12T09:30:00.000000+00:00","before":null,'
        '"department_id":null,"object":"decision:7","sequence":1,"verb":"decision.taken"}'
    )
    assert seal(FIRST, spelled(ENTRY)) == hashlib.sha256(b"\x01" + bytes(32) + by_hand.encode()).hexdigest()


def test_the_same_moment_in_another_time_zone_has_the_same_seal() -> None:
    summer = ENTRY | {"at": datetime(2026, 3, 12, 11, 30, tzinfo=timezone(timedelta(hours=2)))}
    assert spelled(summer) == spelled(ENTRY)


def test_every_field_counts() -> None:
    seals = {seal(FIRST, spelled(ENTRY | {name: "x"})) for name in ENTRY if name != "at"}
    assert len(seals | {seal(FIRST, spelled(ENTRY))}) == len(ENTRY)


def test_the_ledger_keeps_hashes_of_what_changed_never_the_words(app: Flask) -> None:
    with pinned(datetime(2026, 3, 12, tzinfo=UTC)), writing():
        entry = record("system", "signal.renamed", "signal:1", before={"title": "Oud"}, after={"title": "Nieuw"})
        assert entry.before == hashlib.sha256(b'{"title":"Oud"}').hexdigest()
        assert entry.after == hashlib.sha256(b'{"title":"Nieuw"}').hexdigest()


def test_a_person_is_named_by_number_not_by_name(app: Flask) -> None:
    ada = Actor(3, "Ada De Smet", 1, "nl", frozenset())
    with writing():
        assert record(ada, "decision.taken", "decision:7").actor == "staff:3"


def test_what_happened_to_a_record_can_be_asked(app: Flask) -> None:
    with writing():
        record("system", "municipality.changed", "municipality:1")
    assert happened("municipality.changed", "municipality:1")
    assert not happened("municipality.changed", "municipality:2")
