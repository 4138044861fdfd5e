"""The short lane gives what everybody gets, for a moment; whoever is somebody, or asks for something, goes on."""

from collections.abc import Iterator

import pytest
from flask import Flask

from dialogue.consultations.models import Consultation
from dialogue.web import lane, limits
from tests.builders import Cast, a_consultation


@pytest.fixture
def consultation(app: Flask, cast: Cast) -> Iterator[Consultation]:
    app.testing = False  # the lane is closed in tests
    yield a_consultation(cast.mobility)
    app.testing = True


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses for which the application itself was asked."""
    found: list[str] = []
    app.before_request_funcs.setdefault(None, []).append(lambda: found.append("asked"))  # type: ignore[arg-type]
    return found


def sheet(consultation: Consultation) -> str:
    return f"/c/{consultation.code}/B/nl"


def test_a_questionnaire_is_given_twice_but_made_once(app: Flask, consultation: Consultation, asked: list[str]) -> None:
    one, two = [app.test_client(use_cookies=False).get(sheet(consultation)) for _ in range(2)]
    assert asked == ["asked"]
    assert (one.status, one.data, list(one.headers)) == (two.status, two.data, list(two.headers))
    assert two.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in two.headers


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("?lang=en", {}),
        ("", {"Cookie": "dialogue=x"}),
        ("", {"If-None-Match": '"x"'}),
        ("", {"Accept-Encoding": "br"}),
        ("", {"Host": "127.0.0.1"}),
    ],
)
def test_whoever_asks_in_another_way_is_not_given_it(
    app: Flask, consultation: Consultation, asked: list[str], path: str, headers: dict[str, str]
) -> None:
    client = app.test_client(use_cookies=False)
    client.get(sheet(consultation))
    assert client.get(sheet(consultation) + path, headers=headers).status_code == 200
    assert asked == ["asked"] * 2


def test_pages_that_follow_the_language_of_a_browser_are_made_each_time(
    app: Flask, consultation: Consultation, asked: list[str]
) -> None:
    for language in ("nl", "en"):
        address = f"/c/{consultation.code}"
        assert app.test_client(use_cookies=False).get(address, headers={"Accept-Language": language}).status_code == 200
    assert asked == ["asked"] * 2


def test_a_moment_later_it_is_made_again(
    app: Flask, consultation: Consultation, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lane, "MOMENT", -1.0)
    for _ in range(2):
        app.test_client(use_cookies=False).get(sheet(consultation))
    assert asked == ["asked"] * 2


def test_the_lane_is_counted_too(app: Flask, consultation: Consultation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES", limits.Door("pages", 3))
    client = app.test_client(use_cookies=False)
    assert [client.get(sheet(consultation)).status_code for _ in range(5)] == [200, 200, 200, 429, 429]


def test_what_is_not_there_is_not_kept(app: Flask, consultation: Consultation, asked: list[str]) -> None:
    for _ in range(2):
        assert app.test_client(use_cookies=False).get(f"/c/{consultation.code}/D/nl").status_code == 404
    assert asked == ["asked"] * 2
