"""Photos that show that something was done: for everybody once a person said so, and only then."""

import pytest

from dialogue.decisions import measure_services, proof_files
from dialogue.decisions.models import Decision, MeasureState, Proof
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of, change
from tests.decisions.files import a_pdf, a_phone_photo
from tests.pages import Pages


@pytest.fixture
def decision(cast: Cast) -> Decision:
    return a_decision(a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken."), cast.ben)


def proof_of(cast: Cast, decision: Decision, content: bytes) -> Proof:
    """Proof of a finished measure after this decision."""
    found = proof_files.looked_into(content, "foto", "Een nieuwe drempel")
    with writing():
        measure = measure_services.plan(actor_of(cast.ada), decision, "Drempel", cast.ada.id, today())
        proof = measure_services.prove(actor_of(cast.ada), measure, "Foto", "", today())
        proof_files.attach(actor_of(cast.ada), proof, found)
    change(proof.measure, state=MeasureState.DONE, done_on=today())
    return proof


def test_everybody_sees_a_photo_once_somebody_showed_it(pages: Pages, cast: Cast, decision: Decision) -> None:
    proof = proof_of(cast, decision, a_phone_photo())
    page, address = f"/m/oudenhove/signal/{decision.answers[0].signal_id}", f"/m/oudenhove/photo/{proof.id}"
    assert not pages.get(page).all("img", src=address)
    pages.get(address, status=404)
    with writing():
        proof_files.show(actor_of(cast.ada), proof)
    [image] = pages.get(page).all("img", src=address)
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("Een nieuwe drempel", "200", "300")
    answer = pages.client.get(address)
    assert (answer.mimetype, answer.data[:2]) == ("image/jpeg", b"\xff\xd8")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert "Set-Cookie" not in answer.headers
    pages.get(f"/m/{cast.other_town.slug}/photo/{proof.id}", status=404)
    with writing():
        proof_files.take_away(actor_of(cast.ada), proof)
    pages.get(address, status=404)


def test_a_document_is_for_nobody_outside(pages: Pages, cast: Cast, decision: Decision) -> None:
    proof = proof_of(cast, decision, a_pdf())
    pages.get(f"/m/oudenhove/photo/{proof.id}", status=404)
