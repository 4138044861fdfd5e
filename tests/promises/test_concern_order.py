"""In what order children asked for help cannot be told from the tables, nor from the disk under them.

PostgreSQL's write-ahead log tells it for as long as it is kept: docs/installing.md says so.
"""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from dialogue.answering import jobs
from dialogue.shared import traces
from dialogue.shared.codes import new_key
from dialogue.shared.database import db
from tests.answering.sendings import a_body
from tests.builders import Cast, a_consultation
from tests.promises.linking import TEXT, Child, Look, order_in, ordered
from tests.promises.thief import WAL, Thief

CHILDREN = 90
AT_A_TIME = 6  # children between two looks of the jobs


@pytest.fixture
def thief(instance: Path) -> Thief:
    return Thief(instance)


def ask_for_help(app: Flask, cast: Cast) -> list[Child]:
    """Children who ask for help one by one; the jobs look now and then."""
    consultation, phone = a_consultation(cast.mobility), app.test_client()
    path, found = f"/c/{consultation.code}/B/nl", []
    for number in range(CHILDREN):
        text = f"{new_key().hex()} papa slaat mij"
        body = a_body(consultation, new_key() + new_key())
        body["words"]["q2"]["text"] = text
        assert phone.post(path, json=body).status_code == 201
        found.append(Child(number, {TEXT: text.encode()}))
        if number % AT_A_TIME == 0:
            jobs.notice_concerns()
    jobs.notice_concerns()
    db.session.remove()
    return found


def tell(thief: Thief, target: Path, children: list[Child]) -> list[str]:
    """The looks that tell in what order these children came."""
    seen: dict[str, Look] = thief.looks(thief.takes(target), children)
    there = {name: look for name, look in seen.items() if not name.startswith(WAL)}
    assert any(order_in(look, children, TEXT) for look in there.values()), "their words are found"
    shutil.rmtree(target)
    return ordered(there, children, TEXT)


def test_who_asked_for_help_first_cannot_be_told(app: Flask, cast: Cast, thief: Thief, tmp_path: Path) -> None:
    assert tell(thief, tmp_path / "taken", ask_for_help(app, cast)) == []


def test_without_laying_them_by_key_it_would_be_told(
    app: Flask, cast: Cast, thief: Thief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(traces, "forget_order", lambda _table: False)
        children = ask_for_help(app, cast)
    assert tell(thief, tmp_path / "taken", children)
    jobs.notice_concerns()
    db.session.remove()
    assert tell(thief, tmp_path / "again", children) == []
