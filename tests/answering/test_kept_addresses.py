"""What stands behind an address may be kept for seconds, but never makes a child's answer unwelcome."""

from flask import Flask

from dialogue.consultations.models import Consultation, Instrument, State, Wave
from dialogue.shared.clock import now
from dialogue.shared.database import writing
from tests.answering.sendings import a_body, raw
from tests.builders import Cast, a_consultation, change


def send(app: Flask, consultation: Consultation, master: bytes) -> int:
    """Send over the web, with the keeping of addresses switched on."""
    body = raw(a_body(consultation, master))
    app.testing = False
    answer = app.test_client().post(f"/c/{consultation.code}/B/nl", data=body, content_type="application/json")
    app.testing = True
    return answer.status_code


def test_a_new_round_with_the_same_questions_takes_answers_at_once(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    first = consultation.waves[0]
    assert send(app, consultation, bytes(32)) == 201
    change(first, state=State.CLOSED, closed_at=now())
    assert send(app, consultation, bytes([1] * 32)) == 410
    second = Wave(number=2, state=State.OPEN, opened_at=now())
    same = first.instruments[0]
    with writing():
        consultation.waves.append(second)
        frozen = {"band": same.band, "number": 1, "document": same.document, "sha256": same.sha256}
        second.instruments.append(Instrument(**frozen, frozen_at=now()))
    assert send(app, consultation, bytes([2] * 32)) == 201
