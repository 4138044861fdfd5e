"""A rush is never refused, guessing is held up, and no address of a visitor is written anywhere (promises.md, 4)."""

import base64
import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from dialogue.answering.queries import salt
from dialogue.answering.receipt import key
from dialogue.consultations.models import Consultation
from dialogue.feedback.receipts import NAMES
from dialogue.shared.clock import now, pinned
from dialogue.shared.database import db
from dialogue.web.logs import JsonLines
from tests.answering.sendings import a_body, letter_count
from tests.builders import Cast, a_consultation

SCHOOL = "198.51.100.23"
HOME = "2001:db8:77:88::99"
RUSH = 1_000
CLASS = 30
BROKEN = "mijn woorden in een foutmelding"


def fetch(app: Flask, method: str, path: str, address: str = SCHOOL, **sent: object) -> TestResponse:
    return app.test_client(use_cookies=False).open(
        path, method=method, environ_base={"REMOTE_ADDR": address, "HTTP_USER_AGENT": "kanarie-toestel"}, **sent
    )


def send(app: Flask, path: str, body: dict[str, object], address: str = SCHOOL) -> TestResponse:
    return fetch(app, "POST", path, address, json=body)


def door(consultation: Consultation) -> str:
    return f"/c/{consultation.code}/B/nl"


def look(app: Flask, number: int, address: str = SCHOOL) -> TestResponse:
    """Look with the keys of receipt `number`."""
    master = number.to_bytes(32)
    keys = [base64.urlsafe_b64encode(key(master, name)).decode().rstrip("=") for name in NAMES]
    return fetch(app, "POST", "/r", address, data={"keys": json.dumps(keys)})


def test_a_thousand_answers_from_one_school_in_one_minute_are_all_kept(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    path = door(consultation)
    body = a_body(consultation)
    with pinned(now()):  # all of them within one and the same minute
        answers = [send(app, path, body | _keys_of(number)).status_code for number in range(RUSH)]
    assert answers == [201] * RUSH
    assert letter_count() == RUSH


def _keys_of(number: int) -> dict[str, object]:
    master = number.to_bytes(32)
    spelled = [base64.urlsafe_b64encode(key(master, name)).decode().rstrip("=") for name in ("response", "said/0")]
    return {"key": spelled[0], "words": {"q2": {"text": "Meer bomen", "key": spelled[1]}}}


def test_right_receipts_of_a_whole_class_cost_nothing(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    assert send(app, door(consultation), a_body(consultation) | _keys_of(1)).status_code == 201
    assert {look(app, 1).status_code for _ in range(3 * CLASS)} == {200}


def test_the_thirty_first_wrong_receipt_in_a_minute_waits_and_a_right_one_passes_after_it(
    app: Flask, cast: Cast
) -> None:
    consultation = a_consultation(cast.mobility)
    assert send(app, door(consultation), a_body(consultation) | _keys_of(1)).status_code == 201
    start = now()
    for number in range(CLASS):
        with pinned(start + timedelta(seconds=number)):
            assert look(app, 1).status_code == 200
            assert look(app, 1000 + number).status_code == 422
    with pinned(start + timedelta(seconds=CLASS)):
        held_up = look(app, 9_999)
        assert held_up.status_code == 429
        assert "Wacht een minuut" in held_up.text
        assert 'name="words"' in held_up.text, "the form stands there still"
        # Looking is held up for right ones too: else an answer other than 429 would tell a guesser what is right.
        assert look(app, 1).status_code == 429
        assert look(app, 1, HOME).status_code == 200, "nobody else waits"
    with pinned(start + timedelta(seconds=CLASS + int(held_up.headers["Retry-After"]))):
        assert look(app, 1).status_code == 200


def test_four_words_typed_without_script_are_counted_too(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pinned(now()):
        for number in range(CLASS):
            look(app, number)
        waits = fetch(app, "POST", "/r", data={"words": "tulp robot pannenkoek egel"})
    assert waits.status_code == 429
    assert 'value="tulp robot pannenkoek egel"' in waits.text, "what was typed is kept"


@pytest.mark.sqlite("looks into its files")
def test_no_address_no_hash_of_it_and_no_device_is_in_any_file_or_log(
    app: Flask, instance: Path, cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    consultation = a_consultation(cast.mobility)
    for address in (SCHOOL, HOME):
        for number in range(CLASS + 2):
            look(app, number, address)
        fetch(app, "GET", f"/c/{consultation.code}", address)
        send(app, door(consultation), a_body(consultation) | _keys_of(len(address)), address)
    monkeypatch.setitem(app.view_functions, "child.sheet_anywhere", _breaks)
    assert fetch(app, "GET", door(consultation)).status_code == 500
    code = consultation.code
    db.session.remove()
    buckets = app.extensions["dialogue.limits"]
    canaries = [SCHOOL.encode(), HOME.encode(), b"2001:db8:77", b"kanarie-toestel", *buckets._buckets, buckets._seed[1]]
    assert len(canaries) > 8
    written = {path: path.read_bytes() for path in instance.rglob("*") if path.is_file()}
    log = "\n".join(JsonLines().format(record) for record in caplog.records)
    written[Path("log")] = log.encode()
    assert [(path, canary) for path, data in written.items() for canary in canaries if canary in data] == []
    assert "child.sheet_anywhere failed" in log
    assert code not in log, "a path of a child's page"
    assert BROKEN not in log
    assert salt() in written[instance / "dialogue.db"] + written.get(instance / "dialogue.db-wal", b"")  # it does look


def _breaks(*_whatever: object) -> None:
    raise RuntimeError(BROKEN)
