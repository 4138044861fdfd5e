"""The code of an app on a phone: turned on, used, turned off, and never accepted twice."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from dialogue.ledger.models import Entry
from dialogue.people import apps, recovery, ways
from dialogue.people.models import AuthenticatorApp
from dialogue.people.rules import FREE_FAILURES
from dialogue.people.steps import MINUTES
from dialogue.shared.clock import now, pinned
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound
from tests.builders import PASSWORD, Cast, actor_of
from tests.pages import Pages
from tests.people.second_steps import (
    OVERVIEW,
    code_of,
    codes_on,
    give_code,
    is_in,
    path,
    sign_in,
    turn_on,
    with_app,
    with_codes,
)

WRONG = "000000"


def test_an_app_is_on_only_after_its_first_code(pages: Pages, cast: Cast) -> None:
    ada = pages.as_(cast.ada)
    page = ada.post(f"{OVERVIEW}/app/start")
    assert "<svg" in page.html
    assert "QR-code" in page.all("div", role="img")[0].get("aria-label", "")
    assert "klopt niet" in ada.post(f"{OVERVIEW}/app", {"code": WRONG}, status=422).text
    assert not ways.has_second_step(cast.ada.id)
    _phone, page = turn_on(ada)
    assert ways.has_second_step(cast.ada.id)
    assert len(codes_on(page)) == recovery.HOW_MANY


def test_the_password_alone_lets_nobody_in_any_more(pages: Pages, cast: Cast) -> None:
    phone = with_app(cast.ada)
    page = sign_in(pages, cast.ada, next="/desk/account")
    assert path(page) == "/sign-in/second-step"
    assert not is_in(pages)
    assert path(give_code(pages, code_of(phone))) == "/desk/account"
    assert is_in(pages)


def test_a_code_with_a_space_is_fine(pages: Pages, cast: Cast) -> None:
    code = code_of(with_app(cast.ada))
    sign_in(pages, cast.ada)
    give_code(pages, f" {code[:3]} {code[3:]}")
    assert is_in(pages)


@pytest.mark.parametrize(("moved", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_wrong_and_no_more(pages: Pages, cast: Cast, moved: int, right: bool) -> None:
    phone = with_app(cast.ada)
    with pinned(now()):
        sign_in(pages, cast.ada)
        give_code(pages, code_of(phone, moved), status=200 if right else 422)
        assert is_in(pages) is right


def test_a_code_works_once(app: Flask, cast: Cast) -> None:
    phone, first, second = with_app(cast.ada), Pages(app), Pages(app)
    with pinned(now()):
        for browser in (first, second):
            sign_in(browser, cast.ada)
        give_code(first, code_of(phone))
        give_code(second, code_of(phone), status=422)
        give_code(second, code_of(phone, -1), status=422)  # and none of before it
        assert [is_in(first), is_in(second)] == [True, False]


def test_the_code_that_turned_the_app_on_does_not_sign_in(pages: Pages, app: Flask, cast: Cast) -> None:
    with pinned(now()):
        phone, _page = turn_on(pages.as_(cast.ada))
        thief = Pages(app)
        sign_in(thief, cast.ada)
        give_code(thief, code_of(phone), status=422)


def test_the_code_of_somebody_else_does_not_help(pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    other = with_app(cast.ben)
    sign_in(pages, cast.ada)
    give_code(pages, code_of(other), status=422)


def test_without_the_password_there_is_no_second_step(pages: Pages, cast: Cast) -> None:
    phone, codes = with_app(cast.ada), with_codes(cast.ada)
    assert path(pages.get("/sign-in/second-step")) == "/sign-in"
    assert path(give_code(pages, code_of(phone))) == "/sign-in"
    assert path(pages.post("/sign-in/recovery-code", {"recovery": codes[0]})) == "/sign-in"


def test_the_second_step_waits_ten_minutes(pages: Pages, cast: Cast) -> None:
    phone = with_app(cast.ada)
    sign_in(pages, cast.ada)
    with pinned(now() + timedelta(minutes=MINUTES, seconds=1)):
        assert path(give_code(pages, code_of(phone))) == "/sign-in"


def test_who_goes_back_to_the_beginning_begins_anew(pages: Pages, cast: Cast) -> None:
    phone = with_app(cast.ada)
    sign_in(pages, cast.ada)
    pages.get("/sign-in")
    assert path(give_code(pages, code_of(phone))) == "/sign-in"


def test_wrong_codes_delay_and_never_lock_out(pages: Pages, cast: Cast) -> None:
    phone, start = with_app(cast.ada), now()
    with pinned(start):
        sign_in(pages, cast.ada)
        for _ in range(FREE_FAILURES):
            give_code(pages, WRONG, status=422)
        assert "Wacht 2 seconden" in give_code(pages, code_of(phone), status=429).text
        assert "Wacht 2 seconden" in pages.post("/sign-in/recovery-code", {"recovery": "x"}, status=429).text
    with pinned(start + timedelta(seconds=3)):
        give_code(pages, code_of(phone))
        assert is_in(pages)


def test_the_right_password_does_not_forget_wrong_codes(app: Flask, cast: Cast) -> None:
    with_app(cast.ada)
    with pinned(now()):
        for _ in range(FREE_FAILURES):
            pages = Pages(app)
            sign_in(pages, cast.ada)
            give_code(pages, WRONG, status=422)
        pages = Pages(app)
        sign_in(pages, cast.ada)
        give_code(pages, WRONG, status=429)


def test_a_wrong_password_reads_the_same_with_and_without_a_second_step(pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    answers = {
        pages.post("/sign-in", {"email": person.email, "password": "helemaal mis"}, status=422).text
        for person in (cast.ada, cast.cora)
    }
    assert len(answers) == 1


def test_each_step_has_another_session_and_the_one_of_before_ends(pages: Pages, cast: Cast) -> None:
    phone = with_app(cast.ada)
    sign_in(pages, cast.ada)
    with pages.client.session_transaction() as session:
        half_way = session["step"]
        assert "staff" not in session
    give_code(pages, code_of(phone))
    with pages.client.session_transaction() as session:
        assert session["staff"] != half_way
        assert "step" not in session


def test_turning_off_asks_for_the_password_and_takes_the_recovery_codes_along(pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    with_codes(cast.ada)
    ada = pages.as_(cast.ada)
    assert "wachtwoord van nu" in ada.post(f"{OVERVIEW}/app/off", {"old": "helemaal mis"}, status=422).text
    assert ways.has_second_step(cast.ada.id)
    assert "staat uit" in ada.post(f"{OVERVIEW}/app/off", {"old": PASSWORD}).text
    assert not ways.has_second_step(cast.ada.id)
    assert recovery.left(cast.ada.id) == 0


def test_guessing_the_password_on_an_open_screen_is_delayed_too(pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    ada = pages.as_(cast.ada)
    with pinned(now()):
        for _ in range(FREE_FAILURES):
            ada.post(f"{OVERVIEW}/app/off", {"old": "helemaal mis"}, status=422)
        ada.post(f"{OVERVIEW}/app/off", {"old": PASSWORD}, status=429)


@pytest.mark.sqlite("looks into its files")
def test_the_database_alone_holds_no_secret_and_no_code(instance: Path, pages: Pages, cast: Cast) -> None:
    phone, page = turn_on(pages.as_(cast.ada))
    db.session.rollback()
    copy = instance / "copy.db"
    with sqlite3.connect(instance / "dialogue.db") as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    connection.close()
    stored = copy.read_bytes()
    raw = phone.byte_secret()
    for secret in (phone.secret.encode(), raw, *(code.encode() for code in codes_on(page))):
        assert secret not in stored
    assert all(code.replace("-", "").encode() not in stored for code in codes_on(page))


def test_what_is_sealed_opens_for_its_own_person_only(app: Flask, cast: Cast) -> None:
    phone = with_app(cast.ada)
    with writing() as session:
        sealed = session.get_one(AuthenticatorApp, cast.ada.id).secret
        session.add(AuthenticatorApp(staff_member_id=cast.ben.id, secret=sealed, last_step=0, added_on=now().date()))
    assert apps.step_of(cast.ada.id, code_of(phone)) is not None
    with pytest.raises(NotFound):
        apps.step_of(cast.ben.id, code_of(phone))


def test_all_of_it_stands_in_the_ledger_and_nothing_secret_does(pages: Pages, cast: Cast) -> None:
    ada = pages.as_(cast.ada)
    _phone, page = turn_on(ada)
    with writing():
        recovery.use(cast.ada.id, codes_on(page)[0])
        apps.turn_off(actor_of(cast.ada), cast.ada)
    verbs = list(
        db.session.scalars(select(Entry.verb).where(Entry.object == f"person:{cast.ada.id}").order_by(Entry.sequence))
    )
    assert verbs == [
        "person.app_added",
        "person.recovery_codes_made",
        "person.recovery_code_used",
        "person.app_removed",
    ]
