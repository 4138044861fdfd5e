"""Headers, cookies, hosts and redirects: the same strict answer on every kind of page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dialogue.web.access import safe_next
from tests.builders import PASSWORD, Cast
from tests.pages import Pages

EVERY_KIND = {
    "staff": ("GET", "/desk/account", 200),
    "sign in": ("GET", "/sign-in", 200),
    "public": ("GET", "/m/oudenhove", 200),
    "receipt": ("GET", "/r", 200),
    "child": ("GET", "/", 200),
    "static": ("GET", "/static/css/tokens.css", 200),
    "health": ("GET", "/healthz", 503),
    "not there": ("GET", "/nergens", 404),
    "not a method": ("PUT", "/sign-in", 405),
    "failed form": ("POST", "/sign-in", 422),
    "redirect": ("GET", "/welcome", 302),
}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_of_answer_has_the_strict_headers(pages: Pages, cast: Cast, kind: str) -> None:
    method, address, status = EVERY_KIND[kind]
    client = pages.as_(cast.ada).client if kind == "staff" else pages.client
    response = client.open(address, method=method)
    assert response.status_code == status
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    for part in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert part in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "Server" not in response.headers or "Werkzeug" not in response.headers["Server"]


@pytest.mark.parametrize("kind", ["child", "receipt", "public"])
def test_children_and_visitors_get_no_cookie(pages: Pages, cast: Cast, kind: str) -> None:
    response = pages.client.get(EVERY_KIND[kind][1])
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("kind", ["child", "receipt"])
def test_a_childs_page_tells_no_other_site_where_it_was(pages: Pages, cast: Cast, kind: str) -> None:
    assert pages.client.get(EVERY_KIND[kind][1]).headers["Referrer-Policy"] == "no-referrer"


def test_staff_pages_are_never_kept_by_a_browser_or_a_proxy(pages: Pages, cast: Cast) -> None:
    for address in ("/desk/account", "/sign-in", "/join/x"):
        assert "no-store" in pages.as_(cast.ada).client.get(address).headers["Cache-Control"]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil.example"]
)
def test_a_forged_host_is_refused_on_every_door(pages: Pages, cast: Cast, host: str) -> None:
    for address in ("/sign-in", "/desk", "/m/oudenhove", "/", "/r", "/healthz", "/nergens"):
        response = pages.client.get(address, headers={"Host": host})
        assert response.status_code == 400, address
        assert "evil.example" not in response.get_data(as_text=True)
        assert "evil.example" not in response.headers.get("Location", "")


def test_a_forwarded_host_or_scheme_changes_nothing(pages: Pages, cast: Cast) -> None:
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", "X-Forwarded-Prefix": "/evil"}
    response = pages.client.get("/desk", headers=forged)
    assert response.location.startswith("/sign-in")


@pytest.mark.parametrize(
    "target",
    [
        "/desk\r\nX: y",
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/desk\\..\\evil",
        "javascript:alert(1)",
        "desk",
        "",
        None,
        " /desk",
        "http:/evil",
        "/\t/evil.example",
        "/\n/evil.example",
    ],
)
def test_after_signing_in_nobody_leaves_the_site(target: str | None) -> None:
    assert safe_next(target, "/desk") == "/desk"


@pytest.mark.parametrize("target", ["/desk", "/desk/signals?wave=3", "/desk/team/people/4"])
def test_a_path_of_our_own_is_followed(target: str) -> None:
    assert safe_next(target, "/") == target


def signed_in_over_https(app: Flask) -> tuple[FlaskClient, list[str]]:
    from tests.builders import the_cast

    client, base = app.test_client(), "https://dialogue.example.be"
    response = client.post("/sign-in", base_url=base, data={"email": the_cast().ada.email, "password": PASSWORD})
    assert response.status_code == 302
    return client, response.headers.getlist("Set-Cookie")


def test_over_https_the_session_cookie_is_bound_to_this_host_and_hidden_from_scripts(secure: Flask) -> None:
    _client, cookies = signed_in_over_https(secure)
    (session,) = [cookie for cookie in cookies if "__Host-dialogue=" in cookie]
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in session
    assert "Domain" not in session


def test_every_cookie_over_https_is_secure_hidden_and_same_site(secure: Flask) -> None:
    _client, cookies = signed_in_over_https(secure)
    assert len(cookies) == 2
    for cookie in cookies:
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite" in cookie


def test_https_is_remembered_by_the_browser(secure: Flask) -> None:
    client, _cookies = signed_in_over_https(secure)
    response = client.get("/desk/account", base_url="https://dialogue.example.be")
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]


def test_without_https_no_promise_of_https_is_made(pages: Pages, cast: Cast) -> None:
    assert "Strict-Transport-Security" not in pages.client.get("/sign-in").headers


def test_a_form_from_another_site_is_refused(app: Flask, pages: Pages, cast: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    response = pages.as_(cast.ada).client.post("/desk/account/details", data={"name": "Eva", "language": "nl"})
    assert response.status_code == 400
    assert "verlopen" in response.get_data(as_text=True)
