"""A child on a phone, in a real browser: few requests, nothing lost, nothing untrue said, nothing left behind."""

import base64
import io
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, Request, Route, expect

from dialogue.answering import entrance
from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.models import Letter
from dialogue.answering.queries import salt
from dialogue.answering.receipt import RESPONSE, SAID, derive, key, tag, word_list
from dialogue.consultations.models import Consultation, State
from dialogue.shared.database import db, writing
from tests.answering.sendings import letters
from tests.builders import Cast, a_choice, a_consultation, a_place, own_words
from tests.journeys.conftest import Live

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text()
SHEET = "/p/7KQM93/NAARSC/B/nl"
LOCAL_VOICE = """
window.spoken = [];
const voices = [{lang: "nl-NL", localService: %s, name: "Stem"}];
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => voices, speak: (words) => window.spoken.push(words.text), cancel() {}, addEventListener() {},
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    a_place(cast.town, code="7KQM93")
    items = [a_choice(), a_choice("q3", "Hoe veilig is het plein?", picture="park"), own_words()]
    return a_consultation(cast.mobility, "Hoe kom jij naar school?", bands="ABCD", items=items, code="NAARSC")


@pytest.fixture
def page(live: Live, consultation: Consultation) -> Page:
    return live.browser_page()


def answer(page: Page, address: str, words: str = "Meer bomen") -> None:
    """Open the page, answer the first question, skip the second, write something, and stop before sending."""
    page.goto(address)
    fill(page, words)


def fill(page: Page, words: str = "Meer bomen") -> None:
    page.locator("label[for=q1-c]").click()
    page.locator("[data-next]").click()
    page.locator("[data-skip]").click()
    page.locator("textarea").fill(words)
    page.locator("[data-next]").click()


def send(page: Page) -> None:
    page.locator("[data-send]").click()


def saved(page: Page) -> list[str]:
    """Wait until the page says that it is saved; the four words."""
    expect(page.locator("[data-saved]")).to_be_visible()
    return page.locator("#receipt .words li").all_inner_texts()


def stored(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("Object.fromEntries(Object.entries(localStorage))")
    return found


def bodies() -> list[dict[str, Any]]:
    return [unseal(installation_key(), letter.body, letter.tag) for letter in letters()]


def codes_in(picture: bytes) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


def test_three_requests_before_the_first_answer(live: Live, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(live.url).partition("?")[0]))
    page.goto(f"{live.url}/p/7KQM93")
    page.locator("a[href$='/B/nl']").click()
    page.wait_for_load_state("networkidle")
    assert set(asked) == {"/p/7KQM93", SHEET, "/static/js/answering-child.js"}  # the script once, then kept


def test_a_child_answers_and_its_words_never_leave_the_phone(live: Live, page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    answer(page, live.url + SHEET)
    send(page)
    words = saved(page)
    assert set(words) <= set(word_list("nl"))
    assert not [text for text in sent if any(f'"{word}"' in text or f"-{word}" in text for word in words)]
    [body] = bodies()
    assert body["answers"] == {"q1": "c"}
    assert [said["text"] for said in body["words"]] == ["Meer bomen"]


@pytest.mark.parametrize("secure", [True, False])
def test_the_four_words_open_the_answer_with_or_without_https(live: Live, page: Page, secure: bool) -> None:
    answer(page, (live.url if secure else live.plain_url) + SHEET)
    assert page.evaluate("[isSecureContext, Boolean(crypto.subtle)]") == [secure, secure]
    send(page)
    expect(page.locator("[data-saved]")).to_be_visible(timeout=60_000)
    master = derive(" ".join(saved(page)), salt())
    pepper = live.app.extensions["dialogue"].keys.pepper
    [letter] = letters()
    assert letter.tag == tag(pepper, RESPONSE, key(master, RESPONSE))
    [said] = bodies()[0]["words"]
    assert base64.urlsafe_b64decode(said["tag"]) == tag(pepper, SAID, key(master, f"{SAID}/0"))


def test_the_receipt_and_its_photo_can_be_scanned(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    send(page)
    expected = f"{live.url}/r#{'-'.join(saved(page))}"
    expect(page.locator("[data-qr] svg")).to_be_visible()
    assert codes_in(page.locator("#receipt").screenshot(scale="css")) == [expected]
    with page.expect_download() as download:
        page.locator("[data-photo]").click()
    assert codes_in(Path(download.value.path()).read_bytes()) == [expected]


def test_without_connection_the_phone_keeps_the_answer_and_sends_it_later(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_role("heading", name="Nog niet verstuurd: blijf op deze pagina")).to_be_visible()
    assert not page.locator("[data-saved]").is_visible()
    assert "Meer bomen" in str(stored(page))
    assert letters() == []
    page.context.set_offline(False)
    saved(page)
    assert stored(page) == {}
    assert len(letters()) == 1


def test_a_page_opened_again_still_sends_what_waits(live: Live, page: Page) -> None:
    page.route(live.url + SHEET, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    answer(page, live.url + SHEET)
    send(page)
    expect(page.locator("#waiting")).to_be_visible()
    page.unroute(live.url + SHEET)
    page.reload()
    saved(page)
    assert len(letters()) == 1
    assert stored(page) == {}


@pytest.mark.parametrize(
    "portal",
    [
        {"status": 200, "content_type": "text/html", "body": "<h1>Welkom op de wifi</h1>"},
        {"status": 200, "json": {"saved": "0" * 64}},
        {"status": 503, "json": {"error": "vol"}},
        {"status": 404, "content_type": "text/html", "body": "weg"},
    ],
)
def test_an_answer_of_anyone_else_is_never_taken_for_saved(live: Live, page: Page, portal: dict[str, Any]) -> None:
    def pretend(route: Route) -> None:
        route.fulfill(**portal) if route.request.method == "POST" else route.continue_()

    page.route(live.url + SHEET, pretend)
    answer(page, live.url + SHEET)
    send(page)
    expect(page.locator("#waiting")).to_be_visible()
    assert not page.locator("[data-saved]").is_visible()
    page.unroute(live.url + SHEET)
    page.locator("[data-again]").click()
    saved(page)
    assert len(letters()) == 1


def test_an_acknowledgement_that_got_lost_makes_no_second_answer(live: Live, page: Page) -> None:
    lost: list[Request] = []

    def lose_once(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.request)
        route.fetch()
        return route.abort()

    page.route(live.url + SHEET, lose_once)
    answer(page, live.url + SHEET)
    send(page)
    saved(page)
    assert len(lost) == 1
    assert len(letters()) == 1


def test_a_receipt_that_is_taken_is_replaced_and_sent_again(live: Live, page: Page) -> None:
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if route.request.method != "POST" or refused:
            return route.continue_()
        refused.append(route.request.post_data_json["key"])
        return route.fulfill(status=422, json={"error": "Al gebruikt.", "code": "conflict"})

    page.route(live.url + SHEET, refuse_once)
    answer(page, live.url + SHEET)
    with page.expect_request(lambda request: request.method == "POST" and bool(refused)) as again:
        send(page)
    saved(page)
    assert again.value.post_data_json["key"] != refused[0]


def test_a_round_that_closed_meanwhile_is_told_honestly(live: Live, page: Page, consultation: Consultation) -> None:
    answer(page, live.url + SHEET)
    with writing():
        consultation.waves[0].state = State.CLOSED
    send(page)
    expect(page.locator("#refused")).to_be_visible()
    assert page.locator("#refused a").get_attribute("href") == "/m/oudenhove/what-happened?lang=nl"
    assert stored(page) == {}
    assert db.session.query(Letter).count() == 0


def test_a_draft_waits_for_the_same_child(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    page.reload()
    expect(page.locator("#resume")).to_be_visible()
    assert "Meer bomen" not in page.locator("#resume").inner_text()
    page.locator("[data-resume]").click()
    assert page.locator("textarea").input_value() == "Meer bomen"
    page.locator("header [data-back]").click()
    page.locator("header [data-back]").click()
    assert page.locator("#q1-c").is_checked()


def test_another_child_begins_anew_and_finds_nothing(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    page.reload()
    page.locator("#resume [data-anew]").click()
    assert not page.locator("#q1-c").is_checked()
    assert page.locator("textarea").input_value() == ""
    assert "Meer bomen" not in str(stored(page))


def test_the_way_out_takes_the_page_from_the_history_and_the_answers_from_the_phone(live: Live, page: Page) -> None:
    page.context.route("https://www.google.be/**", lambda route: route.fulfill(body="weer"))
    page.goto(f"{live.url}/p/7KQM93")
    page.goto(live.url + SHEET)
    page.locator("label[for=q1-c]").click()
    page.locator("[data-exit]").click()
    page.wait_for_url("https://www.google.be/**")
    page.go_back()
    assert page.url == f"{live.url}/p/7KQM93"
    assert stored(page) == {}


def test_after_sending_back_shows_nothing_of_the_child_before(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    send(page)
    words = saved(page)
    page.goto(f"{live.url}/p/7KQM93")
    page.go_back()
    expect(page.locator(".question.now")).to_be_visible()
    shown = page.content()
    assert not [word for word in [*words, "Meer bomen"] if f">{word}<" in shown]
    assert not page.locator("#q1-c").is_checked()


def test_words_that_ask_for_help_get_the_help_line_at_once(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET, "Papa slaat mij elke dag.")
    send(page)
    saved(page)
    expect(page.locator("[data-worry]")).to_be_visible()


def test_the_oldest_look_at_their_answers_before_sending(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET.replace("/B/", "/C/"))
    rows = page.locator("[data-answers] b").all_inner_texts()
    assert rows == ["Veilig", "Overgeslagen", "Meer bomen"]
    page.locator("[data-answers] button").first.click()
    expect(page.locator("#q1-c")).to_be_checked()


def test_it_works_with_a_keyboard_alone(live: Live, page: Page) -> None:
    page.goto(live.url + SHEET)
    page.locator("#q1-a").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.question').dataset.item") == "q3"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_be_visible()
    assert page.locator("#q1-b").is_checked()


def test_it_reads_aloud_with_a_voice_of_the_device(live: Live, page: Page) -> None:
    page.add_init_script(LOCAL_VOICE % "true")
    page.goto(live.url + SHEET.replace("/B/", "/A/"))
    page.locator(".now legend .speak").click()
    assert page.evaluate("spoken")[:2] == ["Hoe veilig of onveilig is je weg naar school?", "Heel onveilig"]
    page.locator("[data-next]").click()
    assert "Hoe veilig is het plein?" in page.evaluate("spoken")


def test_a_voice_from_elsewhere_is_not_used(live: Live, page: Page) -> None:
    page.add_init_script(LOCAL_VOICE % "false")
    page.goto(live.url + SHEET)
    expect(page.locator("[data-next]")).to_be_visible()
    assert page.locator(".speak").count() == 0


@pytest.mark.parametrize("band", ["A", "B", "C", "D"])
def test_four_answers_fit_a_small_phone_and_can_be_touched(live: Live, consultation: Consultation, band: str) -> None:
    page = live.browser_page(360, 640)
    page.goto(live.url + SHEET.replace("/B/", f"/{band}/"))
    page.locator("label[for=q1-c]").click()
    page.evaluate("document.fonts.ready")
    small = page.evaluate(
        "[...document.querySelectorAll('header a, header button, .now label, .nav.js button')]"
        ".filter((e) => e.offsetHeight && e.offsetHeight < 56).map((e) => e.outerHTML)"
    )
    assert small == []
    bottom = page.locator("[data-next]").bounding_box()
    assert bottom
    assert bottom["y"] + bottom["height"] <= 640
    last = page.locator(".now .unsure:not(.nojs) label").bounding_box()
    assert last
    assert last["y"] + last["height"] <= bottom["y"]


@pytest.mark.parametrize("address", ["/", "/p/7KQM93", "/c/NAARSC", SHEET, "/p/7KQM93/class"])
def test_nothing_scrolls_sideways_at_320_pixels(live: Live, consultation: Consultation, address: str) -> None:
    page = live.browser_page(320, 640)
    page.goto(live.url + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def barriers(page: Page) -> list[str]:
    """What axe finds, in short."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("address", ["/", "/p/7KQM93", "/p/222222", "/c/NAARSC", "/c/CRSD22", "/p/7KQM93/class"])
def test_no_barriers_on_the_way_in(live: Live, page: Page, cast: Cast, address: str) -> None:
    a_consultation(cast.mobility, state=State.CLOSED, code="CRSD22")
    page.goto(live.url + address)
    assert barriers(page) == []


@pytest.mark.parametrize("band", ["A", "B", "C", "D"])
def test_no_barriers_in_any_view_of_the_questionnaire(live: Live, page: Page, band: str) -> None:
    page.add_init_script(LOCAL_VOICE % "true")
    address = live.url + SHEET.replace("/B/", f"/{band}/")
    page.goto(address)
    assert barriers(page) == []
    page.locator("label[for=q1-c]").click()
    assert barriers(page) == []
    page.reload()
    assert barriers(page) == []
    page.locator("#resume [data-anew]").click()
    fill(page)
    page.locator("header [data-back]").click()
    assert barriers(page) == []
    page.locator("[data-next]").click()
    assert barriers(page) == []
    page.route(address, lambda route: route.abort())
    send(page)
    expect(page.locator("#waiting")).to_be_visible()
    assert barriers(page) == []
    page.unroute(address)
    page.locator("[data-again]").click()
    saved(page)
    assert barriers(page) == []


def test_no_barriers_for_the_oldest_in_the_dark(live: Live, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    answer(page, live.url + SHEET.replace("/B/", "/D/"))
    assert barriers(page) == []
    page.locator("header [data-back]").click()
    assert barriers(page) == []
    page.locator("[data-next]").click()
    send(page)
    saved(page)
    assert barriers(page) == []


def test_without_script_the_long_form_does_the_same(live: Live, consultation: Consultation) -> None:
    page = live.browser_page(js=False)
    page.goto(live.url + SHEET)
    assert page.locator(".question:visible").count() == 3
    page.locator("label[for=q1-c]").click()
    page.locator("textarea").fill("Meer bomen")
    page.get_by_role("button", name="Kijk je antwoorden na").click()
    words = page.locator(".words li").all_inner_texts()
    page.get_by_role("button", name="Verstuur").click()
    assert page.locator(".words li").all_inner_texts() == words
    assert codes_in(page.screenshot(full_page=True)) == [f"{live.url}/r#{'-'.join(words)}"]
    assert bodies()[0]["answers"] == {"q1": "c"}


def test_when_the_script_never_comes_all_questions_appear(live: Live, page: Page) -> None:
    page.route("**/answering-child.js*", lambda route: route.abort())
    page.goto(live.url + SHEET)
    expect(page.locator(".question").last).to_be_visible(timeout=10_000)
    page.locator("label[for=q1-c]").click()
    page.get_by_role("button", name="Kijk je antwoorden na").click()
    assert page.locator("h1").inner_text() == "Klaar?"
    assert barriers(page) == []
    page.get_by_role("button", name="Verstuur").click()
    assert barriers(page) == []
    assert len(letters()) == 1


def test_the_class_screen_counts_on_and_its_link_is_copied(
    live: Live, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.add_init_script("const wait = setInterval; window.setInterval = (work, pause) => wait(work, pause / 100);")
    page.goto(f"{live.url}/p/7KQM93/class")
    monkeypatch.setattr(entrance, "counted", lambda _answers: "Al 20 antwoorden of meer")
    expect(page.get_by_role("status")).to_have_text("Al 20 antwoorden of meer")
    page.get_by_role("button", name="Kopieer").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
