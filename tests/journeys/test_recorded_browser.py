"""A question that somebody read aloud: recorded in the browser, heard by a child before any voice of its device."""

import pytest
from playwright.sync_api import Page, expect

from dialogue.consultations import round_services
from dialogue.consultations.models import Consultation, State
from dialogue.shared.database import writing
from tests.builders import PASSWORD, Cast, a_choice, a_consultation, a_place, actor_of
from tests.consultations.recording import record
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
SIZES = [(390, 844), (1360, 860)]
# What is heard, in order: recordings by the end of their address, the voice of the device by what it says.
LISTEN = """
window.heard = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () { heard.push(this.src.split("/nl/")[1]); return play.call(this); };
const voices = [{lang: "nl-NL", localService: %s, name: "Stem"}];
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => voices, cancel() {}, addEventListener() {},
  speak: (words) => { heard.push(words.text); setTimeout(() => words.onend?.()); },
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
HUM = """navigator.mediaDevices.getUserMedia = async () => {
  const audio = new AudioContext(), tone = audio.createOscillator(), out = audio.createMediaStreamDestination();
  tone.connect(out); tone.start(); return out.stream; };"""


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    """Two questions, open; of the first, one answer was not recorded."""
    a_place(cast.town, code="7KQM93")
    items = [a_choice(), a_choice("q2", "Hoe veilig is het plein?", picture="park")]
    consultation = a_consultation(cast.mobility, state=State.DRAFT, bands="AB", items=items, code="NAARSC")
    texts = ["q1/question", "q1/a", "q1/c", "q1/d", "unsure", "q2/question", "q2/a"]
    for band in "AB":
        record(cast.ada, consultation, *texts, band=band)
    with writing():
        round_services.open_wave(actor_of(cast.ada), consultation.waves[0])
    return consultation


def phone(live: Live, band: str, *, voice: bool = True) -> Page:
    """A phone at the first question, with or without a voice of its own."""
    page = live.browser_page()
    page.add_init_script(LISTEN % ("true" if voice else "false"))
    page.goto(f"{live.url}/p/7KQM93/NAARSC/{band}/nl")
    page.wait_for_load_state("networkidle")
    return page


def hears(page: Page, *wanted: str) -> None:
    """Wait until just this was heard, in this order."""
    page.wait_for_function("(number) => heard.length >= number", arg=len(wanted))
    assert page.evaluate("heard") == list(wanted)


def speaker(page: Page, of: str) -> None:
    page.locator(f".now {of} .speak").click()


def test_the_recording_is_heard_and_the_voice_is_not(live: Live, consultation: Consultation) -> None:
    page = phone(live, "B")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert page.locator(".now .speak").count() == 6
    speaker(page, "legend")
    hears(page, "q1/question")
    speaker(page, ".option:has(#q1-c)")
    hears(page, "q1/question", "q1/c")
    assert {address.split("/nl/")[1] for address in asked} == {"q1/question", "q1/c"}  # nothing but what is played
    speaker(page, ".option:has(#q1-b)")  # nobody recorded this one
    hears(page, "q1/question", "q1/c", "Onveilig")
    assert_clean(page)


def test_the_youngest_hear_all_of_it_after_one_tap_and_the_next_question_by_itself(
    live: Live, consultation: Consultation
) -> None:
    page = phone(live, "A")
    with page.expect_response("**/nl/q2/question") as ahead:
        speaker(page, "legend")
    assert ahead.value.ok
    first = ["q1/question", "q1/a", "Onveilig", "q1/c", "q1/d", "unsure"]
    hears(page, *first)
    page.locator("[data-next]").click()
    second = ["q2/question", "q2/a", "Onveilig", "Veilig", "Heel veilig", "unsure"]
    hears(page, *first, *second)


def test_another_tap_silences_what_was_read(live: Live, consultation: Consultation) -> None:
    page = phone(live, "A")
    speaker(page, "legend")
    speaker(page, ".option:has(#q1-d)")
    page.wait_for_timeout(600)
    heard = page.evaluate("heard")
    assert heard[-1] == "q1/d"
    assert "unsure" not in heard


def test_a_recording_that_does_not_come_is_said_by_the_device(live: Live, consultation: Consultation) -> None:
    page = phone(live, "B")
    page.route("**/sounds/**", lambda route: route.abort())
    speaker(page, "legend")
    hears(page, "q1/question", "Hoe veilig of onveilig is je weg naar school?")


def test_a_device_without_a_voice_plays_what_was_recorded_and_offers_no_more(
    live: Live, consultation: Consultation
) -> None:
    page = phone(live, "A", voice=False)
    assert page.locator(".now .option:has(#q1-b) .speak").count() == 0
    speaker(page, "legend")
    hears(page, "q1/question", "q1/a", "q1/c", "q1/d", "unsure")


def test_a_tablet_plays_it_without_a_connection(live: Live, consultation: Consultation) -> None:
    page = live.browser_page(820, 1180)
    page.add_init_script(LISTEN % "false")
    page.goto(f"{live.url}/t/7KQM93")
    page.locator("html[data-ready]").wait_for(timeout=60_000)
    page.context.set_offline(True)
    page.locator("a[href$='/B/nl']").click()
    speaker(page, "legend")
    hears(page, "q1/question")
    page.evaluate(
        "fetch(document.querySelector('audio').src, {headers: {Range: 'bytes=4-7'}})"
        ".then(async (part) => { window.part = [part.status, (await part.arrayBuffer()).byteLength]; })"
    )
    page.wait_for_function("window.part")
    assert page.evaluate("part") == [206, 4]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_maker_reads_a_text_aloud_with_two_taps(live: Live, cast: Cast, width: int, height: int) -> None:
    consultation = a_consultation(cast.mobility, state=State.DRAFT)
    page = live.browser_page(width, height)
    page.add_init_script(HUM)
    page.goto(f"{live.url}/sign-in?next=/desk/consultations/{consultation.id}/sounds/B")
    page.get_by_label("E-mail").fill(cast.ada.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Meld aan").click()
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
