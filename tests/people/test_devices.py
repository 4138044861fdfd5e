"""Remembered devices and links in mails: for who decides, named by the person, gone at once, never enough alone."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from dialogue.ledger.models import Entry
from dialogue.people import accounts, devices, links, team, ways
from dialogue.people.models import RememberedDevice, StaffSession
from dialogue.people.services import hashed_token, start_session
from dialogue.shared.clock import now, pinned
from dialogue.shared.database import db, writing
from tests.builders import PASSWORD, Cast, a_consultation, a_signal, actor_of, refresh, the_cast
from tests.pages import Pages
from tests.people.second_steps import OVERVIEW, code_of, give_code, is_in, path, sign_in, with_app

COOKIE = "dialogue-device"


def remembered(app: Flask, cast: Cast) -> Pages:
    """Ben's browser, remembered with a code, and signed out again."""
    browser, phone = Pages(app), with_app(cast.ben)
    sign_in(browser, cast.ben)
    give_code(browser, code_of(phone), remember="y", device="Mijn telefoon")
    browser.post("/sign-out")
    return browser


def token_of(browser: Pages) -> str:
    cookie = browser.client.get_cookie(COOKIE)
    assert cookie is not None
    return str(cookie.value)


def a_page(cast: Cast) -> str:
    """A page where Ben decides about one signal."""
    signal = a_signal(a_consultation(cast.mobility), "De auto's rijden te snel.")
    return f"/desk/decisions/signal/{signal.id}"


def local(link: str) -> str:
    assert link.startswith("http://localhost/open/")
    return urlsplit(link).path


def test_on_a_remembered_device_the_password_is_enough(app: Flask, cast: Cast) -> None:
    browser = remembered(app, cast)
    assert path(sign_in(browser, cast.ben)) == "/desk"
    assert "Mijn telefoon" in browser.get(OVERVIEW).text
    assert path(sign_in(Pages(app), cast.ben)) == "/sign-in/second-step"


def test_a_remembered_device_is_nothing_without_the_password(app: Flask, cast: Cast) -> None:
    browser = remembered(app, cast)
    assert not is_in(browser)
    browser.post("/sign-in", {"email": cast.ben.email, "password": "helemaal mis"}, status=422)
    assert not is_in(browser)


def test_the_device_of_one_person_does_not_serve_another(app: Flask, cast: Cast) -> None:
    browser = remembered(app, cast)
    with_app(cast.cleo)
    assert path(sign_in(browser, cast.cleo)) == "/sign-in/second-step"


def test_a_device_is_remembered_for_ninety_days(app: Flask, cast: Cast) -> None:
    browser, start = remembered(app, cast), now()
    browser.client.set_cookie(COOKIE, token_of(browser))
    for days, expected in ((89, "/desk"), (91, "/sign-in/second-step")):
        with pinned(start + timedelta(days=days)):
            assert path(sign_in(browser, cast.ben)) == expected
            browser.post("/sign-out") if expected == "/desk" else None


def test_only_who_decides_is_remembered_and_only_as_long(app: Flask, cast: Cast) -> None:
    phone, ada = with_app(cast.ada), Pages(app)
    assert "Onthoud dit toestel" not in sign_in(ada, cast.ada).text
    give_code(ada, code_of(phone), remember="y", device="Laptop")
    assert ada.client.get_cookie(COOKIE) is None
    ada.post(f"{OVERVIEW}/devices", {"name": "Laptop"}, status=403)
    ben = remembered(app, cast)
    with writing():
        team.take_role(actor_of(cast.ines), cast.ben.memberships[0])
    assert path(sign_in(ben, cast.ben)) == "/sign-in/second-step"


def test_the_database_keeps_a_hash_a_name_and_days_and_nothing_of_the_browser(app: Flask, cast: Cast) -> None:
    token = token_of(remembered(app, cast))
    row = db.session.scalars(select(RememberedDevice)).one()
    assert row.token_hash == hashed_token(token)
    columns = set(RememberedDevice.__table__.columns.keys())
    assert columns == {"id", "staff_member_id", "token_hash", "name", "added_on", "used_on", "expires"}


def test_a_device_can_be_remembered_afterwards_and_forgotten(app: Flask, pages: Pages, cast: Cast) -> None:
    ben = pages.as_(cast.ben)
    assert "dit toestel" in ben.post(f"{OVERVIEW}/devices", {"name": "Tablet"}).text
    device = devices.of(cast.ben.id)[0]
    pages.as_(cast.cleo).post(f"{OVERVIEW}/devices/{device.id}/forget", status=404)
    assert "niet meer onthouden" in ben.post(f"{OVERVIEW}/devices/{device.id}/forget").text
    assert devices.of(cast.ben.id) == []


def test_a_device_without_a_name_is_asked_for_one(pages: Pages, cast: Cast) -> None:
    assert "Vul dit in" in pages.as_(cast.ben).post(f"{OVERVIEW}/devices", {"name": " "}, status=422).text


def test_forgetting_a_device_signs_out_who_came_in_on_it(app: Flask, cast: Cast, pages: Pages) -> None:
    browser = remembered(app, cast)
    sign_in(browser, cast.ben)
    assert is_in(browser)
    with writing():
        devices.forget(actor_of(cast.ben), devices.of(cast.ben.id)[0])
    assert not is_in(browser)


@pytest.mark.parametrize("event", ["password", "disabled", "everywhere", "reset", "link"])
def test_all_devices_are_forgotten_at_once(app: Flask, cast: Cast, event: str) -> None:
    browser, link = remembered(app, cast), links.link_for(cast.ben, a_page(cast))
    with writing():
        ben, ines = refresh(cast.ben), actor_of(cast.ines)
        if event == "password":
            accounts.change_password(actor_of(ben), ben, ben.password_hash)
        elif event == "disabled":
            team.disable(ines, ben)
            team.enable(ines, ben)
        elif event == "reset":
            ways.reset(ines, ben)
        elif event == "link":
            team.join(team.new_link(ines, ben)[0], ben.password_hash)
        else:
            token = start_session(ben.id)
    if event == "everywhere":
        with browser.client.session_transaction() as session:
            session["staff"] = token
        browser.post("/desk/account/sign-out-everywhere")
    assert devices.of(cast.ben.id) == []
    browser.get(local(link), status=404)  # the links that were on their way are void too
    assert db.session.scalars(select(StaffSession)).all() == []


def test_a_link_opens_its_page_on_a_remembered_device(app: Flask, cast: Cast) -> None:
    browser, page = remembered(app, cast), a_page(cast)
    opened = browser.get(local(links.link_for(cast.ben, page)))
    assert path(opened) == page
    assert "Ben" in opened.text


def test_a_link_opens_its_page_and_what_lies_under_it_and_nothing_else(app: Flask, cast: Cast) -> None:
    browser, page = remembered(app, cast), a_page(cast)
    browser.get(local(links.link_for(cast.ben, page)))
    assert browser.client.get(f"{page}/decide").status_code == 200
    for other in ("/desk", OVERVIEW, "/desk/decisions", f"{page}1", "/desk/team"):
        assert path(browser.get(other)) == "/sign-in", other
    assert browser.client.post(f"{OVERVIEW}/devices", data={"name": "x"}).location.startswith("/sign-in")
    browser.post("/sign-out")
    assert path(browser.get(page)) == "/sign-in"


def test_a_link_alone_asks_to_sign_in_and_then_leads_to_its_page(app: Flask, cast: Cast) -> None:
    page = a_page(cast)
    stranger = Pages(app)
    first = stranger.get(local(links.link_for(cast.ben, page)))
    assert path(first) == "/sign-in"
    assert path(sign_in(stranger, cast.ben, next=page)) == page


def test_a_link_does_not_open_on_the_device_of_somebody_else(app: Flask, cast: Cast) -> None:
    browser = remembered(app, cast)
    assert path(browser.get(local(links.link_for(cast.cleo, a_page(cast))))) == "/sign-in"


def test_who_is_signed_in_follows_the_own_link_and_not_that_of_another(pages: Pages, cast: Cast) -> None:
    page, ben = a_page(cast), pages.as_(cast.ben)
    assert path(ben.get(local(links.link_for(cast.ben, page)))) == page
    assert "aangemeld als Ben" in ben.get(local(links.link_for(cast.cleo, page)), status=404).text


def test_a_link_ends_and_cannot_be_made_up(app: Flask, cast: Cast) -> None:
    browser, link = remembered(app, cast), local(links.link_for(cast.ben, a_page(cast), days=7))
    for gone in (link + "x", link[:-4], "/open/x", "/open/" + "é" * 5):
        assert "werkt niet" in browser.get(gone, status=404).text
    with pinned(now() + timedelta(days=7, seconds=1)):
        browser.get(link, status=404)


def test_a_link_leads_to_a_page_of_the_staff_only(app: Flask, cast: Cast) -> None:
    for elsewhere in ("https://evil.example", "//evil.example", "/sign-out", "desk/x"):
        with pytest.raises(ValueError):
            links.link_for(cast.ben, elsewhere)


def test_the_session_of_a_link_is_short(app: Flask, cast: Cast) -> None:
    browser, page = remembered(app, cast), a_page(cast)
    browser.get(local(links.link_for(cast.ben, page)))
    with pinned(now() + timedelta(hours=13)):
        assert path(browser.get(page)) == "/sign-in"


def test_devices_stand_in_the_ledger(app: Flask, cast: Cast) -> None:
    remembered(app, cast)
    with writing():
        devices.forget(actor_of(cast.ben), devices.of(cast.ben.id)[0])
    verbs = list(db.session.scalars(select(Entry.verb).order_by(Entry.sequence)))
    assert verbs == ["person.app_added", "person.device_remembered", "person.device_forgotten"]


def test_over_https_the_cookie_of_a_device_is_bound_to_this_host(secure: Flask) -> None:
    cast, client, base = the_cast(), secure.test_client(), "https://dialogue.example.be"
    client.post("/sign-in", base_url=base, data={"email": cast.ben.email, "password": PASSWORD})
    answer = client.post(f"{OVERVIEW}/devices", base_url=base, data={"name": "Tablet"})
    (cookie,) = [text for text in answer.headers.getlist("Set-Cookie") if "device" in text]
    assert cookie.startswith("__Host-dialogue-device=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/;"):
        assert part in cookie + ";"
    assert "Domain" not in cookie
