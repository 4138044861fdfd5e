"""A tablet that children share: it begins anew for each; a locked one opens nothing else, six digits unlock it."""

import re

import pytest
from flask import Flask

from dialogue.consultations.models import Consultation
from dialogue.ledger.models import Entry
from dialogue.places import tablets
from dialogue.places.models import Place, Tablet
from dialogue.shared.clock import now
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_consultation, a_place, actor_of
from tests.pages import Page, Pages

CODE = "7KQM93"
PIN = "482193"
SHEET = f"/t/{CODE}/NAARSC/B/nl"


@pytest.fixture
def school(cast: Cast) -> Place:
    return a_place(cast.town, code=CODE)


@pytest.fixture
def consultation(cast: Cast, school: Place) -> Consultation:
    return a_consultation(cast.mobility, "Hoe kom jij naar school?", bands="BC", code="NAARSC")


@pytest.fixture
def locked(pages: Pages, cast: Cast, consultation: Consultation) -> Pages:
    """A browser with a pass, on which Ada is signed in too."""
    browser = pages.as_(cast.ada)
    with writing():
        place = db.session.query(Place).filter_by(code=CODE).one()
        token = tablets.lock(actor_of(cast.ada), place, "Aan de balie", PIN)
    browser.client.set_cookie("dialogue-tablet", token)
    return browser


def dutch(pages: Pages, address: str, status: int = 200) -> Page:
    return pages.get(address, headers={"Accept-Language": "nl"}, status=status)


def test_a_tablet_asks_the_age_at_once_and_leads_to_its_own_questionnaire(
    pages: Pages, consultation: Consultation
) -> None:
    page = dutch(pages, f"/t/{CODE}")
    assert page.h1 == "Hoe kom jij naar school?"
    assert {SHEET, f"/t/{CODE}/NAARSC/C/nl"} <= set(page.links())
    assert not [link for link in page.links() if link.startswith("/p/")]


def test_the_code_is_read_as_it_is_typed(pages: Pages, consultation: Consultation) -> None:
    assert pages.client.get("/t/7kqm93").location == f"/t/{CODE}"
    assert dutch(pages, "/t/222222", status=404).all("input", name="code")


def test_a_questionnaire_on_a_tablet_ends_with_the_next_child(pages: Pages, consultation: Consultation) -> None:
    page = pages.get(SHEET)
    assert "Klaar: volgende kind" in page.text
    assert "Bewaar als foto" not in page.text
    [way_out] = page.all("a", data_exit="")
    assert way_out.get("href") == f"/t/{CODE}"


def test_no_phone_gets_a_script_of_tablets(pages: Pages, consultation: Consultation) -> None:
    phone, tablet = pages.get(f"/p/{CODE}/NAARSC/B/nl").html, pages.get(SHEET).html
    mark = re.compile(r"answering-(tablet|queue|worker)|volgende kind|id=\"tablet\"")
    assert not mark.search(phone)
    assert mark.search(tablet)


def test_no_browser_keeps_a_page_of_a_tablet(pages: Pages, consultation: Consultation) -> None:
    for address in (f"/t/{CODE}", SHEET, f"/t/{CODE}/supervisor"):
        assert pages.client.get(address).headers["Cache-Control"] == "no-store"


def test_everything_that_the_pages_load_is_kept_for_later(pages: Pages, consultation: Consultation) -> None:
    keep = pages.get(f"/t/{CODE}").all("template", id="keep")[0].get("data-addresses", "").split()
    assert {f"/t/{CODE}", f"/t/{CODE}?lang=en", SHEET, f"/t/{CODE}/NAARSC/C/en", f"/t/{CODE}/supervisor"} <= set(keep)
    assert [address for address in keep if pages.client.get(address).status_code != 200] == []
    page = pages.get(SHEET)
    loaded = [e.get("src") or e.get("href") for tag in ("script", "link", "img") for e in page.root.iter(tag)]
    form, tablet = page.all("form")[0], page.all("template", id="tablet")[0]
    loaded += [form.get(f"data-{name}") for name in ("words", "receipt", "fonts", "care", "help")]
    loaded += [tablet.get("data-queue")]
    assert {address for address in loaded if address and not address.startswith("data:")} <= set(keep)


def test_who_speaks_another_language_than_the_questions_has_its_pages_kept_too(
    pages: Pages, consultation: Consultation
) -> None:
    page = pages.get(f"/t/{CODE}", headers={"Accept-Language": "ar"})
    keep = page.all("template", id="keep")[0].get("data-addresses", "").split()
    [link] = [link for link in page.links() if link.startswith(f"/t/{CODE}/NAARSC/B/")]
    assert link.endswith("?lang=ar")
    assert link in keep
    assert pages.get(link).all("form")[0].get("data-help") in keep


def test_the_worker_reaches_the_pages_of_tablets_and_no_others(pages: Pages) -> None:
    response = pages.client.get("/t/worker.js")
    assert response.mimetype == "text/javascript"
    assert "Service-Worker-Allowed" not in response.headers


def test_a_locked_tablet_opens_nothing_else_whoever_is_signed_in(locked: Pages, app: Flask) -> None:
    for address in ("/desk", "/desk/places", "/sign-in", "/", f"/p/{CODE}", "/r", "/m/oudenhove", "/nergens"):
        response = locked.client.get(address)
        assert (response.status_code, response.location) == (303, f"/t/{CODE}"), address
    assert locked.client.post("/desk/account/password").location == f"/t/{CODE}"
    assert locked.client.get(SHEET).status_code == 200
    assert locked.client.get("/words/nl.json").status_code == 200


def test_the_pass_says_nothing_in_another_browser_or_when_it_is_made_up(pages: Pages, locked: Pages) -> None:
    assert pages.client.get("/r").status_code == 200
    for made_up in ("x", "", "a" * 5000, "é"):
        pages.client.set_cookie("dialogue-tablet", made_up)
        assert pages.client.get("/r").status_code == 200


def test_the_pass_is_no_way_in_for_who_is_not_signed_in(pages: Pages, cast: Cast, school: Place) -> None:
    with writing():
        token = tablets.lock(actor_of(cast.ada), school, "Aan de balie", PIN)
    for name in ("dialogue-tablet", "dialogue", "dialogue-device"):
        pages.client.set_cookie(name, token)
    assert pages.client.get("/desk/places").location == f"/t/{CODE}"
    pages.client.delete_cookie("dialogue-tablet")
    assert pages.client.get("/desk/places").location.startswith("/sign-in")


def test_six_digits_unlock_it(locked: Pages) -> None:
    page = dutch(locked, f"/t/{CODE}/supervisor")
    assert page.all("input", name="pin")
    response = locked.client.post(f"/t/{CODE}/unlock", data={"pin": PIN})
    assert response.location == f"/p/{CODE}"
    assert locked.client.get_cookie("dialogue-tablet") is None
    assert locked.client.get("/desk/places").status_code == 200
    assert db.session.query(Entry).filter_by(verb="tablet.unlocked", actor="tablet").count() == 1


def test_other_digits_do_not_and_soon_have_to_wait(locked: Pages) -> None:
    codes = [locked.client.post(f"/t/{CODE}/unlock", data={"pin": f"00000{n % 10}"}).status_code for n in range(12)]
    assert codes == [422] * 10 + [429] * 2
    assert locked.client.post(f"/t/{CODE}/unlock", data={"pin": PIN}).status_code == 429
    assert db.session.query(Tablet).one().stopped_on is None


def test_a_tablet_without_lock_can_simply_stop(pages: Pages, consultation: Consultation) -> None:
    page = dutch(pages, f"/t/{CODE}/supervisor")
    assert not page.all("input", name="pin")
    assert f"/p/{CODE}" in page.links()
    assert pages.client.post(f"/t/{CODE}/unlock", data={"pin": PIN}).location == f"/t/{CODE}/supervisor"


def test_unlocked_from_elsewhere_or_with_its_place_gone_it_is_a_browser_like_any_other(
    locked: Pages, cast: Cast, school: Place
) -> None:
    with writing():
        school.withdrawn_at = now()
    assert locked.client.get("/r").status_code == 200
    with writing():
        school.withdrawn_at = None
    assert locked.client.get("/r").status_code == 303
    with writing():
        tablets.unlock(actor_of(cast.cora), db.session.query(Tablet).one())
    assert locked.client.get("/r").status_code == 200


def test_the_cards_leave_room_for_four_words_and_say_where_to_type_them(pages: Pages, school: Place) -> None:
    page = dutch(pages, f"/p/{CODE}/cards")
    cards = [item for item in page.all("ul", class_="cut-cards")[0] if item.tag == "li"]
    assert len(cards) == 12
    assert [len(next(card.iter("ol"))) for card in cards] == [4] * 12
    assert "localhost/r" in "".join(cards[0].itertext())


def test_the_class_screen_shows_the_address_for_a_class_set_and_the_cards(
    pages: Pages, consultation: Consultation
) -> None:
    page = dutch(pages, f"/p/{CODE}/class")
    assert f"localhost/t/{CODE}" in page.text
    assert f"/p/{CODE}/cards" in page.links()
