"""Four words on a phone, with and without script: what a child thinks of an answer, and taking back what it said."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from dialogue.answering.models import Contribution, Erasure, Response
from dialogue.answering.receipt import key, tag
from dialogue.feedback.reaction_models import Opinion, Reaction
from dialogue.shared.database import db
from tests.builders import Cast, a_consultation, a_contribution, a_decision, a_signal, responses
from tests.feedback.reactions import FOUR_WORDS, opened_by
from tests.feedback.telling import a_message
from tests.journeys.conftest import Live
from tests.journeys.staff import looks_well

pytestmark = pytest.mark.journey


@pytest.fixture
def told(live: Live, cast: Cast) -> None:
    """Answers and words that these four words open, and what the municipality said to them."""
    asked, pepper = a_consultation(cast.mobility), live.app.extensions["dialogue"].keys.pepper
    [response] = responses(asked, 1)
    master = opened_by(live.app, FOUR_WORDS, response)
    words = a_contribution(asked, tag=tag(pepper, "said", key(master, "said/0")))
    a_message(cast, a_decision(a_signal(asked, "De auto's rijden te snel.", words), cast.ben))
    db.session.remove()


@pytest.mark.parametrize("js", [True, False])
def test_a_child_says_what_it_thinks_and_takes_back_what_it_said(live: Live, told: None, js: bool) -> None:
    page = live.browser_page(390, 844, js=js)
    page.goto(f"{live.url}/r")
    page.get_by_label("Mijn vier woorden").fill(FOUR_WORDS)
    page.get_by_role("button", name="Kijk", exact=True).click()
    no = page.locator("button[name=react][value$='|no']")
    no.click()
    expect(page.get_by_text("Dankjewel, dat is bewaard.")).to_be_visible()
    expect(no).to_have_attribute("aria-pressed", "true")
    looks_well(page, js=js)
    assert db.session.scalars(select(Reaction.opinion)).all() == [Opinion.NO]

    page.get_by_role("button", name="Neem mijn antwoord terug").click()
    expect(page.get_by_text("samen met antwoorden van anderen")).to_be_visible()
    looks_well(page, js=js)
    page.get_by_role("button", name="Ja, neem het terug").click()
    expect(page.get_by_text("Je vroeg ons je antwoord weg te doen.")).to_be_visible()
    expect(page.get_by_role("button", name="Neem mijn antwoord terug")).to_have_count(0)
    looks_well(page, js=js)
    assert page.url == (f"{live.url}/r" if js else f"{live.url}/r/take-back/yes")
    db.session.rollback()
    assert len(db.session.scalars(select(Erasure)).all()) == 2
    assert len(db.session.scalars(select(Response)).all()) == len(db.session.scalars(select(Contribution)).all()) == 1
