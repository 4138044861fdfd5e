"""Addresses of published decisions: what has the form of one, and what has not."""

import socket

import pytest

from dialogue.decisions.addresses import why_not_decision_address
from tests.builders import Cast, a_consultation, a_decision, a_signal
from tests.decisions.test_pages import DECISION, at
from tests.pages import Pages

UUID = "6a1f2c1e-9f3b-4c55-8d0e-0a3f4b7c9d21"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://data.gent.be/id/besluiten/22.0512.1234",
        f"https://data.lblod.info/id/besluiten/{UUID}",
        f"https://lblod.oudenhove.be/LBLODWeb/Home/Overzicht/{UUID}/GetPublication?filename=BesluitenLijst_5&x=%20",
        "https://besluiten.oudenhove.be:443/id/118#artikel-2",
        "https://xn--bss-hoa.example/b",
    ],
)
def test_what_has_the_form_of_a_published_decision_is_taken(address: str) -> None:
    assert not why_not_decision_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://data.gent.be/id/besluiten/1",
        "//data.gent.be/id/1",
        "https://",
        "https://[",
        "https://[::1]/id/1",
        "https://localhost/id/1",
        "https://127.0.0.1/id/1",
        "https://data.gent.be",
        "https://data.gent.be/",
        "https://data.gent.be/../x",
        "https://ada:secret@data.gent.be/id/1",
        "https://data.gent.be:8443/id/1",
        "https://data.gent.be:x/id/1",
        "https://data.gent.be/id/be sluit",
        "https://data.gent.be/id/é",
        "https://data.gent.be/id/1\nSet-Cookie: x",
        f"https://{'a' * 64}.be/id/1",
        "https://-gent.be/id/1",
    ],
)
def test_what_has_not_is_refused(address: str) -> None:
    assert why_not_decision_address(address)


def test_the_address_is_kept_with_title_body_and_day_and_never_fetched(
    cast: Cast, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    signal = a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")
    monkeypatch.setattr(socket, "create_connection", lambda *_args, **_more: pytest.fail("it was fetched"))
    monkeypatch.setattr(socket.socket, "connect", lambda *_args: pytest.fail("it was fetched"))
    ben, address = pages.as_(cast.ben), f"https://data.lblod.info/id/besluiten/{UUID}"
    document = {"document_title": "Besluit 12", "document_uri": address}
    wrong = ben.post(at(signal, "/decide"), DECISION | document | {"document_uri": "http://x.be/1"}, status=422)
    assert wrong.all("input", name="document_title", value="Besluit 12")
    page = ben.post(at(signal, "/decide"), DECISION | document)
    assert address in page.links()
    assert "Besluit 12" in page.text


def test_decisions_from_before_keep_their_address(cast: Cast, pages: Pages) -> None:
    signal = a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")
    a_decision(signal, cast.ben, document_uri="http://oud.example/1", document_title="Besluit 1")
    assert "http://oud.example/1" in pages.as_(cast.ben).get(at(signal)).links()
