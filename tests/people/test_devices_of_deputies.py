"""Who stands in for somebody who decides is remembered too, and not a day longer than that lasts."""

from datetime import datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from dialogue.people import accounts, devices, links
from dialogue.people.models import StaffMember, StaffSession
from dialogue.shared.clock import CALENDAR, pinned, today
from dialogue.shared.database import db, writing
from tests.builders import Cast, actor_of, refresh
from tests.pages import Pages
from tests.people.second_steps import OVERVIEW, code_of, give_code, path, sign_in, with_app

WEEK = timedelta(days=7)


def stands_in(person: StaffMember, deputy: StaffMember, days: int = 7) -> None:
    with writing():
        accounts.name_deputy(actor_of(person), refresh(person), deputy, today(), today() + timedelta(days=days))


def ends(person: StaffMember) -> None:
    with writing():
        accounts.end_deputy(actor_of(person), refresh(person))


@pytest.fixture
def browser(app: Flask, cast: Cast) -> Pages:
    """Ada's browser, remembered while she stands in for Ben, who decides; signed out again."""
    browser, phone = Pages(app), with_app(cast.ada)
    stands_in(cast.ben, cast.ada)
    assert "Onthoud dit toestel tot" in sign_in(browser, cast.ada).text
    give_code(browser, code_of(phone), remember="y", device="Tablet")
    browser.post("/sign-out")
    return browser


def test_a_deputy_comes_in_with_the_password_alone_and_by_the_link_of_a_mail(browser: Pages, cast: Cast) -> None:
    assert path(sign_in(browser, cast.ada)) == "/desk"
    browser.post("/sign-out")
    link = links.link_for(cast.ada, "/desk/decisions/mine").removeprefix("http://localhost")
    assert path(browser.get(link)) == "/desk/decisions/mine"


def test_it_is_remembered_until_the_last_day_and_so_is_the_session(browser: Pages, cast: Cast) -> None:
    after = datetime.combine(today() + WEEK + timedelta(days=1), time.min, CALENDAR)
    with pinned(after - timedelta(minutes=1)):
        assert path(sign_in(browser, cast.ada)) == "/desk"
    begun = db.session.scalars(select(StaffSession).where(StaffSession.device_id.is_not(None))).one()
    assert begun.expires == after
    with pinned(after + timedelta(minutes=1)):
        assert path(browser.get("/desk")) == "/sign-in"
        assert path(sign_in(browser, cast.ada)) == "/sign-in/second-step"


@pytest.mark.parametrize("how", ["ended", "passed on"])
def test_when_it_ends_sooner_the_device_and_its_sessions_are_gone(browser: Pages, cast: Cast, how: str) -> None:
    sign_in(browser, cast.ada)
    if how == "ended":
        ends(cast.ben)
    else:
        with writing():
            accounts.pass_on_deputy(actor_of(cast.cora), refresh(cast.ben), cast.cleo)
    assert devices.of(cast.ada.id) == []
    assert path(browser.get("/desk")) == "/sign-in"
    assert path(sign_in(browser, cast.ada)) == "/sign-in/second-step"


def test_who_still_stands_in_for_another_keeps_it(browser: Pages, cast: Cast) -> None:
    stands_in(cast.cleo, cast.ada, 3)
    ends(cast.ben)
    assert len(devices.of(cast.ada.id)) == 1
    ends(cast.cleo)
    assert devices.of(cast.ada.id) == []


def test_who_decides_keeps_a_device_of_their_own_when_standing_in_ends(app: Flask, cast: Cast) -> None:
    stands_in(cast.ben, cast.cleo)
    with writing():
        devices.remember("test", cast.cleo, "Laptop")
    ends(cast.ben)
    assert len(devices.of(cast.cleo.id)) == 1


def test_standing_in_for_who_does_not_decide_or_on_other_days_is_not_enough(cast: Cast, pages: Pages) -> None:
    stands_in(cast.sam, cast.ada)
    with writing():
        week = today() + WEEK, today() + 2 * WEEK
        accounts.name_deputy(actor_of(cast.ben), refresh(cast.ben), cast.ada, *week)
    assert not devices.may_be_remembered(refresh(cast.ada))
    pages.as_(cast.ada).post(f"{OVERVIEW}/devices", {"name": "Laptop"}, status=403)
