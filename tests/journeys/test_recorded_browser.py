"""A question that somebody read aloud: recorded in the browser, heard by a child before any voice of its device."""

import pytest
from playwright.sync_api import Page

from dialogue.consultations import round_services
from dialogue.consultations.models import Consultation, State
from dialogue.shared.database import writing
from tests.builders import Cast, a_choice, a_consultation, a_place, actor_of
from tests.consultations.recording import record
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live
from tests.journeys.hearing import hears, listening, speaker

pytestmark = pytest.mark.journey
FOUR_WORDS = "Met deze vier woorden zie je later wat er met jouw antwoord gebeurde. Niemand weet dat ze van jou zijn."
FIRST = ["q1/question", "q1/a", "Onveilig", "q1/c", "q1/d", "unsure"]  # nobody recorded the second answer


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


def phone(live: Live, band: str, *, voices: str = "nl-NL", language: str = "") -> Page:
    """A phone at the first question, with voices of its own or none; the page around it in this language."""
    page = live.browser_page()
    page.add_init_script(listening(voices))
    page.goto(f"{live.url}/p/7KQM93/NAARSC/{band}/nl{language and f'?lang={language}'}")
    page.wait_for_load_state("networkidle")
    return page


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
    hears(page, *FIRST)
    page.locator("[data-next]").click()
    second = ["q2/question", "q2/a", "Onveilig", "Veilig", "Heel veilig", "unsure"]
    hears(page, *FIRST, *second)


def test_another_tap_silences_what_was_read(live: Live, consultation: Consultation) -> None:
    page = phone(live, "A")
    page.evaluate("forever = true")
    speaker(page, "legend")
    speaker(page, ".option:has(#q1-d)")
    speaker(page, ".option:has(#q1-b)")
    speaker(page, ".option:has(#q1-c)")
    hears(page, "q1/question", "q1/d", "Onveilig", "q1/c")
    page.locator("[data-skip]").click()
    hears(page, "q1/question", "q1/d", "Onveilig", "q1/c", "q2/question")


def test_what_was_silenced_in_the_middle_does_not_go_on(live: Live, consultation: Consultation) -> None:
    page = phone(live, "A")
    page.evaluate("forever = 'Onveilig'")
    speaker(page, "legend")
    hears(page, *FIRST[:3])
    speaker(page, ".option:has(#q1-d)")
    hears(page, *FIRST[:3], "q1/d")
    page.wait_for_timeout(300)
    hears(page, *FIRST[:3], "q1/d")


def test_a_recording_that_was_still_coming_is_not_said_over_the_next(live: Live, consultation: Consultation) -> None:
    page = phone(live, "B")
    page.route("**/q1/question", lambda _route: None)  # it never comes
    speaker(page, "legend")
    speaker(page, ".option:has(#q1-c)")
    speaker(page, ".option:has(#q1-d)")
    hears(page, "q1/question", "q1/c", "q1/d")


def test_who_goes_on_is_not_followed_by_what_was_read(live: Live, consultation: Consultation) -> None:
    page = phone(live, "B")
    page.evaluate("forever = true")
    speaker(page, ".option:has(#q1-b)")
    hears(page, "Onveilig")
    page.locator("[data-skip]").click()
    assert page.evaluate("sounds") == ""


@pytest.mark.parametrize("trouble", ["lost", "refused", "broken"])
def test_a_recording_that_does_not_come_is_said_by_the_device(
    live: Live, consultation: Consultation, trouble: str
) -> None:
    page = phone(live, "B")
    if trouble == "lost":
        page.route("**/sounds/**", lambda route: route.abort())
    page.evaluate("(trouble) => { window.forever = trouble === 'broken'; window.trouble = trouble; }", trouble)
    speaker(page, "legend")
    hears(page, "q1/question", "Hoe veilig of onveilig is je weg naar school?")


def test_the_youngest_hear_the_pages_around_the_questions_too(live: Live, consultation: Consultation) -> None:
    page = phone(live, "A")
    speaker(page, "legend")
    hears(page, *FIRST)
    page.evaluate("forever = true")
    page.locator("[data-skip]").click()
    page.evaluate("Object.assign(window, { heard: [], forever: false })")
    page.locator("[data-skip]").click()
    before = ["Klaar?", "Dan sturen we jouw antwoorden op. We weten niet wie je bent."]
    hears(page, *before)
    page.locator("[data-send]").click()
    hears(page, *before, "Dankjewel! Je stem is op weg.", FOUR_WORDS)


def test_an_answer_that_is_tapped_again_is_heard_again(live: Live, consultation: Consultation) -> None:
    page = phone(live, "B")
    speaker(page, "legend")
    hears(page, "q1/question")
    for _tap in range(2):
        page.locator("label[for=q1-c]").click()
    hears(page, "q1/question", "q1/c", "q1/c")


def test_what_stands_around_the_questions_has_a_voice_of_its_own_language(
    live: Live, consultation: Consultation
) -> None:
    page = phone(live, "A", voices="nl-NL ar-EG", language="ar")
    speaker(page, "legend")
    hears(page, *FIRST[:-1], "لا أعرف")


def test_a_device_without_a_voice_plays_what_was_recorded_and_offers_no_more(
    live: Live, consultation: Consultation
) -> None:
    page = phone(live, "A", voices="")
    assert page.locator(".now .option:has(#q1-b) .speak").count() == 0
    speaker(page, "legend")
    hears(page, "q1/question", "q1/a", "q1/c", "q1/d", "unsure")


def test_a_tablet_plays_it_without_a_connection(live: Live, consultation: Consultation) -> None:
    page = live.browser_page(820, 1180)
    page.add_init_script(listening(""))
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
