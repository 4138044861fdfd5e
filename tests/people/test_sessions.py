"""Sessions: renewed when what one may do changes, listed, ended; and starting anew for who lost the second step."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from dialogue.ledger.models import Entry
from dialogue.people import accounts, team, ways
from dialogue.people.models import StaffSession
from dialogue.people.services import GRACE
from dialogue.shared.actor import Role
from dialogue.shared.clock import now, pinned, today
from dialogue.shared.database import db, writing
from tests.builders import PASSWORD, Cast, actor_of, refresh
from tests.pages import Pages
from tests.people.second_steps import OVERVIEW, is_in, path, sign_in, with_app, with_codes

NEW = "vier paarse olifanten"


def token_of(browser: Pages) -> str:
    with browser.client.session_transaction() as session:
        return str(session["staff"])


def thief_with(app: Flask, token: str) -> Pages:
    thief = Pages(app)
    with thief.client.session_transaction() as session:
        session["staff"] = token
    return thief


def test_a_new_role_gives_a_new_session_and_the_old_one_ends(app: Flask, pages: Pages, cast: Cast) -> None:
    ada = pages.as_(cast.ada)
    before = token_of(ada)
    with writing():
        team.give_role(actor_of(cast.ines), cast.ada, Role.COORDINATOR, None)
    assert is_in(ada)
    assert token_of(ada) != before
    with pinned(now() + GRACE + timedelta(seconds=1)):
        assert is_in(ada)
        assert not is_in(thief_with(app, before))


def test_taking_a_role_and_standing_in_renew_the_session_too(pages: Pages, cast: Cast) -> None:
    ada = pages.as_(cast.ada)
    changes = [
        lambda: team.take_role(actor_of(cast.ines), refresh(cast.ada).memberships[0]),
        lambda: accounts.name_deputy(actor_of(cast.ben), cast.ben, cast.ada, today(), today()),
        lambda: accounts.end_deputy(actor_of(cast.ben), cast.ben),
    ]
    for change in changes:
        before = token_of(ada)
        with writing():
            change()
        assert is_in(ada)
        assert token_of(ada) != before


def test_a_session_that_was_renewed_ends_on_the_same_day(pages: Pages, cast: Cast) -> None:
    ada = pages.as_(cast.ada)
    ends = db.session.scalars(select(StaffSession.expires)).one()
    with pinned(now() + timedelta(days=3)):
        with writing():
            team.give_role(actor_of(cast.ines), cast.ada, Role.COORDINATOR, None)
        assert is_in(ada)
        assert db.session.scalars(select(StaffSession.expires).order_by(StaffSession.expires.desc())).first() == ends


def test_another_password_gives_another_session(app: Flask, pages: Pages, cast: Cast) -> None:
    ada = pages.as_(cast.ada)
    before = token_of(ada)
    ada.post("/desk/account/password", {"old": PASSWORD, "password": NEW, "again": NEW})
    assert token_of(ada) != before
    assert not is_in(thief_with(app, before))


def test_a_new_password_by_link_still_asks_for_the_second_step(pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    with writing():
        _invitation, token = team.new_link(actor_of(cast.ines), cast.ada)
    page = pages.post(f"/join/{token}", {"password": NEW, "again": NEW})
    assert path(page) == "/sign-in/second-step"
    assert not is_in(pages)


def test_the_page_lists_where_one_is_signed_in(pages: Pages, cast: Cast) -> None:
    here = pages.as_(cast.ada)
    pages.as_(cast.ada)
    text = here.get(OVERVIEW).text
    assert text.count("aangemeld op") == 2
    assert "Een ander toestel" in text
    columns = set(StaffSession.__table__.columns.keys())
    assert columns == {"token_hash", "staff_member_id", "started", "expires", "reach", "device_id", "renew"}


def test_a_disabled_person_who_waits_for_the_second_step_waits_in_vain(pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    sign_in(pages, cast.ada)
    with writing():
        team.disable(actor_of(cast.ines), cast.ada)
        team.enable(actor_of(cast.ines), cast.ada)
    assert path(pages.get("/sign-in/second-step")) == "/sign-in"


def test_after_disabling_an_older_link_for_a_password_works_no_more(pages: Pages, cast: Cast) -> None:
    with writing():
        _invitation, token = team.new_link(actor_of(cast.ines), cast.ada)
    with writing():
        team.disable(actor_of(cast.ines), cast.ada)
        team.enable(actor_of(cast.ines), cast.ada)
    pages.get(f"/join/{token}", status=404)


def test_an_administrator_turns_the_second_step_of_a_colleague_off(app: Flask, pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    with_codes(cast.ada)
    ada, ines = pages.as_(cast.ada), pages.as_(cast.ines)
    door = f"/desk/team/people/{cast.ada.id}"
    assert "herstelcodes kwijt" in ines.get(door).text
    assert "uitgezet" in ines.post(f"{door}/second-step/reset").text
    assert not is_in(ada)
    assert "person.second_step_reset" in db.session.scalars(select(Entry.verb)).all()
    browser = Pages(app)
    assert "beheerder heeft je tweede stap uitgezet" in sign_in(browser, cast.ada).text
    browser.post("/sign-out")
    assert "uitgezet" not in sign_in(browser, cast.ada).text  # told once


def test_nobody_turns_off_the_own_second_step_without_password(pages: Pages, cast: Cast) -> None:
    with_app(cast.ines)
    ines = pages.as_(cast.ines)
    assert "herstelcodes kwijt" not in ines.get(f"/desk/team/people/{cast.ines.id}").text
    ines.post(f"/desk/team/people/{cast.ines.id}/second-step/reset", status=422)
    assert ways.has_second_step(cast.ines.id)


def test_an_operator_can_do_so_where_no_administrator_is_left(app: Flask, cast: Cast) -> None:
    with_app(cast.ines)
    run = app.test_cli_runner().invoke
    assert run(args=["reset-second-step", "niemand@nergens.be"]).exit_code == 1
    assert run(args=["reset-second-step", cast.ines.email]).exit_code == 0
    assert not ways.has_second_step(cast.ines.id)


def test_where_there_is_nothing_to_turn_off_the_page_says_so(pages: Pages, cast: Cast) -> None:
    ines = pages.as_(cast.ines)
    assert "geen tweede stap" in ines.post(f"/desk/team/people/{cast.ada.id}/second-step/reset", status=422).text


def test_only_an_administrator_of_the_own_town_may(pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    door = f"/desk/team/people/{cast.ada.id}/second-step/reset"
    pages.as_(cast.ben).post(door, status=403)
    with writing():
        team.give_role(actor_of(cast.odette), cast.odette, Role.ADMINISTRATOR, None)
    pages.as_(cast.odette).post(door, status=404)
    assert ways.has_second_step(cast.ada.id)


def test_who_decides_is_advised_to_take_a_second_step(pages: Pages, cast: Cast) -> None:
    assert "raden we een tweede stap aan" in pages.as_(cast.ben).get(OVERVIEW).text
    assert "raden we" not in pages.as_(cast.ada).get(OVERVIEW).text
    with_app(cast.ben)
    assert "raden we" not in pages.as_(cast.ben).get(OVERVIEW).text
