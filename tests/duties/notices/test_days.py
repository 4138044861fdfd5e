"""On which days and from which hour people are mailed about duties."""

from datetime import date, timedelta

import pytest

from dialogue.duties import services
from dialogue.duties.rules import escalates_on, is_reminded, months_later
from dialogue.shared.database import writing
from tests.builders import Cast
from tests.duties.mailbox import Mailbox
from tests.duties.notices.looking import DUE, look, owe, told


@pytest.mark.parametrize(
    ("before", "expected"), [(15, False), (14, True), (13, False), (3, True), (1, False), (0, True), (-1, False)]
)
def test_reminders_come_14_and_3_days_before_and_on_the_day(before: int, expected: bool) -> None:
    today = DUE - timedelta(days=before)
    assert is_reminded(DUE, None, today - timedelta(days=1), today) is expected


def test_a_reminder_that_the_jobs_missed_is_made_up_for_but_not_after_the_day() -> None:
    assert is_reminded(DUE, None, DUE - timedelta(days=15), DUE - timedelta(days=10))
    assert not is_reminded(DUE, None, DUE - timedelta(days=15), DUE + timedelta(days=1))


def test_who_chose_the_day_is_not_reminded_of_it_at_once() -> None:
    chosen_on = DUE - timedelta(days=10)
    assert not is_reminded(DUE, chosen_on, chosen_on - timedelta(days=6), chosen_on)
    assert is_reminded(DUE, chosen_on, DUE - timedelta(days=4), DUE - timedelta(days=3))


@pytest.mark.parametrize(("due", "on"), [(DUE, date(2026, 11, 23)), (date(2026, 11, 23), date(2026, 11, 24))])
def test_the_coordinator_hears_it_on_the_first_working_day_after(due: date, on: date) -> None:
    assert escalates_on(due) == on


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2026-08-31", 6, "2027-02-28"), ("2026-12-15", 12, "2027-12-15"), ("2027-08-31", 6, "2028-02-29")],
)
def test_six_and_twelve_months_later_is_a_day_that_exists(day: str, months: int, then: str) -> None:
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(then)


def test_nobody_is_mailed_before_seven(box: Mailbox, cast: Cast) -> None:
    owe(cast)
    look(DUE, hour=6)
    assert box.mails == []
    look(DUE, hour=7)
    assert len(box.mails) == 2


def test_on_monday_everybody_gets_one_overview_and_no_reminder_beside_it(box: Mailbox, cast: Cast) -> None:
    owe(cast, due=date(2026, 11, 19))
    owe(cast, "signal:2", due=date(2027, 3, 1))
    look(date(2026, 11, 15))
    look(date(2026, 11, 16))
    assert told(box) == [("ada", "Deze week"), ("ben", "Deze week")]
    assert "2 beloften" in str(box.mails[0]["Subject"])


def test_without_anything_open_there_is_no_overview(box: Mailbox, cast: Cast) -> None:
    owe(cast)
    with writing():
        services.keep("test", "decision", "signal:1")
    look(date(2026, 11, 16))
    assert box.mails == []


def test_an_overview_that_was_missed_on_monday_comes_on_tuesday(box: Mailbox, cast: Cast) -> None:
    owe(cast, due=date(2027, 3, 1))
    look(date(2026, 11, 15))
    look(date(2026, 11, 17))
    assert told(box) == [("ada", "Deze week"), ("ben", "Deze week")]
