"""An address that the mail server refuses: the coordinator sees it, and gets the mail in that person's place."""

from datetime import date, timedelta

from sqlalchemy import select

from dialogue.duties.models import Notice, NoticeState
from dialogue.shared.database import db
from tests.builders import Cast, a_staff_member
from tests.duties.mailbox import Mailbox
from tests.duties.notices.looking import DUE, at, look, owe, told
from tests.pages import Pages


def refuse(box: Mailbox, *people: str) -> None:
    """Let the mail server know these names no more."""
    box.rcpt = lambda address: "550 no such user" if address.partition("@")[0] in people else "250 OK"


def all_to(box: Mailbox, name: str) -> str:
    return "".join(mail.get_body(("plain",)).get_content() for mail in box.to(name))


def send_all(day: date) -> None:
    """What the jobs do that day until nothing waits."""
    for _look in range(4):
        look(day)


def states(name: str) -> list[NoticeState]:
    db.session.rollback()
    found = db.session.scalars(select(Notice).order_by(Notice.id))
    return [one.state for one in found if one.staff_member.name == name]


def test_the_coordinator_gets_it_once_and_reads_whom_it_did_not_reach(box: Mailbox, cast: Cast) -> None:
    owe(cast)
    refuse(box, "ben")
    send_all(DUE)
    assert told(box) == [("ada", "Herinnering"), ("cora", "Herinnering")]
    assert "Deze mail kwam niet aan bij Ben (ben@oudenhove.example). Daarom krijg jij hem." in all_to(box, "cora")
    assert "De auto's rijden te snel." in all_to(box, "cora")
    assert "kwam niet aan" not in all_to(box, "ada")


def test_what_the_coordinator_was_mailed_already_does_not_hide_it_nor_call_it_late(box: Mailbox, cast: Cast) -> None:
    owe(cast, "decision:9", kind="follow_up_6", department_id=None, subject="Vertel het opnieuw")
    owe(cast)
    refuse(box, "ben")
    send_all(DUE)
    assert {subject for name, subject in told(box) if name == "cora"} <= {"Herinnering", "Deze week"}  # never: late
    assert "De auto's rijden te snel." in all_to(box, "cora")


def test_a_digest_that_was_sent_already_does_not_hide_it(box: Mailbox, cast: Cast) -> None:
    monday = date(2026, 11, 16)
    owe(cast, "decision:9", kind="follow_up_6", department_id=None, subject="Nog eens", due=monday + timedelta(days=60))
    owe(cast, due=monday + timedelta(days=60))
    refuse(box, "ben", "ada")
    look(monday - timedelta(days=1))
    send_all(monday)
    subjects = [subject for name, subject in told(box) if name == "cora"]
    assert "Deze week" in subjects
    assert "De auto's rijden te snel." in all_to(box, "cora")


def test_two_coordinators_whom_nothing_reaches_do_not_pass_it_on_for_ever(box: Mailbox, cast: Cast) -> None:
    owe(cast)
    a_staff_member(cast.town, "Carl", *[(m.role, None) for m in cast.cora.memberships])
    refuse(box, "ben", "cora", "carl")
    send_all(DUE)
    assert states("Cora") == [NoticeState.FAILED]
    assert states("Carl") == [NoticeState.FAILED]
    assert told(box) == [("ada", "Herinnering")]


def test_the_page_of_duties_says_who_gets_it_instead(box: Mailbox, cast: Cast, pages: Pages) -> None:
    owe(cast)
    refuse(box, "ben")
    send_all(DUE)
    with at(DUE):
        page = pages.as_(cast.cora).get("/desk/duties")
    assert "ben@oudenhove.example" in page.text
    assert "De coördinatoren krijgen hem in hun plaats." in page.text


def test_what_the_other_coordinator_knows_is_not_said_twice(box: Mailbox, cast: Cast) -> None:
    a_staff_member(cast.town, "Carl", *[(m.role, None) for m in cast.cora.memberships])
    owe(cast, due=date(2026, 11, 17))
    refuse(box, "cora")
    look(date(2026, 11, 17))
    box.mails.clear()
    send_all(date(2026, 11, 18))
    assert told(box) == [("carl", "Te laat")]
