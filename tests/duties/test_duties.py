"""Duties: when they are late, how they end, and who sees them."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from dialogue.duties import queries, services
from dialogue.duties.models import Duty
from dialogue.duties.rules import SOON, DutyState, state
from dialogue.ledger.models import Entry
from dialogue.shared.clock import now
from dialogue.shared.database import db, writing
from tests.builders import Cast, actor_of

DAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (DAY - timedelta(days=1), DutyState.LATE),
        (DAY, DutyState.SOON),
        (DAY + SOON, DutyState.SOON),
        (DAY + SOON + timedelta(days=1), DutyState.AHEAD),
    ],
)
def test_a_duty_is_late_the_day_after_it_was_due_and_soon_two_weeks_before(due: date, expected: DutyState) -> None:
    assert state(Duty(due=due), DAY) == expected


def test_a_kept_duty_is_never_late() -> None:
    assert state(Duty(due=DAY - timedelta(days=9), kept_at=now()), DAY) == DutyState.KEPT


def test_a_cancelled_duty_is_cancelled_also_when_it_was_kept_before() -> None:
    assert state(Duty(due=DAY, kept_at=now(), cancelled_at=now()), DAY) == DutyState.CANCELLED


def owe(cast: Cast, object_: str = "wave:1", due: date = DAY, department_id: int | None = 1) -> None:
    with writing():
        services.owe(
            actor_of(cast.ada),
            "feedback",
            object_,
            municipality_id=cast.town.id,
            department_id=department_id,
            subject="Vertel wat ermee gebeurde",
            due=due,
        )


def test_what_is_owed_twice_is_one_duty_with_the_new_day(app: Flask, cast: Cast) -> None:
    owe(cast)
    owe(cast, due=DAY + timedelta(days=7))
    assert [d.due for d in queries.open_duties(cast.town.id, None)] == [DAY + timedelta(days=7)]


def test_open_duties_come_in_the_order_in_which_they_are_due(app: Flask, cast: Cast) -> None:
    owe(cast, "wave:1", DAY)
    owe(cast, "wave:2", DAY - timedelta(days=1))
    assert [d.object for d in queries.open_duties(cast.town.id, None)] == ["wave:2", "wave:1"]


def test_a_department_sees_its_own_duties_only(app: Flask, cast: Cast) -> None:
    owe(cast, "wave:1", department_id=cast.mobility.id)
    owe(cast, "wave:2", department_id=cast.youth.id)
    owe(cast, "wave:3", department_id=None)
    assert [d.object for d in queries.open_duties(cast.town.id, {cast.youth.id})] == ["wave:2"]
    assert queries.open_duties(cast.town.id, set()) == []
    assert len(queries.open_duties(cast.town.id, None)) == 3
    assert queries.open_duties(cast.other_town.id, None) == []


def test_only_what_was_due_before_today_is_late(app: Flask, cast: Cast) -> None:
    owe(cast, "wave:1", DAY)
    owe(cast, "wave:2", DAY - timedelta(days=1))
    assert [d.object for d in queries.late(cast.town.id, DAY)] == ["wave:2"]


def test_a_kept_duty_is_no_longer_open_and_keeping_it_again_changes_nothing(app: Flask, cast: Cast) -> None:
    owe(cast)
    with writing():
        services.keep("system", "feedback", "wave:1")
    kept_at = queries.duty("feedback", "wave:1").kept_at
    with writing():
        services.keep("system", "feedback", "wave:1")
        services.cancel("system", "feedback", "wave:1", "te laat")
    duty = queries.duty("feedback", "wave:1")
    assert (duty.kept_at, duty.cancelled_at) == (kept_at, None)
    assert queries.open_duties(cast.town.id, None) == []


def test_a_cancelled_duty_keeps_its_reason(app: Flask, cast: Cast) -> None:
    owe(cast)
    with writing():
        services.cancel("system", "feedback", "wave:1", "De bevraging is ingetrokken.")
    assert queries.duty("feedback", "wave:1").cancelled_because == "De bevraging is ingetrokken."


def test_keeping_what_nobody_owed_does_nothing(app: Flask, cast: Cast) -> None:
    with writing():
        services.keep("system", "feedback", "wave:99")
    assert db.session.scalars(select(Entry)).all() == []


def test_owing_and_keeping_stand_in_the_ledger(app: Flask, cast: Cast) -> None:
    owe(cast)
    with writing():
        services.keep("system", "feedback", "wave:1")
    entries = db.session.scalars(select(Entry).order_by(Entry.sequence)).all()
    assert [e.verb for e in entries] == ["duty.owed", "duty.kept"]
    assert entries[0].after == entries[1].before


def promised(cast: Cast) -> Duty:
    return queries.duty("feedback", "wave:1")


def test_putting_off_never_hides_that_it_is_late(app: Flask, cast: Cast) -> None:
    owe(cast)
    owe(cast, due=DAY + timedelta(days=90))
    found = promised(cast)
    assert (found.due, found.promised, found.first_due) == (DAY + timedelta(days=90), DAY, DAY)
    assert state(found, DAY + timedelta(days=5)) == DutyState.EXTENDED
    assert queries.late(cast.town.id, DAY + timedelta(days=5)) == [found]
    owe(cast, due=DAY + timedelta(days=120))
    assert promised(cast).promised == DAY


def test_an_earlier_day_is_the_one_that_counts(app: Flask, cast: Cast) -> None:
    owe(cast)
    owe(cast, due=DAY - timedelta(days=9))
    assert promised(cast).promised == DAY - timedelta(days=9)
    assert promised(cast).first_due is None


def test_what_was_kept_in_time_and_is_owed_again_is_a_new_promise(app: Flask, cast: Cast) -> None:
    tomorrow = now().date() + timedelta(days=1)
    owe(cast, due=tomorrow)
    with writing():
        services.keep("test", "feedback", "wave:1")
    owe(cast, due=tomorrow + timedelta(days=90))
    assert promised(cast).promised == tomorrow + timedelta(days=90)


def test_what_was_kept_too_late_and_is_owed_again_keeps_its_first_day(app: Flask, cast: Cast) -> None:
    owe(cast)
    with writing():
        services.keep("test", "feedback", "wave:1")
    owe(cast, due=now().date() + timedelta(days=90))
    assert promised(cast).promised == DAY


def test_the_history_says_what_happened_and_why(app: Flask, cast: Cast) -> None:
    owe(cast)
    with writing():
        services.owe(
            "test", "feedback", "wave:1", municipality_id=cast.town.id, department_id=1,
            subject="x", due=DAY + timedelta(days=9), because="De bus.",
        )  # fmt: skip
    owe(cast, due=DAY + timedelta(days=9), department_id=2)
    with writing():
        services.cancel(actor_of(cast.ben), "feedback", "wave:1", "Het gaat niet door.")
    lines = [(line.what, line.by and line.by.name, line.because) for line in queries.history(promised(cast).id)]
    assert lines == [
        ("owed", "Ada", None),
        ("extended", None, "De bus."),
        ("handed_over", "Ada", None),
        ("cancelled", "Ben", "Het gaat niet door."),
    ]


@pytest.mark.parametrize(("days", "shown"), [(7, True), (6, False)])
def test_everybody_sees_what_is_late_from_the_seventh_day_on(app: Flask, cast: Cast, days: int, shown: bool) -> None:
    owe(cast)
    assert bool(queries.late_for_everybody(cast.town.id, DAY + timedelta(days=days))) is shown


def test_a_town_may_show_it_sooner_and_never_shows_a_concern(app: Flask, cast: Cast) -> None:
    owe(cast)
    with writing():
        services.show_late_after(actor_of(cast.cora), 0)
    services_kinds = {"municipality_id": cast.town.id, "department_id": None, "subject": "x", "due": DAY}
    with writing():
        services.owe("test", "concern", "concern:ff", **services_kinds)
    assert queries.late_for_everybody(cast.town.id, DAY) == []
    found = queries.late_for_everybody(cast.town.id, DAY + timedelta(days=1))
    assert [one.kind for one in found] == ["feedback"]
