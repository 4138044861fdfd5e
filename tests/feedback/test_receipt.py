"""The receipt: what one child can see of its own answers, with nothing but four words."""

import base64
import json
from typing import Any

import pytest
from flask import Flask

from dialogue.answering.letterbox import installation_key, opened, seal
from dialogue.answering.models import Contribution, Letter, Reading, Response
from dialogue.answering.queries import salt
from dialogue.answering.receipt import derive, key, tag
from dialogue.consultations.models import Consultation
from dialogue.decisions.models import Measure, MeasureState, Outcome, Proof
from dialogue.feedback.receipts import NAMES
from dialogue.shared.clock import today
from dialogue.shared.database import db
from tests.builders import Cast, a_consultation, a_contribution, a_decision, a_signal, change, responses, save
from tests.feedback.telling import a_message
from tests.pages import Page, Pages

WORDS = "tulp robot pannenkoek egel"
OWN_WORDS = "Ik wil dat de geheime auto's weg zijn."


@pytest.fixture
def keys(app: Flask) -> list[bytes]:
    master = derive(WORDS, salt())
    return [key(master, name) for name in NAMES]


def tag_of(app: Flask, kind: str, key_: bytes) -> bytes:
    return tag(app.extensions["dialogue"].keys.pepper, kind, key_)


def a_letter(app: Flask, consultation: Consultation, keys: list[bytes]) -> Letter:
    tag_ = tag_of(app, "response", keys[0])
    body = seal(installation_key(), {}, tag_)
    return save(Letter(tag=tag_, wave_id=consultation.waves[0].id, fingerprint=bytes(16), body=body))


def an_answer(
    app: Flask, consultation: Consultation, keys: list[bytes], **values: Any
) -> tuple[Response, Contribution]:
    """One child's answers, out of the box: option a, and own words."""
    [response] = responses(consultation, 1)
    change(response, tag=opened(tag_of(app, "response", keys[0])))
    words = a_contribution(consultation, OWN_WORDS, tag=tag_of(app, "said", keys[1]), **values)
    return response, words


def sent(pages: Pages, keys: list[bytes], status: int = 200) -> Page:
    spelled = [base64.urlsafe_b64encode(key_).decode().rstrip("=") for key_ in keys]
    return pages.post("/r", {"keys": json.dumps(spelled)}, status=status)


def test_an_answer_in_the_box_is_said_to_wait(app: Flask, pages: Pages, cast: Cast, keys: list[bytes]) -> None:
    a_letter(app, a_consultation(cast.mobility), keys)
    page = sent(pages, keys)
    assert "wacht in de brievenbus" in page.text
    assert ", of vroeger." in page.text


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Reading.UNREAD, "leest binnenkort"),
        (Reading.HELD, "leest binnenkort"),
        (Reading.CONCERN, "leest binnenkort"),
        (Reading.NO_REQUEST, "heeft gelezen wat je schreef"),
    ],
)
def test_an_opened_answer_says_whether_it_was_read(
    app: Flask, pages: Pages, cast: Cast, keys: list[bytes], reading: Reading, words: str
) -> None:
    an_answer(app, a_consultation(cast.mobility), keys, reading=reading)
    assert words in sent(pages, keys).text


def test_ticks_alone_lead_to_the_signal_and_its_decision(
    app: Flask, pages: Pages, cast: Cast, keys: list[bytes]
) -> None:
    consultation = a_consultation(cast.mobility)
    [response] = responses(consultation, 1)
    change(response, tag=opened(tag_of(app, "response", keys[0])))
    a_decision(a_signal(consultation), cast.ben, Outcome.NOT_ADOPTED, what="De Kerkstraat blijft open.")
    page = sent(pages, keys)
    assert "Beslist: nee" in page.text
    assert "De Kerkstraat blijft open." in page.text
    assert "In de Kerkstraat rijdt de bus." in page.text


def test_words_lead_along_the_whole_thread_and_the_news_comes_first(
    app: Flask, pages: Pages, cast: Cast, keys: list[bytes]
) -> None:
    consultation = a_consultation(cast.mobility)
    _, words = an_answer(app, consultation, keys, reading=Reading.CODED)
    decision = a_decision(a_signal(consultation, "De auto's rijden te snel.", words), cast.ben)
    measure = {"department_id": cast.mobility.id, "owner_id": cast.ada.id, "due": today()}
    done = Measure(decision_id=decision.id, title="Paaltjes", state=MeasureState.DONE, done_on=today(), **measure)
    done.proofs.append(Proof(title="foto van de paaltjes", seen_on=today(), added_by_id=cast.ada.id))
    save(done)
    told = {"we_decided": "Er komen paaltjes.", "because": "Zo is het veilig.", "you_will_see": "Kijk in mei."}
    a_message(cast, decision, {"nl": told})
    text = sent(pages, keys).text
    order = [
        "Nieuws",
        "Er komen paaltjes.",
        "Gevraagd",
        "Gezegd",
        "Gehoord",
        "Beslist",
        "Gedaan",
        "foto van",
        "Verteld",
        "En nu?",
    ]
    places = [text.index(word) for word in order]
    assert places == sorted(places)
    assert text.count("De auto's rijden te snel.") == 1


def test_a_childs_own_words_never_stand_on_the_page(app: Flask, pages: Pages, cast: Cast, keys: list[bytes]) -> None:
    consultation = a_consultation(cast.mobility)
    _, words = an_answer(app, consultation, keys, reading=Reading.CODED)
    a_signal(consultation, "De auto's rijden te snel.", words)
    page = sent(pages, keys)
    assert "geheime" not in page.html
    assert "De auto's rijden te snel." in page.text


@pytest.mark.parametrize("typed", [WORDS, "  Tulp, ROBOT; pannenkoek – egel! ", "tulp-robot-pannenkoek-egel"])
def test_without_script_the_typed_words_do_the_same(
    app: Flask, pages: Pages, cast: Cast, keys: list[bytes], typed: str
) -> None:
    a_letter(app, a_consultation(cast.mobility), keys)
    assert "wacht in de brievenbus" in pages.post("/r", {"words": typed}).text


def test_wrong_unused_and_deleted_receipts_look_the_same_and_keep_what_was_typed(
    app: Flask, pages: Pages, cast: Cast, keys: list[bytes]
) -> None:
    response, words = an_answer(app, a_consultation(cast.mobility), keys)
    wrong = pages.post("/r", {"words": "tulp robot pannenkoek egal"}, status=422)
    too_few = pages.post("/r", {"words": "tulp"}, status=422)
    change(response, tag=None)
    change(words, tag=None)
    deleted = pages.post("/r", {"words": WORDS}, status=422)
    assert deleted.all("input", name="words")[0].get("value") == WORDS
    pages_and_words = ((wrong, "tulp robot pannenkoek egal"), (too_few, "tulp"), (deleted, WORDS))
    shown = {page.html.replace(f'value="{typed}"', "") for page, typed in pages_and_words}
    assert len(shown) == 1
    assert "Kijk de woorden na" in wrong.text


@pytest.mark.parametrize(
    "odd", ["", "[]", "{}", "null", "[1,2]", '["é"]', "[" * 5000, json.dumps(["AA"] * 17), json.dumps(["A" * 43] * 17)]
)
def test_odd_keys_find_nothing(pages: Pages, cast: Cast, odd: str) -> None:
    pages.post("/r", {"keys": odd}, status=422)


def test_looking_leaves_no_trace(app: Flask, pages: Pages, cast: Cast, keys: list[bytes]) -> None:
    an_answer(app, a_consultation(cast.mobility), keys)
    before = {table.name: db.session.query(table).count() for table in db.metadata.sorted_tables}
    for page in (pages.get("/r"), sent(pages, keys)):
        headers = page.response.headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in headers
    assert before == {table.name: db.session.query(table).count() for table in db.metadata.sorted_tables}


def test_the_way_out_and_the_help_line_are_those_of_the_town(
    app: Flask, pages: Pages, cast: Cast, keys: list[bytes]
) -> None:
    a_letter(app, a_consultation(cast.mobility), keys)
    assert cast.town.exit_url in sent(pages, keys).links()
    assert "Awel, bel gratis 102" in pages.get("/r").text
