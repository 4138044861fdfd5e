"""What journeys of a child share: the questionnaire, answering it, and what was sent and kept."""

import io
from collections.abc import Callable
from typing import Any

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from dialogue.answering.letterbox import installation_key, unseal
from tests.answering.sendings import letters
from tests.journeys.axe import AXE

SHEET = "/p/7KQM93/NAARSC/B/nl"
WAITING = "Nog niet verstuurd: blijf op deze pagina"
LOCAL_VOICE = """
window.spoken = [];
const voices = [{lang: "nl-NL", localService: %s, name: "Stem"}];
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => voices, speak: (words) => window.spoken.push(words.text), cancel() {}, addEventListener() {},
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


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


def follow(page: Page, link: Locator) -> None:
    """Press what leads to another page, and wait until all of that page is there."""
    with page.expect_navigation():
        link.click()


def send(page: Page) -> None:
    page.locator("[data-send]").click()


def waits(page: Page) -> None:
    expect(page.get_by_role("heading", name=WAITING)).to_be_visible()


def cut(page: Page) -> Callable[[], None]:
    """Nothing that is posted arrives, and no words for a receipt; what this gives mends it, for every tab."""

    def lost(route: Route) -> None:
        is_lost = route.request.method == "POST" or "/words/" in route.request.url
        route.abort() if is_lost else route.continue_()

    page.context.route("**/*", lost)
    return lambda: page.context.unroute("**/*", lost)


def again(page: Page) -> None:
    """Try to send once more; if the page did so itself meanwhile, its button is gone, and nothing happens."""
    page.locator("[data-again]").dispatch_event("click")


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


def barriers(page: Page) -> list[str]:
    """What axe finds, in short."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]
