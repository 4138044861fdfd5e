"""A mail that was taken and comes back later: the coordinator gets it in that person's place."""

from datetime import timedelta

from flask import Flask

from dialogue.duties.models import NoticeState
from tests.builders import Cast
from tests.duties.mailbox import Mailbox
from tests.duties.notices.looking import DUE, at, owe, told
from tests.duties.notices.test_refused import all_to, send_all, states
from tests.duties.test_bounces import OURS, POSTFIX
from tests.pages import Pages


def come_back(app: Flask, message_id: str, days: int = 1) -> str:
    """What the command says of this mail, that many days later."""
    with at(DUE + timedelta(days=days)):
        done = app.test_cli_runner().invoke(args=["bounced"], input=POSTFIX.replace(OURS, message_id))
    assert done.exit_code == 0, done.output
    return done.output


def ben_is_mailed(box: Mailbox, cast: Cast) -> str:
    owe(cast)
    send_all(DUE)
    return str(box.to("ben@")[0]["Message-ID"])


def test_the_coordinator_gets_it_once_and_reads_whom_it_did_not_reach(app: Flask, box: Mailbox, cast: Cast) -> None:
    message_id = ben_is_mailed(box, cast)
    assert "Did not reach ben@oudenhove.example: 550 5.1.1" in come_back(app, message_id)
    assert states("Ben") == [NoticeState.FAILED]
    send_all(DUE + timedelta(days=1))
    assert "Deze mail kwam niet aan bij Ben (ben@oudenhove.example)." in all_to(box, "cora")
    assert "nothing was done" in come_back(app, message_id)
    before = len(told(box))
    send_all(DUE + timedelta(days=1))
    assert len(told(box)) == before


def test_the_page_of_duties_says_which_address_and_why(app: Flask, box: Mailbox, cast: Cast, pages: Pages) -> None:
    come_back(app, ben_is_mailed(box, cast))
    with at(DUE + timedelta(days=1)):
        page = pages.as_(cast.cora).get("/desk/duties")
    assert "ben@oudenhove.example" in page.text
    assert "User unknown" in page.text


def test_a_mail_that_is_not_ours_or_long_ago_changes_nothing(app: Flask, box: Mailbox, cast: Cast) -> None:
    message_id = ben_is_mailed(box, cast)
    assert "no mail of ours" in come_back(app, "<other@dialoog.oudenhove.example>")
    assert "no mail of ours" in come_back(app, message_id, days=40)
    assert states("Ben") == [NoticeState.SENT]


def test_what_is_no_notice_is_said_to_be_none_and_never_sent_back(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["bounced"], input="Subject: Re: Herinnering\n\nIk ben met vakantie.")
    assert done.exit_code == 0
    assert "nothing was done" in done.output
