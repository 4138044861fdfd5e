"""From a late duty to children who say no: mailed, proposed, decided, told, reacted to, and put before the town again.

Ben's mail opens the signal on his telephone; Ada makes the note to the college and Cora notes what it decided; Ada
tells it; two children open their receipts, one without script, and react; most of ten say no, and Cora reopens it.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from dialogue import jobs
from dialogue.decisions.queries import current_decision
from dialogue.duties import jobs as duty_jobs
from dialogue.duties.services import owe
from dialogue.feedback.queries import message_for
from dialogue.feedback.reaction_models import Asked, Opinion, Reaction, Review
from dialogue.feedback.reactions import react
from dialogue.ledger.queries import verify
from dialogue.people import devices
from dialogue.people.models import StaffMember
from dialogue.shared.clock import CALENDAR, pinned, today
from dialogue.shared.database import db, writing
from dialogue.shared.settings import Settings
from dialogue.signals.models import Signal
from tests.builders import Cast, responses
from tests.decisions.heard import a_heard_signal
from tests.duties.mailbox import Mailbox, served
from tests.feedback.reactions import opened_by
from tests.journeys.answering_back import (
    TITLE,
    child_says_no,
    everybody_reads,
    note_to_the_college,
    propose,
    reopen,
    tell,
    the_college_decided,
)
from tests.journeys.conftest import Live
from tests.journeys.staff import SIZES, sign_in

pytestmark = pytest.mark.journey
WORDS = ("robot banaan tulp kasteel", "ballon sneeuw draak kompas")
CHILDREN = 10


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def settings(settings: Settings, box: Mailbox) -> Iterator[Settings]:
    """With a mail server."""
    with served(box) as address:
        yield replace(settings, smtp_url=f"smtp://{address}", mail_from="dialogue@oudenhove.example")
    duty_jobs._looked_on.clear()


@pytest.fixture
def signal(live: Live, cast: Cast) -> Signal:
    """What many said, answered too late; two of the ten children know their four words."""
    signal = a_heard_signal(cast.mobility, TITLE)
    about: dict[str, Any] = {"municipality_id": cast.town.id, "department_id": cast.mobility.id, "subject": TITLE}
    with writing():
        owe("test", "decision", f"signal:{signal.id}", due=today() - timedelta(days=10), **about)
    for words, response in zip(WORDS, responses(signal.consultation, CHILDREN), strict=False):
        opened_by(live.app, words, response)
    db.session.rollback()
    return signal


@SIZES
def test_a_late_duty_becomes_an_answer_that_children_hear_and_send_back(
    live: Live, cast: Cast, box: Mailbox, signal: Signal, tmp_path: Path, width: int, height: int
) -> None:
    link = mailed(live, cast.ben, box)
    propose(remembered(live, cast.ben, width, height), link)

    ada = sign_in(live, cast.ada, f"/desk/decisions/notes?signal={signal.id}", width, height)
    note_to_the_college(ada, tmp_path / "nota.docx")
    cora = sign_in(live, cast.cora, "/desk/decisions/notes", width, height)
    the_college_decided(cora)

    tell(live, ada)
    db.session.rollback()
    decision = current_decision(signal.id)
    assert decision
    message = message_for(decision.id)
    assert message
    for words, js in zip(WORDS, (True, False), strict=True):
        child_says_no(live, words, width, height, js=js)
    for _ in range(CHILDREN - len(WORDS)):
        react(secrets.token_bytes(32), message.id, Asked.ANSWER, Opinion.NO)
    assert db.session.scalars(select(Reaction.opinion)).all() == [Opinion.NO] * CHILDREN
    jobs.run_all()

    everybody_reads(live, signal, width, height, "De gemeente kijkt of ze opnieuw beslist.")
    reopen(live, cora)
    everybody_reads(
        live,
        signal,
        width,
        height,
        "De gemeente beslist opnieuw",
        "Jullie hebben gelijk.",
        "Je hoort het op",
    )
    db.session.rollback()
    assert db.session.scalars(select(Review)).one().verdict
    assert verify() is None


def mailed(live: Live, person: StaffMember, box: Mailbox) -> str:
    """The link to the decision in the mail of last Monday morning."""
    monday = today() - timedelta(days=today().weekday())
    with pinned(datetime(monday.year, monday.month, monday.day, 8, tzinfo=CALENDAR)):
        jobs.run_all()
    [mail] = box.to(person.email)
    body = mail.get_body(("plain",))
    assert body
    text = body.get_content()
    assert "dagen te laat" in text
    found = re.search(re.escape(live.url) + r"/open/\S+", text)
    assert found
    return found[0]


def remembered(live: Live, person: StaffMember, width: int, height: int) -> Page:
    """A page on a device that this person is remembered on."""
    with writing():
        token = devices.remember("command", person, "Mijn telefoon")
    page = live.browser_page(width, height)
    page.context.add_cookies([{"name": devices.cookie_name(), "value": token, "url": live.url}])
    return page
