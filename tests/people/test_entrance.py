"""The entrance: an empty installation, signing in and out, joining with a link."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select

from dialogue.people import team
from dialogue.people.models import StaffMember, StaffSession
from dialogue.people.rules import FREE_FAILURES
from dialogue.shared.clock import now, pinned
from dialogue.shared.database import db, writing
from tests.builders import PASSWORD, Cast, actor_of, refresh
from tests.pages import Page, Pages

WRONG = "niet dit wachtwoord"
NEW = "vier paarse olifanten"


def sign_in(pages: Pages, email: str, password: str = PASSWORD, *, status: int = 200, **data: str) -> Page:
    return pages.post("/sign-in", {"email": email, "password": password, **data}, status=status)


def path(page: Page) -> str:
    return str(page.response.request.path)


def test_an_empty_installation_explains_how_to_begin(pages: Pages) -> None:
    page = pages.get("/sign-in")
    assert path(page) == "/welcome"
    assert "flask --app app create-admin" in page.text


def test_once_there_is_a_municipality_the_welcome_page_leads_to_signing_in(pages: Pages, cast: Cast) -> None:
    assert path(pages.get("/welcome")) == "/sign-in"


def test_who_signs_in_comes_where_they_were_going(pages: Pages, cast: Cast) -> None:
    page = sign_in(pages, "Ada@Oudenhove.example", next="/desk/account")
    assert path(page) == "/desk/account"
    assert "Ada" in page.text


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "desk"],
)
def test_nobody_is_sent_to_another_site_after_signing_in(pages: Pages, cast: Cast, target: str) -> None:
    response = pages.client.post("/sign-in", data={"email": cast.ada.email, "password": PASSWORD, "next": target})
    assert response.status_code == 302
    assert (urlsplit(response.location).netloc, urlsplit(response.location).path) == ("", "/desk")


def test_all_failures_read_the_same(pages: Pages, cast: Cast) -> None:
    with writing():
        team.disable(actor_of(cast.ines), cast.ben)
    answers = {
        sign_in(pages, email, password, status=422).text
        for email, password in [
            (cast.ada.email, WRONG),
            ("niemand@nergens.be", WRONG),
            ("niemand@nergens.be", PASSWORD),
            (cast.ben.email, PASSWORD),
        ]
    }
    assert len(answers) == 1
    assert "horen niet bij elkaar" in answers.pop()


def test_a_failed_form_keeps_the_address_but_not_the_password(pages: Pages, cast: Cast) -> None:
    page = sign_in(pages, cast.ada.email, WRONG, status=422)
    assert cast.ada.email in page.html
    assert WRONG not in page.html


def test_after_some_failures_even_the_right_password_waits_and_then_comes_in(pages: Pages, cast: Cast) -> None:
    start = now()
    with pinned(start):
        for _ in range(FREE_FAILURES):
            sign_in(pages, cast.ada.email, WRONG, status=422)
        assert "Wacht 2 seconden" in sign_in(pages, cast.ada.email, status=429).text
    with pinned(start + timedelta(seconds=3)):
        assert path(sign_in(pages, cast.ada.email)) == "/desk"


def test_an_address_that_nobody_has_waits_just_as_long(pages: Pages, cast: Cast) -> None:
    with pinned(now()):
        for _ in range(FREE_FAILURES):
            sign_in(pages, "niemand@nergens.be", WRONG, status=422)
        assert "Wacht 2 seconden" in sign_in(pages, "niemand@nergens.be", WRONG, status=429).text


def test_a_stranger_who_keeps_guessing_does_not_hold_up_the_browser_of_the_owner(app: Flask, cast: Cast) -> None:
    own, stranger = Pages(app), Pages(app)
    sign_in(own, cast.ada.email)
    own.post("/sign-out")
    with pinned(now()):
        for _ in range(FREE_FAILURES + 3):
            stranger.client.post("/sign-in", data={"email": cast.ada.email, "password": WRONG})
        sign_in(stranger, cast.ada.email, status=429)
        assert path(sign_in(own, cast.ada.email)) == "/desk"


def test_the_mark_of_a_known_browser_is_not_taken_from_another(app: Flask, cast: Cast) -> None:
    stranger = Pages(app)
    stranger.client.set_cookie("dialogue-known", f"{cast.ada.id}", path="/sign-in")
    with pinned(now()):
        for _ in range(FREE_FAILURES):
            sign_in(stranger, cast.ada.email, WRONG, status=422)
        sign_in(stranger, cast.ada.email, status=429)


def test_the_mark_of_a_known_browser_travels_to_the_sign_in_page_only(pages: Pages, cast: Cast) -> None:
    sign_in(pages, cast.ada.email)
    cookie = pages.client.get_cookie("dialogue-known", path="/sign-in")
    assert cookie is not None
    assert cookie.http_only
    assert pages.client.get_cookie("dialogue-known", path="/") is None


def test_signing_in_starts_a_new_session_and_ends_the_one_of_before(pages: Pages, cast: Cast) -> None:
    sign_in(pages, cast.ada.email)
    with pages.client.session_transaction() as session:
        first = session["staff"]
        session["planted"] = "x"
    sign_in(pages, cast.ben.email)
    with pages.client.session_transaction() as session:
        assert session["staff"] != first
        assert "planted" not in session
    db.session.rollback()
    assert [row.staff_member_id for row in db.session.scalars(select(StaffSession))] == [cast.ben.id]


def test_a_password_hashed_with_lower_costs_is_hashed_again(pages: Pages, cast: Cast) -> None:
    before = cast.ada.password_hash
    sign_in(pages, cast.ada.email)
    assert refresh(cast.ada).password_hash not in (before, PASSWORD)
    pages.post("/sign-out")
    assert path(sign_in(pages, cast.ada.email)) == "/desk"


def test_who_signed_out_is_out_even_with_the_old_cookie(app: Flask, pages: Pages, cast: Cast) -> None:
    signed_in = pages.as_(cast.ada)
    with signed_in.client.session_transaction() as session:
        token = session["staff"]
    assert path(signed_in.post("/sign-out")) == "/sign-in"
    thief = Pages(app)
    with thief.client.session_transaction() as session:
        session["staff"] = token
    assert path(thief.get("/desk/account")) == "/sign-in"


def test_signing_out_needs_a_button_not_a_link(pages: Pages, cast: Cast) -> None:
    assert pages.as_(cast.ada).client.get("/sign-out").status_code == 405


def test_a_disabled_person_is_out_at_the_next_click(pages: Pages, cast: Cast) -> None:
    signed_in = pages.as_(cast.ada)
    signed_in.get("/desk/account")
    with writing():
        team.disable(actor_of(cast.ines), cast.ada)
    assert path(signed_in.get("/desk/account")) == "/sign-in"


def test_a_session_ends_after_two_weeks(pages: Pages, cast: Cast) -> None:
    signed_in = pages.as_(cast.ada)
    with pinned(now() + timedelta(days=15)):
        assert path(signed_in.get("/desk/account")) == "/sign-in"


def a_link(cast: Cast) -> str:
    with writing():
        _invitation, token = team.invite(actor_of(cast.ines), "Noor Maes", "noor@oudenhove.be", "reader", cast.youth)
    return f"/join/{token}"


def test_who_has_a_link_chooses_a_password_and_is_in(pages: Pages, cast: Cast) -> None:
    link = a_link(cast)
    assert "noor@oudenhove.be" in pages.get(link).text
    page = pages.post(link, {"password": NEW, "again": NEW})
    assert path(page) == "/desk"
    assert "Noor Maes" in page.text
    pages.post("/sign-out")
    assert path(sign_in(pages, "noor@oudenhove.be", NEW)) == "/desk"


def test_a_used_or_invented_link_says_what_to_do(pages: Pages, cast: Cast) -> None:
    link = a_link(cast)
    pages.post(link, {"password": NEW, "again": NEW})
    for gone in (link, "/join/verzonnen"):
        assert "vraag je beheerder" in pages.get(gone, status=404).text
        assert "vraag je beheerder" in pages.post(gone, {"password": NEW, "again": NEW}, status=404).text


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("kort", "kort", "12 tekens"),
        ("wachtwoord2026", "wachtwoord2026", "te raden"),
        ("noormaes2026!", "noormaes2026!", "te raden"),
        (NEW, "iets anders", "niet hetzelfde"),
        ("", "", "Vul dit in"),
    ],
)
def test_a_weak_password_is_refused_with_a_sentence(
    pages: Pages, cast: Cast, password: str, again: str, words: str
) -> None:
    page = pages.post(a_link(cast), {"password": password, "again": again}, status=422)
    assert words in page.text
    assert db.session.scalar(select(func.count()).where(StaffMember.email == "noor@oudenhove.be")) == 0


def test_the_first_steps_show_what_is_done(app: Flask, pages: Pages, cast: Cast) -> None:
    app.extensions["dialogue.first_steps"] = [("Zet de schommels klaar", "places.index", lambda actor: False)]
    page = pages.as_(cast.ines).get("/desk/first-steps")
    assert "Zet de schommels klaar" in page.text
    assert page.text.count("klaar") > 1  # departments and people are there
    pages.as_(cast.ada).get("/desk/first-steps", status=403)
