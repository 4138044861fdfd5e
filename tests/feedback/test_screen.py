"""The class screen: what was said here and what came of it, for everybody who looks on."""

import pytest
from sqlalchemy import select

from dialogue.consultations.models import Consultation, State, Wave
from dialogue.decisions.models import Outcome
from dialogue.places.models import Place
from dialogue.places.qr import qr_svg
from dialogue.results.models import Tally
from dialogue.shared.bands import Band
from dialogue.shared.clock import now
from dialogue.shared.codes import new_code
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_consultation, a_decision, a_place, a_signal, change, save
from tests.feedback.telling import PARTS, a_message
from tests.pages import Page, Pages

TOLD = "De Kerkstraat blijft open."


@pytest.fixture
def place(cast: Cast) -> Place:
    return a_place(cast.town)


@pytest.fixture
def consultation(cast: Cast, place: Place) -> Consultation:
    """Two signals, of which one was answered and told; twelve children answered at the place."""
    consultation = a_consultation(cast.mobility)
    decision = a_decision(a_signal(consultation), cast.ben, Outcome.NOT_ADOPTED)
    message = a_message(cast, decision, {"nl": PARTS | {"we_decided": TOLD}})
    assert message.told
    a_signal(consultation, "Zet elke dag iemand aan het zebrapad.")
    wave = consultation.waves[-1]
    save(Tally(wave_id=wave.id, band=Band.B, place_id=place.id, item="", option="", count=12))
    return consultation


def screens(place: Place, consultation: Consultation, town: str = "oudenhove") -> tuple[str, str]:
    return f"/m/{town}/p/{place.code}/screen", f"/m/{town}/c/{consultation.code}/screen"


def slides(page: Page) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in page.all("section") if "data-slide" in one.attrib]


def test_a_place_and_a_consultation_have_a_screen_where_all_can_be_read_without_script(
    pages: Pages, place: Place, consultation: Consultation
) -> None:
    for address in screens(place, consultation):
        cover, told, waiting, end = slides(pages.get(address))
        assert "Wat gebeurde er met jullie stem?" in cover
        assert "Nee" in told
        assert TOLD in told
        assert "De bus." in told
        assert "Nog niet beslist" in waiting
        assert "Scan, of ga naar" in end


def test_a_round_has_a_screen_of_its_own_for_who_took_part_in_it(
    pages: Pages, cast: Cast, place: Place, consultation: Consultation
) -> None:
    later = Wave(number=2, state=State.CLOSED, opened_at=now(), closed_at=now())
    with writing():
        consultation.waves.append(later)
    address = f"/m/oudenhove/p/{place.code}/{consultation.code}"
    page = pages.get(f"{address}/1/screen")
    cover, told, _waiting, _end = slides(page)
    assert f"{place.name} · Naar school" in cover
    assert TOLD in told
    assert qr_svg(f"http://localhost/p/{place.code}") in page.html
    assert "Er is nog niets te vertellen" in slides(pages.get(f"{address}/2/screen"))[0]
    for nowhere in (f"{address}/3/screen", f"{address}/1/screen".replace("oudenhove", "elders")):
        pages.get(nowhere, status=404)


def test_a_teacher_finds_the_answer_beside_the_poster_and_on_the_screen_of_the_class(
    pages: Pages, cast: Cast, place: Place, consultation: Consultation
) -> None:
    of_place, _of_consultation = screens(place, consultation)
    assert of_place in pages.get(f"/p/{place.code}/class", headers={"Accept-Language": "nl"}).links()
    of_round = f"/m/oudenhove/p/{place.code}/{consultation.code}/1/screen"
    posters = pages.as_(cast.ada).get(f"/desk/consultations/{consultation.id}/posters")
    assert of_round in posters.links()


def test_it_names_where_it_hangs(pages: Pages, place: Place, consultation: Consultation) -> None:
    of_place, of_consultation = (slides(pages.get(address))[0] for address in screens(place, consultation))
    assert place.name in of_place
    assert "Naar school" in of_consultation


def test_nothing_of_who_looks_is_kept(pages: Pages, place: Place, consultation: Consultation) -> None:
    for address in screens(place, consultation):
        answer = pages.client.get(address)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_what_is_of_another_town_or_not_asked_yet_has_no_screen(
    pages: Pages, cast: Cast, place: Place, consultation: Consultation
) -> None:
    for address in screens(place, consultation, "elders"):
        pages.get(address, status=404)
    draft = a_consultation(cast.mobility, "Geheim", state=State.DRAFT)
    pages.get(f"/m/oudenhove/c/{draft.code}/screen", status=404)
    for kind in "pc":
        pages.get(f"/m/oudenhove/{kind}/{new_code()}/screen", status=404)


def test_where_few_answered_a_place_shows_what_the_town_was_told(
    pages: Pages, place: Place, consultation: Consultation
) -> None:
    change(db.session.scalars(select(Tally)).one(), count=9)
    assert "in Oudenhove zeiden" in slides(pages.get(screens(place, consultation)[0]))[0]


def test_its_code_leads_to_where_more_can_be_said_and_read(
    pages: Pages, place: Place, consultation: Consultation
) -> None:
    of_place, of_consultation = (pages.get(address).html for address in screens(place, consultation))
    assert qr_svg(f"http://localhost/p/{place.code}") in of_place
    assert qr_svg("http://localhost/m/oudenhove/what-happened") in of_consultation


def test_without_anything_to_tell_it_says_so(pages: Pages, place: Place) -> None:
    cover, end = slides(pages.get(f"/m/oudenhove/p/{place.code}/screen"))
    assert "Er is nog niets te vertellen" in cover
    assert "Scan" in end
