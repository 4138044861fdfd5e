"""The child's door: good sendings are kept once, bad ones get a clear answer."""

from typing import Any

import pytest
from flask import Flask

from dialogue.answering import letterbox
from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.models import Concern, Response
from dialogue.answering.queries import is_same_sending
from dialogue.answering.receipt import echo, key
from dialogue.answering.sending import accept_form, accept_json, door_to
from dialogue.answering.services import Conflict
from dialogue.consultations.models import Consultation, Instrument, State, Wave
from dialogue.shared.bands import Band
from dialogue.shared.canonical import sha256_hex
from dialogue.shared.clock import now
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound, Refused
from tests.answering.sendings import MASTER, a_body, letters, raw, spelled
from tests.builders import Cast, a_consultation, a_place, save


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility)


def send(consultation: Consultation, body: Any, place_id: int = 0) -> tuple[int, dict[str, Any]]:
    return accept_json(body if isinstance(body, bytes) else raw(body), door_to(consultation.waves[-1], place_id))


def reopen(consultation: Consultation, state: State) -> None:
    with writing():
        consultation.waves[-1].state = state


def test_a_sending_is_sealed_and_its_echo_proves_it(consultation: Consultation, cast: Cast) -> None:
    place = a_place(cast.town)
    status, told = send(consultation, a_body(consultation), place.id)
    assert (status, told) == (201, {"saved": echo(key(MASTER, "response")), "help": 0})
    (letter,) = letters()
    body = unseal(installation_key(), letter.body, letter.tag)
    assert body["answers"] == {"q1": "a"}
    assert body["place"] == place.id
    assert [(said["item"], said["text"]) for said in body["words"]] == [("q2", "Meer bomen")]
    assert b"bomen" not in letter.body


def test_the_same_sending_again_gets_the_same_answer_and_no_second_row(consultation: Consultation) -> None:
    first = send(consultation, a_body(consultation))
    again = send(consultation, a_body(consultation))
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert len(letters()) == 1


def test_a_receipt_that_was_used_for_other_answers_is_refused(consultation: Consultation) -> None:
    send(consultation, a_body(consultation))
    status, told = send(consultation, a_body(consultation, answers={"q1": "b"}))
    assert (status, told["code"]) == (422, "conflict")
    assert len(letters()) == 1


def opened(consultation: Consultation) -> None:
    """Open the only letter as the job of results does."""
    (letter,) = letters()
    wave = consultation.waves[-1]
    with writing() as session:
        session.add(
            Response(
                key=new_key(),
                tag=letterbox.opened(letter.tag),
                fingerprint=letterbox.opened(letter.fingerprint),
                wave_id=wave.id,
                instrument_id=wave.instruments[-1].id,
                band=Band.B,
                channel=consultation.channel,
                answers={"q1": "a"},
            )
        )
        session.delete(letter)


def test_after_opening_the_same_sending_is_still_known(consultation: Consultation) -> None:
    send(consultation, a_body(consultation))
    opened(consultation)
    assert send(consultation, a_body(consultation))[0] == 200
    assert send(consultation, a_body(consultation, answers={}))[0] == 422
    assert letters() == []


def test_after_closing_a_repeated_sending_is_saved_and_a_new_one_is_not(consultation: Consultation) -> None:
    send(consultation, a_body(consultation))
    reopen(consultation, State.CLOSED)
    assert send(consultation, a_body(consultation))[0] == 200
    status, told = send(consultation, a_body(consultation, master=bytes(32)))
    assert (status, told["code"]) == (410, "closed")
    assert len(letters()) == 1


def test_once_fingerprints_are_forgotten_the_tag_alone_says_that_it_is_saved(consultation: Consultation) -> None:
    send(consultation, a_body(consultation))
    tag = letters()[0].tag
    opened(consultation)
    with writing():
        db.session.query(Response).one().fingerprint = None
    assert is_same_sending(tag, bytes(16))
    assert send(consultation, a_body(consultation))[0] == 200


def test_an_older_questionnaire_of_an_open_round_is_accepted(consultation: Consultation) -> None:
    old = a_body(consultation)
    document = consultation.waves[-1].instruments[-1].document | {"languages": ["nl"]}
    wave_id = consultation.waves[-1].id
    save(
        Instrument(
            wave_id=wave_id, band=Band.B, number=2, document=document, sha256=sha256_hex(document), frozen_at=now()
        )
    )
    assert send(consultation, old)[0] == 201


def test_a_questionnaire_of_a_round_that_is_over_says_so_or_knows_its_letter(consultation: Consultation) -> None:
    late, known = a_body(consultation, master=bytes(32)), a_body(consultation)
    send(consultation, known)
    reopen(consultation, State.CLOSED)
    new = save(Wave(consultation_id=consultation.id, number=2, state=State.OPEN, opened_at=now()))
    db.session.refresh(consultation)
    assert accept_json(raw(late), door_to(new))[1]["code"] == "closed"
    assert accept_json(raw(known), door_to(new))[0] == 200


def test_a_questionnaire_of_another_consultation_is_unknown(consultation: Consultation, cast: Cast) -> None:
    items = [*consultation.versions[0].items[:1]]
    other = a_consultation(cast.youth, "Anders", items=items)
    status, told = send(other, a_body(consultation))
    assert (status, told["code"]) == (404, "unknown")


def test_a_child_may_skip_everything(consultation: Consultation) -> None:
    assert send(consultation, a_body(consultation, answers={}, words={}))[0] == 201


def test_words_that_ask_for_help_are_copied_at_once_without_a_tag(consultation: Consultation) -> None:
    words = {"q2": {"text": "Papa slaat mij", "key": spelled(key(MASTER, "said/0"))}}
    status, told = send(consultation, a_body(consultation, words=words))
    assert (status, told["help"]) == (201, 1)
    assert send(consultation, a_body(consultation, words=words)) == (200, told)
    concern = db.session.query(Concern).one()
    assert (concern.text, concern.band, concern.first_seen) == ("Papa slaat mij", Band.B, None)


KEY = spelled(bytes(32))
MALFORMED: list[Any] = [
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"1",
    b"{",
    b"\xff\xfe",
    b"\xef\xbb\xbf{}",
    b"[" * 60_000,
    b'{"a":' * 12_000,
    b'{"protocol": NaN}',
    b'{"protocol": Infinity}',
    b'{"protocol": ' + b"9" * 5000 + b"}",
    b'{"protocol": 1, "protocol": 1}',
    b" " * (64 * 1024) + b"{}",
]
CHANGED: list[dict[str, Any]] = [
    {"protocol": 2},
    {"protocol": None},
    {"protocol": "1"},
    {"protocol": 2**63},
    {"instrument": None},
    {"instrument": 5},
    {"instrument": "a" * 63},
    {"instrument": "A" * 64},
    {"instrument": "\ud800" * 64},
    {"key": None},
    {"key": ""},
    {"key": KEY[:-1]},
    {"key": KEY + "AAAA"},
    {"key": "é" * 43},
    {"key": KEY.replace("A", "+")},
    {"answers": None},
    {"answers": []},
    {"answers": {"q1": "z"}},
    {"answers": {"q1": ["a"]}},
    {"answers": {"q1": {"a": 1}}},
    {"answers": {"q1": 1}},
    {"answers": {"q1": "\ud800"}},
    {"answers": {"q9": "a"}},
    {"answers": {"\ud800": "a"}},
    {"answers": {"q2": "a"}},
    {"answers": {f"q{n}": "a" for n in range(1000)}},
    {"words": None},
    {"words": {"q2": "x"}},
    {"words": {"q2": {"text": "x"}}},
    {"words": {"q2": {"text": None, "key": KEY}}},
    {"words": {"q2": {"text": "x" * 141, "key": KEY}}},
    {"words": {"q1": {"text": "a", "key": KEY}}},
    {"words": {"q2": {"text": "x", "key": spelled(key(MASTER, "response"))}}},
]


@pytest.mark.parametrize("body", MALFORMED, ids=lambda body: repr(body[:20]))
def test_what_is_not_a_sending_gets_a_sentence(consultation: Consultation, body: bytes) -> None:
    status, told = send(consultation, body)
    assert (status, told["code"]) == (400, "invalid")
    assert told["error"]
    assert letters() == []


@pytest.mark.parametrize("change", CHANGED, ids=repr)
def test_a_sending_with_one_wrong_part_gets_a_sentence(consultation: Consultation, change: dict[str, Any]) -> None:
    status, told = send(consultation, a_body(consultation, **change))
    assert (status, told["code"]) == (400, "invalid")
    assert told["error"]
    assert letters() == []


@pytest.mark.parametrize("text", ["\u202eabc", "a\x00b", "Z" + "\u0301" * 50, "\ud800", "   ", "\u200b"])
def test_odd_text_is_cleaned_not_refused(consultation: Consultation, text: str) -> None:
    words = {"q2": {"text": text, "key": KEY}}
    assert send(consultation, a_body(consultation, words=words))[0] == 201


def form_of(consultation: Consultation, **changes: str) -> dict[str, str]:
    sha256 = consultation.waves[-1].instruments[-1].sha256
    return {"instrument": sha256, "q1": "a", "q2": "Meer bomen", "step": "send"} | changes


def test_the_form_without_script_is_the_same_sending(consultation: Consultation) -> None:
    words = "Tulp, robot, pannenkoek, egel"
    first = accept_form(form_of(consultation), door_to(consultation.waves[-1]), words)
    again = accept_form(form_of(consultation), door_to(consultation.waves[-1]), "tulp robot pannenkoek egel")
    assert (first.status, again.status) == (201, 200)
    (letter,) = letters()
    body = unseal(installation_key(), letter.body, letter.tag)
    assert body["answers"] == {"q1": "a"}
    assert [said["text"] for said in body["words"]] == ["Meer bomen"]
    assert body["words"][0]["tag"]


def test_a_form_that_is_wrong_is_refused(consultation: Consultation) -> None:
    wave, words = consultation.waves[-1], "tulp robot pannenkoek egel"
    accept_form(form_of(consultation), door_to(wave), words)
    with pytest.raises(Conflict):
        accept_form(form_of(consultation, q1="b"), door_to(wave), words)
    with pytest.raises(Refused):
        accept_form(form_of(consultation, q1="z"), door_to(wave), words)
    with pytest.raises(Refused):
        accept_form({}, door_to(wave), words)
    with pytest.raises(NotFound):
        accept_form(form_of(consultation, instrument="0" * 64), door_to(wave), words)


def test_the_answer_to_a_sending_has_one_length(app: Flask, consultation: Consultation) -> None:
    asks = {"q2": {"text": "Papa slaat mij", "key": KEY}}
    _, calm = send(consultation, a_body(consultation))
    _, help_ = send(consultation, a_body(consultation, master=bytes(range(1, 33)), words=asks))
    assert len(app.json.dumps(calm)) == len(app.json.dumps(help_))
