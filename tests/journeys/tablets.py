"""What journeys on tablets share: a child's turn, and what is left behind after it."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Live

START = "/t/7KQM93"
LETTERS = f"{START}/letters"
LEFT_BEHIND = """async () => {
  const all = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const database = await all(indexedDB.open("dialogue-tablet", 1)).catch(() => null);
  const shelf = database.objectStoreNames.length ? database.transaction("letters").objectStore("letters") : null;
  const sealed = shelf ? await all(shelf.getAll()) : [];
  database.close();
  const pages = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) pages.push(request.method + (await (await cache.match(request)).text()));
  }
  const read = ({ sealed: letter, ...rest }) => new TextDecoder("latin1").decode(letter) + JSON.stringify(rest);
  const kept = [...[localStorage, sessionStorage].map((one) => JSON.stringify({ ...one })), document.cookie];
  return { sealed: sealed.map(read), kept, pages };
}"""


def answer(page: Page, words: str) -> None:
    """One child, from the beginning to before sending."""
    page.locator("a[href$='/B/nl']").click()
    fill(page, words)


def fill(page: Page, words: str) -> None:
    """A card and something in own words."""
    page.locator("label[for=q1-c]").click()
    page.locator("[data-next]").click()
    page.locator("textarea").fill(words)
    page.locator("[data-next]").click()


def send(page: Page) -> list[str]:
    """Send, and read the four words."""
    page.locator("[data-send]").click()
    expect(page.locator("#receipt")).to_be_visible()
    return page.locator("#receipt .words li").all_inner_texts()


def next_child(page: Page) -> None:
    page.locator("#receipt [data-begin-anew]").click()
    page.wait_for_url(f"**{START}")


def left_behind(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.evaluate(LEFT_BEHIND)
    return found


def wait_until_sealed(page: Page, letters_left: int) -> None:
    """Wait until so many letters are left on the tablet."""
    for _look in range(100):
        if len(left_behind(page)["sealed"]) == letters_left:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"still {left_behind(page)['sealed']}")


def waiting(live: Live, page: Page) -> str:
    """The number that the supervisor reads."""
    page.get_by_role("link", name="Voor de begeleider").click()
    expect(page.locator("[data-waiting]")).not_to_have_text("…")
    number = page.locator("[data-waiting]").inner_text()
    page.get_by_role("link", name="Terug naar het begin").click()
    page.wait_for_url(f"**{START}")
    return number


def history_shows(page: Page, *secrets: str) -> list[str]:
    """Which of these Back shows: it leads to the beginning, or to what was open before the tablet was."""
    shown = ""
    for _step in range(3):
        page.go_back()
        shown += page.content()
    return [secret for secret in secrets if f">{secret}<" in shown]
