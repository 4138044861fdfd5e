"""Migrations keep what was there: answers stay behind their receipts, and documents can still be downloaded."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from dialogue import create_app
from dialogue.answering.models import Response
from dialogue.answering.receipt import OPENED, tag
from dialogue.evidence.models import Dossier
from dialogue.feedback.models import Message
from dialogue.shared.database import db
from dialogue.shared.models import Bundle, BundleFile
from tests.conftest import settings_in
from tests.databases import ON_POSTGRESQL, Store

TOWN = {
    "id": 1, "slug": "oudenhove", "name": "Oudenhove", "country": "BE", "language": "nl", "help_name": "Awel",
    "help_number": "102", "help_url": "https://awel.be", "help_checked_on": "2026-01-01", "disagree_text": "",
    "exit_url": "https://example.org", "smallest_group": 10, "is_example": False,
}  # fmt: skip
DOSSIER = {
    "id": 1, "municipality_id": 1, "period": "calendar", "begins": "2025-01-01", "ends": "2026-01-01", "chains": "[]",
    "made_by_id": 1, "asked_at": "2026-02-01 10:00:00.000000", "made_at": "2026-02-01 10:01:00.000000",
    "docx": b"PK a document",
}  # fmt: skip
MESSAGE = {
    "texts": '{"nl": {"because": "De bus."}, "en": {"because": "The bus."}}', "written_by_id": 1,
    "written_at": "2026-02-01 10:00:00.000000",
}  # fmt: skip
ANSWERS = {"wave_id": 1, "instrument_id": 1, "band": "B", "channel": "self", "answers": '{"q1": "a"}'}


@pytest.fixture
def older(tmp_path: Path, storage: None) -> Iterator[Flask]:
    """An installation as it was before dossiers lay in bundles and answers bore a mark of their own."""
    app = create_app(settings_in(tmp_path / "older"))
    with app.app_context():
        upgrade(revision="0004")
        yield app
        db.session.remove()
        db.engine.dispose()


def put(store: Store, table: str, **row: object) -> None:
    store.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def test_answers_and_documents_of_before_are_kept(older: Flask) -> None:
    with closing(Store(older.extensions["dialogue"].settings.instance)) as store:
        if ON_POSTGRESQL:
            store.execute("SET session_replication_role = replica")  # no persons, no rounds
        put(store, "municipality", **TOWN)
        put(store, "dossier", **DOSSIER)
        put(store, "response", key=b"1" * 16, tag=b"t" * 16, fingerprint=b"f" * 16, **ANSWERS)
        put(store, "response", key=b"2" * 16, tag=b"u" * 16, fingerprint=None, **ANSWERS)
        put(store, "response", key=b"3" * 16, tag=None, fingerprint=None, **ANSWERS)
        put(store, "message", id=1, decision_id=1, **MESSAGE, published_by_id=1, published_at=MESSAGE["written_at"])
        put(store, "message", id=2, decision_id=2, **MESSAGE)
    upgrade()

    pepper = older.extensions["dialogue"].keys.pepper
    one, two, three = db.session.scalars(select(Response).order_by(Response.key))
    assert (one.tag, one.fingerprint) == (tag(pepper, OPENED, b"t" * 16), tag(pepper, OPENED, b"f" * 16))
    assert (two.tag, two.fingerprint) == (tag(pepper, OPENED, b"u" * 16), None)
    assert (three.tag, three.fingerprint) == (None, None)
    assert one.answers == {"q1": "a"}
    assert db.session.get_one(Dossier, 1).municipality_id == 1
    bundle = db.session.scalars(select(Bundle)).one()
    assert (bundle.object, bundle.wish) == ("dossier:1", {"chains": []})
    file = db.session.scalars(select(BundleFile).where(BundleFile.bundle_key == bundle.key)).one()
    assert (file.name, file.content) == ("bewijs-3.4-oudenhove-2025-2026.docx", b"PK a document")
    said = {"nl": {"because": "De bus."}, "en": {"because": "The bus."}}
    assert {text.language: text.parts for text in db.session.get_one(Message, 1).told} == said
    assert {text.language: text.parts for text in db.session.get_one(Message, 2).draft} == said
