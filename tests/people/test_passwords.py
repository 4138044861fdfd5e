"""Passwords: hashed, never guessed quickly, and no way to learn who has an account."""

from datetime import timedelta

import pytest
from flask import Flask

from dialogue.people import attempts, passwords
from dialogue.people.models import StaffMember
from dialogue.people.rules import NO_PASSWORD
from dialogue.shared.clock import now, pinned
from tests.builders import PASSWORD, PASSWORD_HASH, Cast, save


def test_a_password_fits_its_own_hash_only(app: Flask) -> None:
    assert passwords.fits(PASSWORD, PASSWORD_HASH)
    assert not passwords.fits(PASSWORD + " ", PASSWORD_HASH)
    assert not passwords.fits("\ud800", PASSWORD_HASH)
    assert not passwords.fits("", None)
    assert not passwords.fits(NO_PASSWORD, NO_PASSWORD)


def test_an_unknown_address_costs_the_same_work(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from dialogue.people import signing_in

    done = []
    real = passwords._hasher.verify

    class Counting:
        hash = passwords._hasher.hash

        def verify(self, *args: str) -> bool:
            done.append(args)
            return real(*args)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    save(StaffMember(municipality_id=cast.town.id, name="Nog niet", email="nog@niet.be", password_hash=NO_PASSWORD))
    for email in (cast.ada.email, "niemand@nergens.be", "nog@niet.be"):
        signing_in.identify(email, "helemaal mis")
    assert len(done) == 3


def test_at_most_two_hashes_are_made_at_once(app: Flask) -> None:
    assert [passwords._turn.acquire(blocking=False) for _ in range(3)] == [True, True, False]
    for _ in range(2):
        passwords._turn.release()


def test_failures_delay_longer_and_longer_and_a_success_forgets_them() -> None:
    counted = attempts.Attempts()
    with pinned(now()):
        for _ in range(6):
            counted.failed("ada")
        assert counted.seconds_to_wait("ada") == 8
        assert counted.seconds_to_wait("ben") == 0
        counted.succeeded("ada")
        assert counted.seconds_to_wait("ada") == 0


def test_after_the_wait_the_next_try_is_free_again() -> None:
    counted = attempts.Attempts()
    start = now()
    with pinned(start):
        for _ in range(50):
            counted.failed("ada")
        assert counted.seconds_to_wait("ada") == 60
    with pinned(start + timedelta(seconds=61)):
        assert counted.seconds_to_wait("ada") == 0


def test_failures_of_an_hour_ago_are_forgotten() -> None:
    counted = attempts.Attempts()
    start = now()
    with pinned(start):
        for _ in range(50):
            counted.failed("ada")
    with pinned(start + timedelta(hours=1)):
        counted.failed("ada")
        assert counted.seconds_to_wait("ada") == 0


def test_somebody_who_tries_many_addresses_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "MOST_ACCOUNTS", 10)
    counted = attempts.Attempts()
    for number in range(100):
        counted.failed(str(number))
    assert len(counted._failures) == 10
