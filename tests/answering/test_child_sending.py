"""What the script sends through the door."""

import pytest

from dialogue.answering.letterbox import installation_key, unseal
from dialogue.consultations.models import Consultation, State
from dialogue.places.models import Place
from dialogue.shared.clock import now
from dialogue.shared.database import writing
from tests.answering.sendings import a_body, letters
from tests.builders import Cast, a_consultation, a_place
from tests.pages import Pages

ADDRESS = "/p/7KQM93/NAARSC/B/nl"


@pytest.fixture
def school(cast: Cast) -> Place:
    return a_place(cast.town, code="7KQM93")


@pytest.fixture
def consultation(cast: Cast, school: Place) -> Consultation:
    return a_consultation(cast.mobility, code="NAARSC")


def place_of_letter() -> int:
    [letter] = letters()
    return int(unseal(installation_key(), letter.body, letter.tag)["place"])


def test_a_sending_from_a_place_carries_the_place(pages: Pages, consultation: Consultation, school: Place) -> None:
    response = pages.client.post(ADDRESS, json=a_body(consultation))
    assert response.status_code == 201
    assert len(response.json["saved"]) == 64
    assert place_of_letter() == school.id


def test_a_sending_from_a_link_has_no_place(pages: Pages, consultation: Consultation) -> None:
    assert pages.client.post("/c/NAARSC/B/nl", json=a_body(consultation)).status_code == 201
    assert place_of_letter() == 0


def test_a_place_withdrawn_meanwhile_still_takes_the_answer(
    pages: Pages, consultation: Consultation, school: Place
) -> None:
    with writing():
        school.withdrawn_at = now()
    assert pages.client.post(ADDRESS, json=a_body(consultation)).status_code == 201


def test_a_closed_round_says_so_to_the_script(pages: Pages, consultation: Consultation) -> None:
    with writing():
        consultation.waves[0].state = State.CLOSED
    response = pages.client.post(ADDRESS, json=a_body(consultation))
    assert (response.status_code, response.json["code"]) == (410, "closed")


@pytest.mark.parametrize("address", ["/p/222222/NAARSC/B/nl", "/c/222222/B/nl"])
def test_an_unknown_address_says_so_to_the_script(pages: Pages, consultation: Consultation, address: str) -> None:
    response = pages.client.post(address, json=a_body(consultation))
    assert (response.status_code, response.json["code"]) == (404, "unknown")
    assert letters() == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"null"])
def test_what_is_no_sending_gets_an_answer_in_json(pages: Pages, consultation: Consultation, body: bytes) -> None:
    response = pages.client.post(ADDRESS, data=body, content_type="application/json")
    assert (response.status_code, response.json["code"]) == (400, "invalid")


def test_the_answer_sets_no_cookie_and_is_not_kept(pages: Pages, consultation: Consultation) -> None:
    headers = pages.client.post(ADDRESS, json=a_body(consultation)).headers
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == "no-store"
