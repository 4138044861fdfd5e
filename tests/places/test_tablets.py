"""Locking a tablet for the children of a place: by staff, on the tablet itself, who is signed out there."""

import pytest

from dialogue.ledger.models import Entry
from dialogue.places import tablets
from dialogue.places.models import Place, Tablet
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_place, actor_of
from tests.pages import Pages

CODE = "7KQM93"
PIN = "482193"


@pytest.fixture
def place(cast: Cast) -> Place:
    return a_place(cast.town, "Jeugdhuis De Kring", code=CODE)


def test_who_locks_a_tablet_is_signed_out_there(pages: Pages, cast: Cast, place: Place) -> None:
    browser = pages.as_(cast.ada)
    response = browser.client.post(f"/desk/places/{place.id}/tablets", data={"name": "Aan de balie", "pin": PIN})
    assert response.location == f"/t/{CODE}"
    assert browser.client.get("/desk").location == f"/t/{CODE}"
    browser.client.delete_cookie("dialogue-tablet")
    assert browser.client.get("/desk/account").location.startswith("/sign-in")


def test_its_cookie_cannot_be_read_by_a_script(pages: Pages, cast: Cast, place: Place) -> None:
    response = pages.as_(cast.ada).client.post(f"/desk/places/{place.id}/tablets", data={"name": "Balie", "pin": PIN})
    [cookie] = [one for one in response.headers.getlist("Set-Cookie") if one.startswith("dialogue-tablet=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "abcdef", "12 456", "١٢٣٤٥٦"])
def test_it_takes_six_digits(pages: Pages, cast: Cast, place: Place, pin: str) -> None:
    page = pages.as_(cast.ada).post(
        f"/desk/places/{place.id}/tablets", {"name": "Aan de balie", "pin": pin}, status=422
    )
    assert page.all("input", name="name")[0].get("value") == "Aan de balie"
    assert db.session.query(Tablet).count() == 0


def test_the_list_names_each_tablet_and_it_can_be_unlocked_from_elsewhere(
    pages: Pages, cast: Cast, place: Place
) -> None:
    with writing():
        token = tablets.lock(actor_of(cast.ada), place, "Aan de balie", PIN)
    desk = pages.as_(cast.cora)
    assert "Aan de balie" in desk.get(f"/desk/places/{place.id}/tablets").text
    tablet = db.session.query(Tablet).one()
    page = desk.post(f"/desk/places/{place.id}/tablets/{tablet.id}/unlock")
    assert "Aan de balie" not in page.text
    assert tablets.locked_with(token) is None
    verbs = [entry.verb for entry in db.session.query(Entry).filter_by(object=f"tablet:{tablet.id}")]
    assert verbs == ["tablet.locked", "tablet.unlocked"]


def test_the_database_holds_neither_pass_nor_digits(cast: Cast, place: Place) -> None:
    with writing():
        tokens = [tablets.lock(actor_of(cast.ada), place, name, PIN) for name in ("Balie", "Gang")]
    one, other = db.session.query(Tablet).order_by(Tablet.id)
    kept = [one.token_hash, one.pin_mark, other.token_hash, other.pin_mark]
    assert len(set(kept)) == 4  # the same digits leave another mark
    assert not [text for text in (*tokens, PIN) if any(text.encode() in mark for mark in kept)]
    assert tablets.opens(one, PIN)
    assert not tablets.opens(one, "482194")


def test_a_place_that_is_not_used_any_more_locks_no_tablet(pages: Pages, cast: Cast, place: Place) -> None:
    pages.as_(cast.ada).post(f"/desk/places/{place.id}/withdraw")
    pages.as_(cast.ada).get(f"/desk/places/{place.id}/tablets", status=404)
    pages.as_(cast.ada).post(f"/desk/places/{place.id}/tablets", {"name": "Balie", "pin": PIN}, status=404)


def test_a_tablet_of_another_place_is_not_there(pages: Pages, cast: Cast, place: Place) -> None:
    with writing():
        tablets.lock(actor_of(cast.ada), place, "Balie", PIN)
    elsewhere = a_place(cast.town, "De Linde")
    tablet = db.session.query(Tablet).one()
    pages.as_(cast.ada).post(f"/desk/places/{elsewhere.id}/tablets/{tablet.id}/unlock", status=404)
