"""A maker reads questions aloud in the browser, and listens to them: one at a time."""

import pytest
from playwright.sync_api import Page, expect

from dialogue.consultations.models import Consultation, State
from tests.builders import Cast, a_consultation
from tests.consultations.recording import record
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live
from tests.journeys.staff import HUM, SIZES, sign_in

pytestmark = pytest.mark.journey


def at_reading_aloud(live: Live, cast: Cast, consultation: Consultation, width: int = 390, height: int = 844) -> Page:
    return sign_in(live, cast.ada, f"/desk/consultations/{consultation.id}/sounds/B", width, height, before=HUM)


@SIZES
def test_a_maker_reads_a_text_aloud_with_two_taps(live: Live, cast: Cast, width: int, height: int) -> None:
    consultation = a_consultation(cast.mobility, state=State.DRAFT)
    page = at_reading_aloud(live, cast, consultation, width, height)
    expect(page.get_by_text("0 van 7 ingesproken")).to_be_visible()
    assert_clean(page)
    page.get_by_role("button", name="Neem op: Heel onveilig").click()
    expect(page.get_by_text("Je neemt op. Lees rustig voor.")).to_be_visible()
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Stop en bewaar").click()
    expect(page.get_by_text("Bewaard. Luister nog eens.")).to_be_visible()
    expect(page.get_by_text("1 van 7 ingesproken")).to_be_visible()
    page.locator("#q1-a").get_by_role("button", name="Luister").click()
    expect(page.locator("#q1-a").get_by_role("button", name="Stop", exact=True)).to_be_visible()
    assert_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_who_listens_to_another_one_silences_the_first(live: Live, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, state=State.DRAFT)
    record(cast.ada, consultation, "q1/question", "q1/a")
    page = at_reading_aloud(live, cast, consultation)
    page.evaluate("for (const audio of document.querySelectorAll('audio')) audio.loop = true")
    buttons = [page.locator(f"#q1-{text}").locator("[data-listen]") for text in ("question", "a")]
    for one, other in (buttons, buttons[::-1]):
        one.click()
        expect(one).to_have_text("Stop")
        expect(other).to_have_text("Luister")
        assert page.evaluate("[...document.querySelectorAll('audio')].filter((audio) => !audio.paused).length") == 1
