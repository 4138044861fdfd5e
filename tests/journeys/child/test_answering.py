"""A child answers on a phone, in a real browser: few requests, four words, by ear or key, with or without script."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from dialogue.answering import entrance
from dialogue.answering.queries import salt
from dialogue.answering.receipt import RESPONSE, SAID, derive, key, tag, word_list
from dialogue.consultations.models import Consultation
from tests.answering.sendings import letters
from tests.builders import Cast, a_choice, a_consultation, own_words
from tests.journeys.child.steps import LOCAL_VOICE, SHEET, answer, barriers, bodies, codes_in, follow, saved, send
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey


def test_three_requests_before_the_first_answer(live: Live, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(live.url).partition("?")[0]))
    page.goto(f"{live.url}/p/7KQM93")
    page.locator("a[href$='/B/nl']").click()
    page.wait_for_load_state("networkidle")
    assert set(asked) == {"/p/7KQM93", SHEET, "/static/js/answering-child.js"}  # the script once, then kept


def test_ten_questions_are_at_most_sixty_kilobytes_before_pictures_and_fonts(live: Live, cast: Cast) -> None:
    items = [a_choice(f"q{number}", f"Hoe veilig is plek {number * 7919}?") for number in range(9)]
    a_consultation(cast.mobility, items=[*items, own_words("q9")], languages=["nl", "de"], code="TWNTYQ")
    page, asked = live.browser_page(), list[Request]()
    page.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 - a list's method takes no mark
    page.goto(f"{live.url}/c/TWNTYQ/B/nl?lang=de")
    for _choice in items:
        page.locator(".now label").first.click()
        page.locator("[data-next]").click()
    page.locator("textarea").fill("Meer bomen")
    page.locator("[data-next]").click()
    send(page)
    saved(page)
    expect(page.locator("[data-qr] svg")).to_be_visible()
    loaded = {request.url: request.sizes() for request in asked if request.resource_type not in ("image", "font")}
    assert [address for address in loaded if "help.json" in address or "words/de.json" in address]
    assert sum(size["responseBodySize"] + size["requestBodySize"] for size in loaded.values()) <= 60 * 1024


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


def test_without_script_the_long_form_does_the_same(live: Live, consultation: Consultation) -> None:
    page = live.browser_page(js=False)
    page.goto(live.url + SHEET)
    assert page.locator(".question:visible").count() == 3
    page.locator("label[for=q1-c]").click()
    page.locator("textarea").fill("Meer bomen")
    follow(page, page.get_by_role("button", name="Kijk je antwoorden na"))
    words = page.locator(".words li").all_inner_texts()
    follow(page, page.get_by_role("button", name="Verstuur"))
    assert page.locator(".words li").all_inner_texts() == words
    assert codes_in(page.screenshot(full_page=True)) == [f"{live.url}/r#{'-'.join(words)}"]
    assert bodies()[0]["answers"] == {"q1": "c"}


def test_when_the_script_never_comes_all_questions_appear(live: Live, page: Page) -> None:
    page.route("**/answering-child.js*", lambda route: route.abort())
    page.goto(live.url + SHEET)
    expect(page.locator(".question").last).to_be_visible(timeout=10_000)
    page.locator("label[for=q1-c]").click()
    follow(page, page.get_by_role("button", name="Kijk je antwoorden na"))
    assert page.locator("h1").inner_text() == "Klaar?"
    assert barriers(page) == []
    follow(page, page.get_by_role("button", name="Verstuur"))
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
