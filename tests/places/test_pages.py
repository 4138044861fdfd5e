"""Pages of places, and who may use them."""

import io

import zxingcpp
from PIL import Image

from dialogue.places.queries import place_by_code, places_of
from dialogue.shared.database import db
from tests.builders import Cast, a_partner, a_place, refresh
from tests.pages import Pages


def test_a_maker_adds_a_place_and_gets_its_code(pages: Pages, cast: Cast) -> None:
    page = pages.as_(cast.ada).post(
        "/desk/places/new", {"name": " Jeugdhuis\u200b De Kring ", "setting": "youth_centre"}
    )
    place = places_of(cast.town.id)[0]
    assert place.name == "Jeugdhuis De Kring"
    assert place.code in page.text
    assert place_by_code(place.code) is place


def test_a_second_place_of_the_same_name_is_refused_and_what_was_typed_stays(pages: Pages, cast: Cast) -> None:
    a_place(cast.town, "De Linde")
    page = pages.as_(cast.ada).post("/desk/places/new", {"name": "de linde", "setting": "library"}, status=422)
    assert "Er is al een plaats met deze naam" in page.text
    assert page.all("input", name="name")[0].get("value") == "de linde"
    assert len(places_of(cast.town.id)) == 1


def test_an_empty_list_says_what_to_do_first(pages: Pages, cast: Cast) -> None:
    assert "Voeg de eerste plaats toe" in pages.as_(cast.ada).get("/desk/places").text


def test_the_search_finds_by_part_of_the_name(pages: Pages, cast: Cast) -> None:
    a_place(cast.town, "De Linde")
    a_place(cast.town, "De Vaart")
    page = pages.as_(cast.ada).get("/desk/places?q=vaa")
    assert "De Vaart" in page.text
    assert "De Linde" not in page.text


def test_the_png_decodes_to_the_address_of_the_place(pages: Pages, cast: Cast) -> None:
    place = a_place(cast.town)
    response = pages.as_(cast.ada).client.get(f"/desk/places/{place.id}/qr.png")
    decoded = zxingcpp.read_barcodes(Image.open(io.BytesIO(response.data)))
    assert [code.text for code in decoded] == [f"HTTP://LOCALHOST/P/{place.code}"]


def test_a_place_of_another_town_does_not_exist(pages: Pages, cast: Cast) -> None:
    place = a_place(cast.other_town)
    ada = pages.as_(cast.ada)
    for path in ("", "/edit", "/qr.svg", "/qr.png"):
        assert ada.client.get(f"/desk/places/{place.id}{path}").status_code == 404
    assert ada.client.post(f"/desk/places/{place.id}/withdraw").status_code == 404


def test_a_parent_or_partner_of_another_town_is_refused(pages: Pages, cast: Cast) -> None:
    foreign_place, foreign_partner = a_place(cast.other_town), a_partner(cast.other_town)
    ada = pages.as_(cast.ada)
    for field, value in (("parent_id", foreign_place.id), ("partner_id", foreign_partner.id)):
        ada.post("/desk/places/new", {"name": "Slim", "setting": "school", field: value}, status=422)
    assert not places_of(cast.town.id)


def test_withdrawing_and_restoring_keeps_the_code(pages: Pages, cast: Cast) -> None:
    place = a_place(cast.town)
    code, ada = place.code, pages.as_(cast.ada)
    assert "niet meer gebruikt" in ada.post(f"/desk/places/{place.id}/withdraw").text
    assert refresh(place).withdrawn_at
    ada.post(f"/desk/places/{place.id}/restore")
    assert refresh(place).withdrawn_at is None
    assert place.code == code


def test_a_decider_sees_places_but_cannot_change_them(pages: Pages, cast: Cast) -> None:
    place = a_place(cast.town)
    ben = pages.as_(cast.ben)
    ben.get(f"/desk/places/{place.id}")
    ben.get(f"/desk/places/{place.id}/edit", status=403)
    ben.post("/desk/places/new", {"name": "Nieuw", "setting": "school"}, status=403)


def test_a_partner_is_added_and_agrees_to_publish(pages: Pages, cast: Cast) -> None:
    ada = pages.as_(cast.ada)
    page = ada.post("/desk/partners/new", {"name": "Scholengroep Zuid", "publishes": "y"})
    assert "uitkomsten openbaar" in page.text
    ada.post("/desk/partners/new", {"name": "scholengroep zuid"}, status=422)
    db.session.rollback()
