"""Who is mailed about duties, in which language, and what the mail says."""

import re
from datetime import date, datetime, timedelta

from dialogue.duties.models import DutyWishes
from dialogue.shared.clock import CALENDAR
from tests.builders import Cast, a_staff_member, change, save
from tests.duties.mailbox import Mailbox
from tests.duties.notices.looking import DUE, look, owe, told


def test_makers_and_deciders_of_the_department_are_reminded_once(box: Mailbox, cast: Cast) -> None:
    owe(cast)
    look(DUE - timedelta(days=2))
    assert box.mails == []
    look(DUE, hour=8)
    look(DUE, hour=9)
    assert told(box) == [("ada", "Herinnering"), ("ben", "Herinnering")]
    assert len(set(box.ids)) == 2


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
    words = english.get_body(("plain",)).get_content()
    assert "November 2026" in words
    assert "All your duties: http" in words


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
