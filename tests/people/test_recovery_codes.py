"""Recovery codes: shown once, each works once, for its own person only, and new ones end the old."""

from flask import Flask
from sqlalchemy import select

from dialogue.people import recovery
from dialogue.people.models import RecoveryCode
from dialogue.shared.database import db, writing
from tests.builders import PASSWORD, Cast
from tests.pages import Pages
from tests.people.second_steps import (
    OVERVIEW,
    codes_on,
    is_in,
    path,
    sign_in,
    turn_on,
    with_app,
    with_codes,
)


def test_the_recovery_codes_are_shown_once_and_can_be_kept_as_a_file(pages: Pages, cast: Cast) -> None:
    ada = pages.as_(cast.ada)
    _phone, page = turn_on(ada)
    file = ada.client.get(f"{OVERVIEW}/codes/text")
    assert "attachment" in file.headers["Content-Disposition"]
    assert all(code in file.get_data(as_text=True) for code in codes_on(page))
    assert path(ada.post(f"{OVERVIEW}/codes/saved")) == "/desk"
    assert path(ada.get(f"{OVERVIEW}/codes")) == OVERVIEW
    assert path(ada.get(f"{OVERVIEW}/codes/text")) == OVERVIEW


def test_nobody_else_sees_the_codes_with_the_token_of_the_page(pages: Pages, cast: Cast) -> None:
    ada, ben = pages.as_(cast.ada), pages.as_(cast.ben)
    turn_on(ada)
    with ada.client.session_transaction() as session:
        token = session["codes"]
    with ben.client.session_transaction() as session:
        session["codes"] = token
    assert path(ben.get(f"{OVERVIEW}/codes")) == OVERVIEW


def test_a_recovery_code_works_once_in_any_spelling(app: Flask, cast: Cast) -> None:
    with_app(cast.ada)
    codes = with_codes(cast.ada)
    for browser, typed, status in [(Pages(app), codes[0].lower().replace("-", " "), 200), (Pages(app), codes[0], 422)]:
        sign_in(browser, cast.ada)
        page = browser.post("/sign-in/recovery-code", {"recovery": typed}, status=status)
        assert is_in(browser) is (status == 200)
    assert "al" in page.text
    assert recovery.left(cast.ada.id) == recovery.HOW_MANY - 1


def test_a_recovery_code_says_how_many_are_left(pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    codes = with_codes(cast.ada)
    sign_in(pages, cast.ada)
    assert "nog 9 herstelcodes" in pages.post("/sign-in/recovery-code", {"recovery": codes[3]}).text


def test_a_recovery_code_of_somebody_else_does_not_help(pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    with_codes(cast.ada)
    other = with_codes(cast.ben)
    sign_in(pages, cast.ada)
    pages.post("/sign-in/recovery-code", {"recovery": other[0]}, status=422)


def test_new_recovery_codes_ask_for_the_password_and_end_the_old_ones(pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    old, ada = with_codes(cast.ada), pages.as_(cast.ada)
    ada.post(f"{OVERVIEW}/codes/new", {"old": "helemaal mis"}, status=422)
    page = ada.post(f"{OVERVIEW}/codes/new", {"old": PASSWORD})
    assert len(codes_on(page)) == recovery.HOW_MANY
    with writing():
        assert not recovery.use(cast.ada.id, old[0])
        assert recovery.use(cast.ada.id, codes_on(page)[0])


def test_codes_that_a_stranger_made_up_are_never_stored(pages: Pages, cast: Cast) -> None:
    with_app(cast.ada)
    sign_in(pages, cast.ada)
    pages.post("/sign-in/recovery-code", {"recovery": "AAAAA-AAAAA"}, status=422)
    assert db.session.scalars(select(RecoveryCode)).all() == []
