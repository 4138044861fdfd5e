"""A message in a class: recorded by who writes it, heard with one tap, and seen large, one at a time."""

import pytest
from playwright.sync_api import expect

from dialogue.decisions.models import Decision
from dialogue.feedback.editions import save_text
from dialogue.feedback.services import publish
from dialogue.feedback.sounds import choose_picture, keep_sound
from dialogue.feedback.versions import Version
from dialogue.shared.database import writing
from dialogue.shared.sounds import checked_sound
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of
from tests.feedback.telling import PARTS, see_all
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live
from tests.journeys.staff import HUM, SIZES, is_good, sign_in
from tests.web.sounds import MP3

pytestmark = pytest.mark.journey
NL, YOUNGEST = Version("", "nl"), Version("A", "nl")
REFUSE = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); };"


@pytest.fixture
def decision(cast: Cast) -> Decision:
    """A message that was told, with a picture and a sound for the youngest; another signal still waits."""
    consultation = a_consultation(cast.mobility)
    decision, ada = a_decision(a_signal(consultation), cast.ben), actor_of(cast.ada)
    a_signal(consultation, "Zet elke dag iemand aan het zebrapad.")
    sound = checked_sound(MP3.read_bytes(), "bericht.mp3")
    with writing():
        save_text(ada, decision, NL, PARTS)
        save_text(ada, decision, YOUNGEST, {"we_decided": "De straat blijft open."})
        choose_picture(ada, decision, YOUNGEST, "bus")
        keep_sound(ada, decision, YOUNGEST, sound)
        see_all(ada, decision)
        publish(ada, decision)
    return decision


@SIZES
def test_a_class_sees_one_message_at_a_time_and_hears_it_with_one_tap(
    live: Live, decision: Decision, width: int, height: int
) -> None:
    code = decision.answers[0].signal.consultation.code
    page = live.browser_page(width, height)
    page.goto(f"{live.url}/m/oudenhove/c/{code}/screen")
    expect(page.get_by_role("heading", level=2)).to_have_text("Wat gebeurde er met jullie stem?")
    assert_clean(page)
    page.get_by_role("link", name="4–6 jaar").click()
    page.wait_for_url("**age=A")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("De straat blijft open.")).to_be_visible()
    expect(page.get_by_role("heading", level=2)).to_have_count(1)
    page.get_by_role("button", name="Luister").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    assert not page.evaluate("document.querySelector('audio').paused")
    is_good(page)
    page.get_by_role("button", name="Volgende").click()
    assert page.evaluate("document.querySelector('audio').paused")
    expect(page.get_by_text("3 van 4")).to_be_visible()
    expect(page.get_by_text("Nog niet beslist.")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("De straat blijft open.")).to_be_visible()
    assert live.browser_page().context.cookies() == []


def test_without_script_all_stands_below_each_other(live: Live, decision: Decision) -> None:
    page = live.browser_page(js=False)
    page.goto(f"{live.url}/m/oudenhove/c/{decision.answers[0].signal.consultation.code}/screen?age=A")
    for words in ("De straat blijft open.", "Nog niet beslist."):
        expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator("audio")).to_be_visible()


@SIZES
def test_who_writes_records_it_in_the_browser(
    live: Live, cast: Cast, decision: Decision, width: int, height: int
) -> None:
    page = sign_in(live, cast.ada, f"/desk/messages/{decision.id}/media", width, height, before=REFUSE)
    page.get_by_role("button", name="Neem op").click()
    expect(page.get_by_text("Je gaf geen toegang tot de microfoon")).to_be_visible()
    is_good(page)
    page.evaluate(HUM)
    page.get_by_role("button", name="Neem op").click()
    expect(page.get_by_text("Je neemt op.")).to_be_visible()
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Stop met opnemen").click()
    expect(page.get_by_label("Wat je opnam")).to_be_visible()
    page.get_by_role("button", name="Bewaar dit geluid").click()
    expect(page.get_by_role("status").first).to_contain_text("Het geluid is bewaard")
    expect(page.get_by_role("button", name="Luister").first).to_be_visible()
