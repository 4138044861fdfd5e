"""One more question in a real browser: asked by the department, answered behind four words with and without script."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from dialogue.feedback.follow_up_models import FollowUpAnswer, FollowUpLetter
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.signals.follow_up_models import FollowUpQuestion
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_signal, responses
from tests.feedback.follow_ups import a_question
from tests.feedback.reactions import FOUR_WORDS, opened_by
from tests.journeys.conftest import Live
from tests.journeys.staff import SIZES, is_good, looks_well, sign_in

pytestmark = pytest.mark.journey


@pytest.fixture
def heard(live: Live, cast: Cast) -> Signal:
    """A signal with one answer, which these four words open."""
    asked = a_consultation(cast.mobility)
    [response] = responses(asked, 1)
    opened_by(live.app, FOUR_WORDS, response)
    return a_signal(asked, "De auto's rijden te snel.")


@SIZES
def test_a_department_sees_the_question_as_a_child_does_and_asks_it(
    live: Live, cast: Cast, heard: Signal, width: int, height: int
) -> None:
    page = sign_in(live, cast.ada, f"/desk/signals/{heard.id}", width, height)
    page.get_by_role("link", name="Nog iets vragen").click()
    is_good(page)
    dutch = page.get_by_role("group", name="Nederlands")
    dutch.get_by_label("Vraag").fill("Wat helpt het meest?")
    dutch.get_by_label("Antwoord 1").fill("Een zebrapad")
    dutch.get_by_label("Antwoord 2").fill("Een drempel")
    expect(page.get_by_role("region", name="Zo ziet een kind het")).to_contain_text("Een drempel")
    page.get_by_label("Tot en met welke dag").fill(str(today() + timedelta(days=9)))
    is_good(page)
    page.get_by_role("button", name="Stel deze vraag").click()
    expect(page.get_by_text("De vraag is gesteld.")).to_be_visible()
    is_good(page)
    page.get_by_role("button", name="Sluit deze vraag nu").click()
    expect(page.get_by_text("De vraag is gesloten.")).to_be_visible()
    db.session.rollback()
    [question] = db.session.scalars(select(FollowUpQuestion))
    assert question.closed_by_id == cast.ada.id


@SIZES
def test_a_department_asks_for_own_words_and_finds_the_question_back(
    live: Live, cast: Cast, heard: Signal, width: int, height: int
) -> None:
    page = sign_in(live, cast.ada, f"/desk/signals/{heard.id}/questions", width, height)
    page.get_by_label("Ze schrijven zelf").check()
    dutch = page.get_by_role("group", name="Nederlands")
    expect(dutch.get_by_label("Antwoord 1")).to_be_hidden()
    dutch.get_by_label("Vraag").fill("Waar is het gevaarlijk?")
    expect(page.get_by_role("region", name="Zo ziet een kind het")).to_contain_text("Kinderen schrijven zelf")
    is_good(page)
    page.get_by_role("button", name="Stel deze vraag").click()
    expect(page.get_by_text("De vraag is gesteld.")).to_be_visible()
    page.goto(f"{live.url}/desk/messages")
    is_good(page)
    page.get_by_role("link", name="Waar is het gevaarlijk?").click()
    expect(page.get_by_role("region", name="Waar is het gevaarlijk?")).to_be_visible()


@pytest.mark.parametrize("js", [True, False])
def test_a_child_answers_and_chooses_again(live: Live, cast: Cast, heard: Signal, js: bool) -> None:
    a_question(heard, cast)
    db.session.remove()
    page = live.browser_page(390, 844, js=js)
    page.goto(f"{live.url}/r")
    page.get_by_label("Mijn vier woorden").fill(FOUR_WORDS)
    page.get_by_role("button", name="Kijk", exact=True).click()
    looks_well(page, js=js)
    for words in ("Een zebrapad", "Weet ik niet"):
        _choose(page, words)
        looks_well(page, js=js)
    db.session.rollback()
    assert db.session.scalars(select(FollowUpAnswer.option)).all() == ["?"]
    assert page.url.partition("#")[0] == (f"{live.url}/r" if js else f"{live.url}/r/follow-up")


@pytest.mark.parametrize("js", [True, False])
def test_a_child_writes_and_is_helped_before_and_after(live: Live, cast: Cast, heard: Signal, js: bool) -> None:
    a_question(heard, cast, options={}, own_words=True)
    db.session.remove()
    page = live.browser_page(390, 844, js=js)
    page.goto(f"{live.url}/r")
    page.get_by_label("Mijn vier woorden").fill(FOUR_WORDS)
    page.get_by_role("button", name="Kijk", exact=True).click()
    box = page.get_by_label("Wat helpt het meest?")
    expect(page.get_by_text("dus we kunnen je niet bereiken")).to_be_visible()
    box.fill("Ik heet Noor Peeters en papa slaat mij")
    if js:
        expect(page.locator("mark", has_text="Noor Peeters")).to_be_visible()
        expect(page.get_by_text("Je bent niet alleen.")).to_be_visible()
    looks_well(page, js=js)
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("wat je schreef is bewaard")).to_be_visible()
    expect(page.get_by_text("Je bent niet alleen.")).to_be_visible()
    looks_well(page, js=js)
    db.session.rollback()
    assert len(db.session.scalars(select(FollowUpLetter.tag)).all()) == 1


def _choose(page: Page, words: str) -> None:
    button = page.get_by_role("button", name=words)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Dankjewel, dat is bewaard.")).to_be_visible()
