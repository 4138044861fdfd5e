"""Several hosts share their limits in one Redis: it learns no address, and keeps nobody out when it is away."""

import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from flask import Flask

from dialogue import create_app
from dialogue.people.shared_attempts import SharedAttempts
from dialogue.shared import counters
from dialogue.shared.clock import now, pinned
from dialogue.shared.counters import PATIENCE, Counters
from dialogue.shared.keys import load
from dialogue.shared.watching import redis_is_away, warnings
from dialogue.web import buckets, health
from dialogue.web.buckets import MINUTE, SEED_KEPT
from dialogue.web.limits import WRONG_RECEIPTS
from tests.answering.sendings import a_body, letter_count
from tests.builders import PASSWORD, Cast, a_consultation
from tests.conftest import settings_in
from tests.promises.redis_server import RedisServer, a_redis
from tests.promises.test_limits import HOME, SCHOOL, door, fetch, look, send

Trouble = Callable[[RedisServer], None]


@pytest.fixture
def server() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory() as folder, a_redis(Path(folder)) as running:  # a short path: it is a socket
        yield running


@pytest.fixture
def hosts(app: Flask, instance: Path, cast: Cast, server: RedisServer) -> list[Flask]:
    """Two hosts of one installation."""
    made = [create_app(replace(settings_in(instance), redis_url=server.url)) for _ in range(2)]
    for host in made:
        host.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return made


def looks_wrong(host: Flask, times: int, address: str = SCHOOL) -> list[int]:
    return [look(host, 5_000 + number, address).status_code for number in range(times)]


def signs_in(host: Flask, cast: Cast, password: str) -> int:
    return fetch(host, "POST", "/sign-in", data={"email": cast.ada.email, "password": password}).status_code


def killed(server: RedisServer) -> None:
    server.kill()


def slow(server: RedisServer) -> None:
    server.send(signal.SIGSTOP)


def full(server: RedisServer) -> None:
    server.client().config_set("maxmemory", 1)


def only_read(server: RedisServer) -> None:
    server.client().config_set("min-replicas-to-write", 1)


def test_two_hosts_count_together(hosts: list[Flask]) -> None:
    one, other = hosts
    half = WRONG_RECEIPTS.tokens // 2
    assert looks_wrong(one, half) + looks_wrong(other, half) == [422] * 2 * half
    assert looks_wrong(one, 1) == looks_wrong(other, 1) == [429]
    assert looks_wrong(one, 1, HOME) == [422], "nobody else waits"
    held_up = look(other, 1)
    assert 0 < int(held_up.headers["Retry-After"]) <= MINUTE


def test_hosts_without_a_redis_each_count_for_themselves_so_that_this_can_fail(
    app: Flask, instance: Path, cast: Cast
) -> None:
    other = create_app(settings_in(instance))
    assert looks_wrong(app, WRONG_RECEIPTS.tokens) == looks_wrong(other, WRONG_RECEIPTS.tokens)


def test_wrong_passwords_on_one_host_make_the_other_wait_too(hosts: list[Flask], cast: Cast) -> None:
    one, other = hosts
    assert [signs_in(one, cast, "fout") for _ in range(4)] == [422] * 4
    assert signs_in(other, cast, PASSWORD) == 429
    with pinned(now() + timedelta(minutes=2)):  # memory has forgotten to wait; Redis has a clock of its own
        assert signs_in(other, cast, PASSWORD) == 429


def test_a_right_password_is_forgotten_everywhere(server: RedisServer, instance: Path, app: Flask) -> None:
    hosts = [SharedAttempts(Counters(server.url, load(instance / "keys"))) for _ in range(2)]
    for _ in range(4):
        hosts[0].failed("ada")
    assert [host.seconds_to_wait("ada") > 0 for host in hosts] == [True, True]
    hosts[0].succeeded("ada")
    assert [host.seconds_to_wait("ada") for host in hosts] == [0, 0]
    assert hosts[0].seconds_to_wait("ben") == 0


@pytest.mark.parametrize("trouble", [killed, slow, full, only_read])
def test_whatever_happens_to_redis_every_answer_is_kept_and_guessing_is_held_up_still(
    hosts: list[Flask], cast: Cast, server: RedisServer, trouble: Trouble
) -> None:
    consultation = a_consultation(cast.mobility)
    assert send(hosts[0], door(consultation), a_body(consultation)).status_code == 201
    trouble(server)
    sent = [a_body(consultation, master=bytes([number] * 32)) for number in range(1, 20)]
    assert {send(hosts[number % 2], door(consultation), body).status_code for number, body in enumerate(sent)} == {201}
    assert letter_count() == 20
    assert looks_wrong(hosts[0], WRONG_RECEIPTS.tokens + 1) == [422] * WRONG_RECEIPTS.tokens + [429]
    assert signs_in(hosts[1], cast, "fout") == 422
    assert signs_in(hosts[1], cast, PASSWORD) == 302


def test_while_redis_is_away_health_metrics_and_check_say_so_and_children_can_answer(
    hosts: list[Flask], server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "why_not_serve", lambda _dialogue: [])
    monkeypatch.setattr(counters, "PAUSE", 0.0)

    def said() -> list[object]:
        answer = fetch(hosts[0], "GET", "/healthz")
        with hosts[0].app_context():
            counted = redis_is_away(), sum("Redis" in warning for warning in warnings(settings_in(Path("/tmp"))))
        return [answer.status_code, sum("Redis" in warning for warning in answer.json["warnings"]), *counted]

    assert said() == [200, 0, False, 0]
    server.kill()
    assert said() == [200, 1, True, 1]
    server.start()
    assert said() == [200, 0, False, 0]


def test_hosts_count_together_again_once_redis_is_back(
    hosts: list[Flask], server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counters, "PAUSE", 0.0)
    monkeypatch.setattr(buckets, "AGREED_FOR", 0.0)
    one, other = hosts
    looks_wrong(one, 3)
    server.kill()
    looks_wrong(one, 3)
    looks_wrong(other, 3)  # knows no seed of others: draws its own
    server.start()
    half = WRONG_RECEIPTS.tokens // 2
    assert looks_wrong(one, half) + looks_wrong(other, half) == [422] * 2 * half
    assert looks_wrong(one, 1) == looks_wrong(other, 1) == [429]


def test_a_slow_redis_is_asked_once_and_then_left_alone(
    hosts: list[Flask], server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks_wrong(hosts[0], 1)
    store = hosts[0].extensions["dialogue.counters"]
    waits: list[object] = []
    connection = store._redis.connection_pool.connection_kwargs
    assert connection["socket_timeout"] + connection["socket_connect_timeout"] <= PATIENCE <= 0.1
    server.send(signal.SIGSTOP)
    monkeypatch.setattr(store, "_add", lambda *about: waits.append(about) or redis.Redis.ping(store._redis))
    assert looks_wrong(hosts[0], 20) == [422] * 20
    assert len(waits) == 1


def test_everything_in_redis_forgets_itself(hosts: list[Flask], cast: Cast, server: RedisServer) -> None:
    looks_wrong(hosts[0], 2)
    signs_in(hosts[0], cast, "fout")
    kept = server.client()
    lives = {name.split(b":")[1]: kept.pttl(name) / 1000 for name in kept.scan_iter()}
    assert lives.keys() == {b"seed", b"bucket", b"attempts"}
    assert 0 < lives[b"bucket"] <= MINUTE
    assert MINUTE < lives[b"attempts"] <= 3600
    assert 24 * 3600 < lives[b"seed"] <= SEED_KEPT
    kept.pexpire(kept.keys("*bucket*")[0], 1)
    with pinned(now() + timedelta(days=1)):
        looks_wrong(hosts[0], 1)
    assert len(kept.keys("dialogue:seed:*")) == 2, "another day, another seed"


def test_redis_holds_no_address_no_account_and_nothing_that_leads_back_to_one(
    hosts: list[Flask], instance: Path, cast: Cast, server: RedisServer
) -> None:
    for address in (SCHOOL, HOME):
        looks_wrong(hosts[0], 2, address)
    signs_in(hosts[0], cast, "fout")
    written = server.everything()
    keys = load(instance / "keys")
    canaries = [SCHOOL.encode(), HOME.encode(), b"2001:db8:77", b"kanarie", cast.ada.email.encode(), keys.session]
    assert [canary for canary in canaries if canary in written] == []
    assert b"dialogue:bucket" in written  # it does look
    # Who has all of Redis tries every address: with the seed alone no name comes out, with the key it would.
    [seed] = [server.client().get(name) for name in server.client().keys("dialogue:seed:*")]
    names = {name.decode() for name in server.client().keys("dialogue:bucket:*")}
    other_keys = replace(keys, session=bytes(range(32)))
    assert not names & guesses(server, other_keys, seed)
    assert names & guesses(server, keys, seed)


def guesses(server: RedisServer, keys: object, seed: bytes) -> set[str]:
    from hashlib import blake2b

    store = Counters(server.url, keys)  # type: ignore[arg-type]
    about = f"{WRONG_RECEIPTS.name}|{SCHOOL}".encode()
    return {store.name("bucket", blake2b(about, key=seed, digest_size=16).digest())}
