"""What may be done with passwords, roles, deputies and settings."""

from datetime import date, timedelta

import pytest
from flask import Flask

from dialogue.people import rules
from dialogue.people.models import Department, Membership, Municipality, StaffMember
from dialogue.shared.actor import Role

TODAY = date(2026, 3, 15)


@pytest.fixture(autouse=True)
def _words(app: Flask) -> Flask:
    """Reasons are sentences, and sentences need the application's languages."""
    return app


def a_person(id_: int = 1, **values: object) -> StaffMember:
    return StaffMember(**{"id": id_, "name": "Ines", "municipality_id": 1, **values})


@pytest.mark.parametrize(
    "password", ["een lang wachtwoord", "vier paarse olifanten", "kX9!vbn-Qw2zT", "correct horse battery"]
)
def test_a_sentence_of_ones_own_is_a_good_password(password: str) -> None:
    assert rules.why_not_password(password, "Ines Peeters", "ines@oudenhove.be") == []


def test_a_short_password_is_told_how_long_it_must_be() -> None:
    assert "12 tekens" in rules.why_not_password("paars!olif8")[0]


def test_an_endless_password_is_refused_before_it_costs_anything() -> None:
    assert "200" in rules.why_not_password("ab" * 101)[0]


@pytest.mark.parametrize(
    "password",
    [
        "wachtwoord123",
        "Wachtwoord2026!",
        "W4chtw00rd2026",
        "123456789012",
        "aaaaaaaaaaaa",
        "azertyuiop123",
        "Welkom123456",
        "abababababab",
        "inesPeeters2026",
        "Oudenhove-2026",
        "            ",
        "!!!!????....",
    ],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    assert "te raden" in rules.why_not_password(password, "Ines Peeters", "ines@oudenhove.be")[0]


def test_own_words_with_special_signs_do_not_break_the_check() -> None:
    assert rules.why_not_password("vier paarse olifanten", "A+B (c)* [d", "") == []


def test_wrong_passwords_cost_a_growing_wait_that_never_passes_a_minute() -> None:
    waits = [rules.wait_after(failures) for failures in range(12)]
    assert waits[: rules.FREE_FAILURES] == [timedelta(0)] * rules.FREE_FAILURES
    assert waits == sorted(waits)
    assert waits[rules.FREE_FAILURES] == timedelta(seconds=2)
    assert rules.wait_after(10_000) == rules.LONGEST_WAIT


@pytest.mark.parametrize(("day", "expected"), [(9, False), (10, True), (20, True), (21, False)])
def test_a_deputy_stands_in_from_the_first_to_the_last_day(day: int, expected: bool) -> None:
    person = a_person(deputy_id=2, deputy_from=date(2026, 3, 10), deputy_until=date(2026, 3, 20))
    assert rules.is_replaced(person, date(2026, 3, day)) is expected


def test_without_days_nobody_stands_in() -> None:
    assert not rules.is_replaced(a_person(deputy_id=2), TODAY)


def test_a_disabled_person_hands_on_nothing() -> None:
    person = a_person(deputy_id=2, deputy_from=TODAY, deputy_until=TODAY, disabled_at=TODAY)
    assert not rules.is_replaced(person, TODAY)


@pytest.mark.parametrize(
    ("deputy", "begins", "ends", "words"),
    [
        (a_person(1), TODAY, TODAY, "jezelf"),
        (a_person(2, disabled_at=TODAY), TODAY, TODAY, "kan aanmelden"),
        (a_person(2, municipality_id=2), TODAY, TODAY, "kan aanmelden"),
        (a_person(2), TODAY, TODAY - timedelta(days=1), "vóór"),
        (a_person(2), TODAY - timedelta(days=9), TODAY - timedelta(days=1), "voorbij"),
    ],
)
def test_a_deputy_is_refused_with_the_reason(deputy: StaffMember, begins: date, ends: date, words: str) -> None:
    assert words in " ".join(rules.why_not_deputy(a_person(1), deputy, begins, ends, TODAY))


def test_a_colleague_can_stand_in_from_today() -> None:
    assert rules.why_not_deputy(a_person(1), a_person(2), TODAY, TODAY, TODAY) == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_goes_with_a_department_or_with_the_whole_municipality_never_both(role: Role) -> None:
    department = Department(id=3, name="Jeugd")
    allowed = [bool(rules.why_not_role(role, one)) for one in (None, department)]
    assert sorted(allowed) == [False, True]


def test_nobody_gets_the_same_role_twice() -> None:
    person = a_person(memberships=[Membership(role=Role.COORDINATOR, department_id=None)])
    assert "heeft deze rol al" in rules.why_not_give(person, Role.COORDINATOR, None)[0]
    assert rules.why_not_give(person, Role.ADMINISTRATOR, None) == []


def test_the_last_administrator_stays() -> None:
    ines, cora = a_person(1), a_person(2)
    only = Membership(role=Role.ADMINISTRATOR, staff_member=ines)
    assert "enige beheerder" in rules.why_not_disable(ines, [ines])[0]
    assert "enige beheerder" in rules.why_not_take(only, [ines])[0]
    assert rules.why_not_disable(ines, [ines, cora]) == []
    assert rules.why_not_take(only, [ines, cora]) == []


def test_the_last_administrator_can_lose_another_role() -> None:
    ines = a_person(1)
    assert rules.why_not_take(Membership(role=Role.COORDINATOR, staff_member=ines), [ines]) == []


def test_the_smallest_group_only_grows() -> None:
    town = Municipality(smallest_group=15)
    assert rules.why_not_smallest_group(town, 15) == []
    assert rules.why_not_smallest_group(town, 20) == []
    assert "15" in rules.why_not_smallest_group(town, 14)[0]
