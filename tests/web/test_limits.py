"""Limits: very wide for a school, narrow for guessing, and no address that could be found again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from dialogue import create_app
from dialogue.shared.clock import pinned
from dialogue.shared.keys import make
from dialogue.shared.settings import Settings
from dialogue.web import buckets, limits
from dialogue.web.buckets import MINUTE, MOST_BUCKETS, InMemory
from dialogue.web.limits import ANSWERS, PAGES, Door, spend
from tests.builders import Cast
from tests.pages import Pages

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
TWO = Door("two", 2)


def spends(app: Flask, door: Door = TWO, address: str = "192.0.2.7", times: int = 1) -> bool:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        try:
            for _ in range(times):
                spend(door)
        except TooManyRequests:
            return False
    return True


def test_an_empty_bucket_waits_and_is_full_again_within_a_minute(app: Flask) -> None:
    with pinned(NOON):
        assert spends(app, times=2)
        assert not spends(app)
    with pinned(NOON + timedelta(seconds=MINUTE)):
        assert spends(app, times=2)


def test_the_wait_ends_when_it_says_it_does(app: Flask) -> None:
    with pinned(NOON), app.test_request_context():
        spend(TWO, 2)
    with pinned(NOON + timedelta(seconds=20.5)), app.test_request_context():
        with pytest.raises(TooManyRequests) as refusal:
            spend(TWO)
        assert refusal.value.retry_after == 40
    with pinned(NOON + timedelta(seconds=20.5 + 40)):
        assert spends(app)


def test_an_address_that_overdoes_it_holds_up_nobody_else(app: Flask) -> None:
    assert not spends(app, times=3)
    assert spends(app, address="192.0.2.8")


def test_one_door_that_is_busy_leaves_the_others_open(app: Flask) -> None:
    assert not spends(app, times=3)
    assert spends(app, Door("another", 2))


def test_one_home_has_one_bucket_however_many_addresses_it_has(app: Flask) -> None:
    assert spends(app, address="2001:db8:1:2::1", times=2)
    assert not spends(app, address="2001:db8:1:2:ffff::9")
    assert spends(app, address="2001:db8:1:3::1")


def test_old_addresses_written_in_the_new_way_are_told_apart(app: Flask) -> None:
    assert not spends(app, address="::ffff:192.0.2.7", times=3)
    assert not spends(app, address="192.0.2.7")
    assert spends(app, address="::ffff:192.0.2.8")


@pytest.mark.parametrize("odd", ["", "unknown", "192.0.2.7:5000", ":::", "é\udc80", "fe80::1%eth0"])
def test_an_odd_address_is_counted_like_any_other(app: Flask, odd: str) -> None:
    assert not spends(app, address=odd.encode("utf-8", "replace").decode("latin-1"), times=3)


def test_a_clock_that_is_set_back_keeps_nobody_waiting(app: Flask) -> None:
    with pinned(NOON):
        assert not spends(app, times=3)
    with pinned(NOON - timedelta(hours=1)):
        assert spends(app)


def test_another_day_has_another_seed_and_knows_nothing_of_the_day_before() -> None:
    kept = InMemory()
    first = kept.seed(NOON.date())
    kept.take(b"name", 5)
    assert kept.seed(NOON.date()) == first
    assert kept.seed(NOON.date() + timedelta(days=1)) != first
    assert kept.take(b"name", 0)[0] == 0
    assert InMemory().seed(NOON.date()) != first


def test_what_is_kept_in_memory_is_bounded_and_holds_no_address(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "MOST_BUCKETS", 50)
    for number in range(200):
        spends(app, address=f"192.0.2.{number}")
    kept = app.extensions["dialogue.limits"]
    assert len(kept._buckets) == 50
    assert {len(name) for name in kept._buckets} == {16}
    assert "192.0.2" not in repr(vars(kept))
    assert MOST_BUCKETS * 250 < 10_000_000  # bytes


def too_few(app: Flask, monkeypatch: pytest.MonkeyPatch, *doors: str) -> None:
    for door in doors:
        monkeypatch.setattr(limits, door, Door(door, 0))


def test_who_is_too_fast_gets_a_page_that_says_to_wait(
    app: Flask, pages: Pages, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_few(app, monkeypatch, "PAGES")
    page = pages.get("/", status=429)
    assert "Wacht even" in page.text
    assert 0 < int(page.response.headers["Retry-After"]) <= MINUTE


def test_a_phone_that_is_too_fast_gets_json_without_a_final_code_so_that_it_keeps_the_answer(
    app: Flask, pages: Pages, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_few(app, monkeypatch, "ANSWERS")
    answer = pages.client.post("/p/ABCDEF/GHJKLM/B/nl", json={})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Wacht even" in answer.json["error"]
    assert "code" not in answer.json  # static/js/answering-child.js: only a 4xx with a code is final, and never a 429
    script = (Path(app.root_path) / "static/js/answering-child.js").read_text()
    assert "answer.status !== 429 && told.code" in script


def test_reloading_pages_never_keeps_an_answer_back(
    app: Flask, pages: Pages, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_few(app, monkeypatch, "PAGES")
    assert pages.client.post("/p/ABCDEF/GHJKLM/B/nl", json={}).status_code == 404


def test_pictures_and_the_state_of_the_server_are_never_refused(
    app: Flask, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_few(app, monkeypatch, "PAGES", "ANSWERS")
    assert pages.client.get("/static/css/tokens.css").status_code == 200
    assert pages.client.get("/healthz").status_code != 429


def test_a_rush_of_a_thousand_pupils_with_their_pages_does_not_come_near() -> None:
    assert ANSWERS.tokens >= 1000 * 10
    assert PAGES.tokens >= 1000 * 10


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "192.0.2.2"), (2, "192.0.2.1")])
def test_the_address_comes_from_as_many_proxies_as_there_are(tmp_path: Path, proxies: int, seen: str) -> None:
    make(tmp_path / "keys")
    app = create_app(Settings("local", tmp_path, tmp_path / "keys", "http://localhost", proxies=proxies))
    told = []
    app.before_request_funcs[None].insert(0, lambda: told.append(limits.request.remote_addr))
    app.test_client().get("/static/x", headers={"X-Forwarded-For": "192.0.2.1, 192.0.2.2"})
    assert told == [seen]
