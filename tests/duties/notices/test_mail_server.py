"""What happens to mail about duties when the mail server does not want it, is slow, away or not there."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from dialogue import jobs
from dialogue.duties import jobs as duty_jobs
from dialogue.duties import services
from dialogue.duties.models import Notice, NoticeKind, NoticeState
from dialogue.shared.database import db, writing
from dialogue.shared.models import Outbox
from dialogue.shared.outbox import pause
from dialogue.shared.sqlite import file_lock
from tests.builders import Cast
from tests.duties.mailbox import Mailbox, free_port
from tests.duties.notices.looking import DUE, at, look, notices, owe, told


def test_nobody_waits_for_the_mail_server(box: Mailbox, cast: Cast, app: Flask) -> None:
    owe(cast)
    seen: list[str] = []

    def write_meanwhile() -> None:
        with file_lock(app.extensions["dialogue"].settings.lock, seconds=0):
            seen.append("had the lock")

    box.while_receiving = write_meanwhile
    look(DUE)
    assert len(seen) == 2


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
