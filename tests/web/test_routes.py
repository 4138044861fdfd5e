"""Every route is guarded, or stands on the one public list."""

from flask import Flask

from dialogue import ANYBODY, PUBLIC_ENDPOINTS
from tests.builders import Cast
from tests.pages import Pages
from tests.web.routes import doors, guarded


def test_every_staff_view_says_who_may_use_it(app: Flask) -> None:
    unmarked = {door.endpoint for door in guarded(app) if not hasattr(app.view_functions[door.endpoint], "allowed")}
    assert unmarked == set()


def test_no_public_view_was_meant_for_staff(app: Flask) -> None:
    public = app.extensions["dialogue.public"]
    assert {name for name in public if hasattr(app.view_functions[name], "allowed")} == set()
    assert {
        door.endpoint for door in doors(app) if door.endpoint in public and door.rule.rule.startswith("/desk")
    } == set()


def test_every_name_on_the_public_list_exists(app: Flask) -> None:
    assert set(app.view_functions) >= PUBLIC_ENDPOINTS
    assert set(app.blueprints) >= ANYBODY


def test_every_staff_page_lives_under_desk(app: Flask) -> None:
    elsewhere = {door.endpoint for door in guarded(app) if not door.rule.rule.startswith("/desk")}
    assert elsewhere == {"people.sign_out"}


def test_a_stranger_is_asked_to_sign_in_at_every_guarded_door(app: Flask, pages: Pages, cast: Cast) -> None:
    found = guarded(app)
    assert len(found) > 50
    for door in found:
        response = pages.client.open(door.address({}), method=door.method)
        assert response.status_code == 302, f"{door.method} {door.rule}: {response.status_code}"
        assert response.location.split("?")[0] == "/sign-in", f"{door.method} {door.rule}: {response.location}"


def test_a_cookie_that_somebody_made_up_is_a_stranger(app: Flask, pages: Pages, cast: Cast) -> None:
    for made_up in ("x", "", "\x00", "a" * 10_000):
        with pages.client.session_transaction() as session:
            session["staff"] = made_up
        assert pages.client.get("/desk/account").status_code == 302


def test_changes_are_made_by_post_only(app: Flask) -> None:
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}


def test_an_impossible_number_in_an_address_is_a_page_that_is_not_there(app: Flask, pages: Pages, cast: Cast) -> None:
    ines = pages.as_(cast.ines)
    for number in (0, 2**63, 10**20):
        ines.get(f"/desk/team/people/{number}", status=404)
