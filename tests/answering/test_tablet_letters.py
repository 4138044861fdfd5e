"""Sealed letters of a shared tablet: a sending like any other, once, at its own place, and readable by nobody else."""

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.receipt import echo, key
from dialogue.answering.tablet_letters import opened, public_key
from dialogue.consultations.models import Consultation, State
from dialogue.places.models import Place
from dialogue.shared.clock import now
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from tests.answering.sendings import MASTER, a_body, letter_count, letters, spelled
from tests.answering.tablets import sealed
from tests.builders import Cast, a_consultation, a_place
from tests.pages import Pages

CODE = "7KQM93"


@pytest.fixture
def school(cast: Cast) -> Place:
    return a_place(cast.town, code=CODE)


@pytest.fixture
def consultation(cast: Cast, school: Place) -> Consultation:
    return a_consultation(cast.mobility, code="NAARSC")


def post(pages: Pages, letter: bytes, code: str = CODE) -> TestResponse:
    return pages.client.post(f"/t/{code}/letters", data=letter, content_type="application/octet-stream")


def a_letter(consultation: Consultation, **changes: Any) -> bytes:
    return sealed(a_body(consultation, **changes), public_key(), CODE)


def test_a_sealed_letter_is_a_sending_like_any_other(pages: Pages, consultation: Consultation, school: Place) -> None:
    response = post(pages, a_letter(consultation))
    assert response.status_code == 201
    assert response.json == {"saved": echo(key(MASTER, "response")), "help": 0}
    [letter] = letters()
    body = unseal(installation_key(), letter.body, letter.tag)
    assert (body["place"], body["answers"]) == (school.id, {"q1": "a"})


def test_what_is_kept_of_it_does_not_say_that_it_came_from_a_tablet(pages: Pages, consultation: Consultation) -> None:
    post(pages, a_letter(consultation))
    pages.client.post(f"/p/{CODE}/NAARSC/B/nl", json=a_body(consultation, master=bytes(32)))
    [one, other] = [unseal(installation_key(), letter.body, letter.tag) for letter in letters()]
    assert one.keys() == other.keys()
    assert one["channel"] == other["channel"]


def test_sent_twice_it_counts_once_also_beside_the_same_sending_in_the_open(
    pages: Pages, consultation: Consultation
) -> None:
    first = post(pages, a_letter(consultation))
    again = post(pages, a_letter(consultation))
    in_the_open = pages.client.post(f"/p/{CODE}/NAARSC/B/nl", json=a_body(consultation))
    assert [first.status_code, again.status_code, in_the_open.status_code] == [201, 200, 200]
    assert first.json == again.json == in_the_open.json
    assert letter_count() == 1


def test_words_that_ask_for_help_are_noticed_when_it_arrives(pages: Pages, consultation: Consultation) -> None:
    words = {"q2": {"text": "Papa slaat mij elke dag.", "key": spelled(key(MASTER, "said/0"))}}
    response = post(pages, a_letter(consultation, words=words))
    assert response.json
    assert response.json["help"] == 1


def test_after_closing_the_tablet_hears_that_it_came_too_late(pages: Pages, consultation: Consultation) -> None:
    letter = a_letter(consultation)
    with writing():
        consultation.waves[0].state = State.CLOSED
    response = post(pages, letter)
    assert (response.status_code, response.json and response.json["code"]) == (410, "closed")


def test_letters_of_a_place_that_is_not_used_any_more_still_arrive(
    pages: Pages, consultation: Consultation, school: Place
) -> None:
    with writing():
        school.withdrawn_at = now()
    assert post(pages, a_letter(consultation)).status_code == 201


def test_a_letter_cannot_be_brought_to_another_place(pages: Pages, consultation: Consultation, cast: Cast) -> None:
    a_place(cast.town, "Jeugdhuis De Kring", code="7KQM94")
    response = post(pages, a_letter(consultation), "7KQM94")
    assert response.status_code == 422
    assert letter_count() == 0


def test_a_letter_that_cannot_be_opened_is_never_final(pages: Pages, consultation: Consultation) -> None:
    """Without a code the tablet keeps it: with the right keys back in place it can still be opened."""
    whole = a_letter(consultation)
    for broken in (b"", b"x", whole[:-1], whole[:65], bytes(65) + whole[65:], whole[:200] + b"?" + whole[201:]):
        response = post(pages, broken)
        assert response.status_code == 422
        assert "code" not in (response.json or {} if response.is_json else {})
    assert letter_count() == 0


@pytest.mark.parametrize("inside", [[], {"consultation": "NAARSC"}, {"sending": {}}, "x", None, 3])
def test_what_is_no_letter_inside_is_refused(pages: Pages, consultation: Consultation, inside: Any) -> None:
    letter = sealed(inside, public_key(), CODE)
    assert post(pages, letter).status_code in (400, 422)


def test_a_letter_of_no_known_consultation_is_not_taken(pages: Pages, consultation: Consultation) -> None:
    letter = sealed(a_body(consultation), public_key(), CODE, "ANDERS")
    assert post(pages, letter).status_code == 404


def test_only_who_has_the_keys_of_the_installation_opens_it(pages: Pages, consultation: Consultation) -> None:
    letter = a_letter(consultation)
    assert b"Meer bomen" not in letter
    assert json.loads(opened(letter, CODE).sending)["answers"] == {"q1": "a"}
    other = a_letter(consultation)
    assert len(other) == len(letter)
    assert other[:65] != letter[:65]
    with pytest.raises(Refused):
        opened(letter[:65] + other[65:], CODE)
