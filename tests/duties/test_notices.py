"""Who is mailed about duties, and when; what the mail says; and what happens when the mail server does not want it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dialogue import create_app, jobs
from dialogue.duties import jobs as duty_jobs
from dialogue.duties import services
from dialogue.duties.models import Duty, DutyWishes, Notice, NoticeKind, NoticeState
from dialogue.duties.queries import duty
from dialogue.duties.rules import escalates_on, is_reminded, months_later
from dialogue.shared.clock import CALENDAR, pinned
from dialogue.shared.database import db, writing
from dialogue.shared.models import Outbox
from dialogue.shared.outbox import pause, run_due
from dialogue.shared.sqlite import file_lock
from tests.builders import Cast, a_staff_member, change, save, the_cast
from tests.conftest import settings_in
from tests.duties.mailbox import Mailbox, free_port, served

DUE = date(2026, 11, 20)  # a Friday
FROM = "dialogue@oudenhove.example"


def at(day: date, hour: int = 8) -> Any:
    return pinned(datetime(day.year, day.month, day.day, hour, tzinfo=CALENDAR))


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


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def posted(box: Mailbox) -> Iterator[str]:
    with served(box) as address:
        yield f"smtp://{address}"


@pytest.fixture
def app(instance: Path, posted: str) -> Iterator[Flask]:
    """As everywhere, with a mail server."""
    settings = replace(settings_in(instance, "https://dialoog.oudenhove.example"), smtp_url=posted, mail_from=FROM)
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
        duty_jobs._looked_on.clear()


@pytest.fixture
def cast(app: Flask) -> Cast:
    with at(date(2026, 11, 1)):
        return the_cast()


def owe(cast: Cast, object_: str = "signal:1", due: date = DUE, kind: str = "decision", **values: Any) -> Duty:
    fields: dict[str, Any] = {"municipality_id": cast.town.id, "department_id": cast.mobility.id}
    fields |= {"subject": "De auto's rijden te snel.", "due": due}
    with at(date(2026, 10, 1)), writing():
        services.owe("test", kind, object_, **fields | values)
    return duty(kind, object_)


def look(day: date, hour: int = 8) -> None:
    """What the jobs do at one look; the outbox has no work that is not due."""
    with at(day, hour):
        duty_jobs.notice_duties()
        while run_due({duty_jobs.MAIL: duty_jobs.send_mail}):
            pass
    db.session.rollback()


def told(box: Mailbox) -> list[tuple[str, str]]:
    return sorted((str(mail["To"].addresses[0].username), str(mail["Subject"]).split(":")[0]) for mail in box.mails)


def test_makers_and_deciders_of_the_department_are_reminded_once(box: Mailbox, cast: Cast) -> None:
    owe(cast)
    look(DUE - timedelta(days=2))
    assert box.mails == []
    look(DUE, hour=8)
    look(DUE, hour=9)
    assert told(box) == [("ada", "Herinnering"), ("ben", "Herinnering")]
    assert len(set(box.ids)) == 2


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


def test_what_is_late_goes_to_the_coordinator_once(box: Mailbox, cast: Cast) -> None:
    owe(cast, due=date(2026, 11, 17))
    look(date(2026, 11, 17))
    box.mails.clear()
    look(date(2026, 11, 18))
    look(date(2026, 11, 19))
    assert told(box) == [("cora", "Te laat")]


def test_the_owner_of_a_measure_is_reminded_and_the_deputy_of_who_is_away(box: Mailbox, cast: Cast) -> None:
    change(cast.cleo, deputy_id=cast.ben.id, deputy_from=date(2026, 11, 1), deputy_until=date(2026, 11, 30))
    owe(cast, "measure:1", kind="measure", owner_id=cast.cleo.id)
    look(DUE)
    assert told(box) == [("ben", "Herinnering"), ("cleo", "Herinnering")]


def test_where_nobody_can_be_told_the_coordinator_is(box: Mailbox, cast: Cast) -> None:
    change(cast.cleo, disabled_at=datetime(2026, 11, 1, tzinfo=CALENDAR))
    owe(cast, "measure:1", kind="measure", owner_id=cast.cleo.id, department_id=cast.youth.id)
    owe(cast, "decision:1", kind="follow_up_6", department_id=cast.youth.id)
    look(DUE)
    assert told(box) == [("cora", "Herinnering")]
    assert "2 beloften" in str(box.mails[0]["Subject"])


def test_a_concern_is_told_to_the_safeguarding_contact_only(box: Mailbox, cast: Cast) -> None:
    owe(cast, "concern:ff", kind="concern", department_id=None, subject="Lees een zorg van een kind")
    look(DUE)
    assert told(box) == [("sam", "Herinnering")]


def test_reminders_can_be_switched_off_but_not_the_overview(box: Mailbox, cast: Cast) -> None:
    save(DutyWishes(staff_member_id=cast.ada.id, reminders=False))
    owe(cast)
    look(DUE)
    assert told(box) == [("ben", "Herinnering")]
    owe(cast, "signal:2", due=date(2027, 3, 1))
    look(date(2026, 11, 23))
    assert ("ada", "Deze week") in told(box)


def test_an_example_town_mails_nobody(box: Mailbox, cast: Cast) -> None:
    change(cast.town, is_example=True)
    owe(cast)
    look(DUE)
    assert box.mails == []


def test_a_mail_says_what_by_when_and_leads_to_the_public_address_only(box: Mailbox, cast: Cast) -> None:
    owe(cast)
    look(DUE - timedelta(days=3))
    (mail,) = box.to("ben@")
    assert mail["Subject"] == "Herinnering: 1 belofte aan kinderen · Oudenhove"
    for kind in ("plain", "html"):
        words = mail.get_body((kind,)).get_content()
        for said in (
            "Dag Ben,",
            "Een antwoord beslissen",
            "20 november 2026 (nog 3 dagen)",
            "rijden te snel",
            "Mobiliteit",
        ):
            assert said in words
        links = re.findall(r'https?://[^\s"<]+', words)
        assert len(links) >= 3
        assert {link.split("/open/")[0] for link in links} == {"https://dialoog.oudenhove.example"}


def test_a_title_with_html_in_it_stays_text(box: Mailbox, cast: Cast) -> None:
    owe(cast, subject="<script>alert(1)</script> & zo")
    look(DUE)
    html = box.mails[0].get_body(("html",)).get_content()
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_everybody_is_mailed_in_their_own_language(box: Mailbox, cast: Cast) -> None:
    change(cast.ben, language="en")
    owe(cast)
    look(DUE)
    (english,), (dutch,) = box.to("ben@"), box.to("ada@")
    assert (english["Content-Language"], dutch["Content-Language"]) == ("en", "nl")
    assert 'lang="en"' in english.get_body(("html",)).get_content()
    assert "November 2026" in english.get_body(("plain",)).get_content()


def test_nobody_waits_for_the_mail_server(box: Mailbox, cast: Cast, app: Flask) -> None:
    owe(cast)
    seen: list[str] = []

    def write_meanwhile() -> None:
        with file_lock(app.extensions["dialogue"].settings.lock, seconds=0):
            seen.append("had the lock")

    box.while_receiving = write_meanwhile
    look(DUE)
    assert len(seen) == 2


def notices(*, state: NoticeState) -> list[Notice]:
    return list(db.session.scalars(select(Notice).where(Notice.state == state)))


def test_an_address_refused_for_good_is_not_tried_again_and_the_coordinator_sees_it(
    box: Mailbox, cast: Cast, pages: Any
) -> None:
    box.rcpt = lambda address: "550 no such user" if address.startswith("ben") else "250 OK"
    owe(cast)
    look(DUE)
    look(DUE, hour=20)
    assert box.tries.count("ben@oudenhove.example") == 1
    [failed] = notices(state=NoticeState.FAILED)
    assert (failed.staff_member_id, failed.trouble) == (cast.ben.id, "550 no such user")
    with at(DUE, 20):
        assert "550 no such user" in pages.as_(cast.cora).get("/desk/duties").text
        assert "550 no such user" not in pages.as_(cast.ada).get("/desk/duties").text


def test_a_busy_server_is_tried_again_and_the_others_have_their_mail_meanwhile(box: Mailbox, cast: Cast) -> None:
    box.rcpt = lambda address: "450 greylisted" if address.startswith("ada") else "250 OK"
    owe(cast)
    look(DUE)
    assert told(box) == [("ben", "Herinnering")]
    look(DUE)
    assert box.tries.count("ada@oudenhove.example") == 1  # not at once
    box.rcpt = lambda _address: "250 OK"
    look(DUE, hour=9)
    assert told(box) == [("ada", "Herinnering"), ("ben", "Herinnering")]


def test_a_server_that_is_away_loses_no_mail(box: Mailbox, app: Flask, cast: Cast) -> None:
    dialogue = app.extensions["dialogue"]
    good = dialogue.settings
    app.extensions["dialogue"] = replace(dialogue, settings=replace(good, smtp_url=f"smtp://127.0.0.1:{free_port()}"))
    owe(cast)
    look(DUE)
    assert len(notices(state=NoticeState.WAITING)) == 2
    app.extensions["dialogue"] = dialogue
    look(DUE, hour=11)
    assert told(box) == [("ada", "Herinnering"), ("ben", "Herinnering")]


def test_after_three_days_a_mail_is_given_up_and_shown(box: Mailbox, cast: Cast) -> None:
    box.data = lambda _address: "451 later"
    owe(cast)
    for days in range(5):
        look(DUE + timedelta(days=days))
    given_up = [notice for notice in notices(state=NoticeState.FAILED) if notice.kind == NoticeKind.REMINDER]
    assert {notice.trouble for notice in given_up} == {"451 later"}
    assert len(given_up) == 2


def test_a_line_that_broke_repeats_one_mail_with_the_same_id(box: Mailbox, cast: Cast) -> None:
    owe(cast)
    box.drops = 1
    look(DUE)
    look(DUE, hour=9)
    assert len(box.ids) == 3
    assert len(set(box.ids)) == 2


def test_what_was_done_meanwhile_is_not_mailed(box: Mailbox, cast: Cast) -> None:
    box.rcpt = lambda _address: "450 busy"
    owe(cast)
    look(DUE)
    with writing():
        services.keep("test", "decision", "signal:1")
    box.rcpt = lambda _address: "250 OK"
    look(DUE, hour=9)
    assert box.mails == []
    assert len(notices(state=NoticeState.NEEDLESS)) == 2


def test_a_row_of_the_outbox_that_went_missing_is_asked_for_again(box: Mailbox, cast: Cast) -> None:
    box.rcpt = lambda _address: "450 busy"
    owe(cast)
    look(DUE)
    with writing() as session:
        session.query(Outbox).delete()
    box.rcpt = lambda _address: "250 OK"
    look(DUE, hour=9)
    assert len(box.mails) == 2


def test_without_a_mail_server_nothing_is_planned(app: Flask, box: Mailbox, cast: Cast, pages: Any) -> None:
    dialogue = app.extensions["dialogue"]
    app.extensions["dialogue"] = replace(dialogue, settings=replace(dialogue.settings, smtp_url="", mail_from=""))
    owe(cast)
    look(DUE)
    assert db.session.scalars(select(Notice)).all() == []
    with at(DUE):
        assert "geen mailserver ingesteld" in pages.as_(cast.ben).get("/desk/duties").text


def test_somebody_who_never_chose_a_password_is_not_mailed(box: Mailbox, cast: Cast) -> None:
    change(cast.ben, password_hash="!")
    owe(cast)
    look(DUE)
    assert told(box) == [("ada", "Herinnering")]


def test_one_person_with_two_roles_gets_one_mail(box: Mailbox, cast: Cast) -> None:
    from dialogue.shared.actor import Role

    both = a_staff_member(cast.town, "Mo", (Role.MAKER, cast.youth), (Role.DECIDER, cast.youth))
    change(cast.cleo, disabled_at=datetime(2026, 11, 1, tzinfo=CALENDAR))
    owe(cast, department_id=cast.youth.id)
    look(DUE)
    assert told(box) == [("mo", "Herinnering")]
    assert both.email == "mo@oudenhove.example"


def test_the_jobs_know_of_mail() -> None:
    assert duty_jobs.notice_duties in jobs.AT_EVERY_LOOK
    assert jobs.WHEN_ASKED[duty_jobs.MAIL] is duty_jobs.send_mail


def test_pauses_grow_differ_and_never_pass_an_hour() -> None:
    assert pause(1) < pause(4) < pause(9) <= timedelta(hours=1)
    assert pause(10_000) <= timedelta(hours=1)
    assert len({pause(8) for _ in range(20)}) > 1


def test_check_says_when_mail_cannot_be_sent(app: Flask, box: Mailbox, cast: Cast) -> None:
    from dialogue.health_check import _mail

    dialogue = app.extensions["dialogue"]
    assert list(_mail(dialogue)) == []
    away = replace(dialogue, settings=replace(dialogue.settings, smtp_url=f"smtp://127.0.0.1:{free_port()}"))
    assert "No mail can be sent" in next(iter(_mail(away)))
