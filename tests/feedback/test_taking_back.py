"""A child takes back what it said while it waits in the box; and what it can do when it does not agree."""

import secrets
from dataclasses import replace
from unittest.mock import Mock

import pytest
from flask import Flask
from sqlalchemy import func, select

from dialogue.answering import services
from dialogue.answering.letterbox import installation_key, seal
from dialogue.answering.models import Erasure, Letter, Response
from dialogue.answering.receipt import tag
from dialogue.feedback import receipt_routes, receipts
from dialogue.feedback.receipts import NAMES, opened
from dialogue.shared.database import db
from tests.builders import Cast, a_consultation, save
from tests.feedback.reactions import Keys, children, sent
from tests.feedback.telling import PARTS
from tests.pages import Pages


def a_letter(app: Flask, cast: Cast) -> Keys:
    """The receipt of an answer that waits in the box."""
    keys = [secrets.token_bytes(32) for _ in NAMES]
    mark = tag(app.extensions["dialogue"].keys.pepper, "response", keys[0])
    wave = a_consultation(cast.mobility).waves[-1]
    save(Letter(tag=mark, wave_id=wave.id, fingerprint=bytes(16), body=seal(installation_key(), {}, mark)))
    return keys


def letters() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Letter)) or 0


def test_a_child_takes_back_what_waits_after_reading_what_goes(app: Flask, pages: Pages, cast: Cast) -> None:
    keys, others = a_letter(app, cast), a_letter(app, cast)
    assert "Neem mijn antwoord terug" in pages.post("/r", sent(keys)).text
    page = pages.post("/r/take-back", sent(keys))
    assert "je kan het niet terughalen" in page.text
    assert letters() == 2
    [field] = page.all("input", name="keys")
    assert "Je antwoord is weg" in pages.post("/r/take-back/yes", {"keys": field.get("value", "")}).text
    assert letters() == 1
    gone, never = (pages.post("/r", sent(one), status=422) for one in (keys, [bytes(32)] * len(NAMES)))
    assert gone.html == never.html
    pages.post("/r/take-back/yes", sent(keys), status=422)
    pages.post("/r", sent(others))


def test_nothing_is_written_down_about_taking_back(app: Flask, pages: Pages, cast: Cast) -> None:
    keys = a_letter(app, cast)
    before = {table.name: db.session.query(table).count() for table in db.metadata.sorted_tables}
    pages.post("/r/take-back/yes", sent(keys))
    db.session.rollback()
    after = {table.name: db.session.query(table).count() for table in db.metadata.sorted_tables}
    assert after == before | {"letter": before["letter"] - 1}


def test_what_left_the_box_while_a_child_read_what_goes_waits_for_others(
    app: Flask, pages: Pages, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _message, [keys] = children(app, cast, 1)
    behind = opened(keys)
    assert behind
    monkeypatch.setattr(receipt_routes, "take_back", lambda _key: False)
    monkeypatch.setattr(receipts, "opened", Mock(side_effect=[replace(behind, waits=True), behind, behind]))
    pages.post("/r/take-back/yes", sent(keys))
    assert db.session.scalar(select(func.count()).select_from(Erasure)) == 1
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1


def test_an_answer_is_taken_back_once(app: Flask, cast: Cast) -> None:
    keys = a_letter(app, cast)
    db.session.rollback()
    assert [services.take_back(keys[0]), services.take_back(keys[0])] == [True, False]


@pytest.mark.parametrize("odd", ['<b>x</b> https://jeugdraad.example/praat?a=1&b="2"', "javascript:alert(1)"])
def test_where_to_go_when_not_agreeing_is_a_link_and_nothing_else(
    app: Flask, pages: Pages, cast: Cast, odd: str
) -> None:
    _, [keys] = children(app, cast, 1, {"nl": PARTS | {"disagree": odd}})
    page = pages.post("/r", sent(keys))
    found = [link for link in page.links() if "jeugdraad.example" in link or link.startswith("javascript")]
    assert all(link.startswith("https://jeugdraad.example/praat?a=1") for link in found)
    assert bool(found) is ("https" in odd)
    assert page.all("b") == []
