"""What staff and children do between a proposal and an answer that is reopened, each on a page of the browser."""

import re
import time
from datetime import timedelta
from pathlib import Path

import docx
from playwright.sync_api import Locator, Page, expect

from dialogue.shared.clock import today
from dialogue.signals.models import Signal
from tests.journeys.conftest import Live
from tests.journeys.staff import is_good, looks_well

TITLE = "De auto's rijden te snel aan de schoolpoort."
WHAT = "Aan de schoolpoort komt een zebrapad. Een brug komt er niet."
REASON = "Een brug is te duur en te traag."
MOST_TAPS = 4


class Decider:
    """A finger on a screen: counts what it taps and types."""

    def __init__(self) -> None:
        self.taps, self.letters, self.began = 0, 0, time.monotonic()

    def tap(self, where: Locator) -> None:
        self.taps += 1
        where.click()

    def type(self, where: Locator, text: str) -> None:
        """One tap in the field, then letter by letter."""
        self.tap(where)
        self.letters += len(text)
        where.press_sequentially(text)

    def __str__(self) -> str:
        return f"{self.taps} taps, {self.letters} letters, {time.monotonic() - self.began:.1f} s"


def propose(page: Page, link: str) -> None:
    """From the link in the mail to a proposal for the college, with nothing else on the way."""
    ben = Decider()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    ben.tap(page.get_by_text("Ja, voor een stuk"))
    ben.type(page.get_by_label("Wat gaan we doen?"), WHAT)
    ben.type(page.get_by_label("Waarom?", exact=True), REASON)
    is_good(page)
    ben.tap(page.get_by_role("button", name="Stel voor aan het college"))
    expect(page.get_by_text("Het is pas openbaar als het college beslist")).to_be_visible()
    print(f"\nfrom mail to proposal: {ben}")  # noqa: T201 - read with -s
    assert ben.taps <= MOST_TAPS
    is_good(page)


def note_to_the_college(page: Page, file: Path) -> None:
    """The signal goes to a meeting, in a document that says what was heard, proposed and why."""
    is_good(page)
    expect(page.get_by_role("checkbox", name=re.compile("schoolpoort"))).to_be_checked()
    page.get_by_label("Titel van de nota").fill("Veilig naar school")
    page.get_by_label("Vergadering van").fill(str(today()))
    page.get_by_role("button", name="Maak de nota").click()
    page.get_by_label("Budget").fill("€ 12.000")
    page.get_by_role("button", name="Bewaar budget en plancodes").click()
    is_good(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal de nota op").click()
    download.value.save_as(file)
    document = docx.Document(str(file))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (TITLE, WHAT, REASON, "€ 12.000", "Citaat"):
        assert words in text
    assert document.inline_shapes


def the_college_decided(page: Page) -> None:
    """One form: as proposed, where and when it was decided."""
    page.get_by_role("link", name="Veilig naar school").click()
    page.get_by_role("link", name="Het college besliste").click()
    expect(page.get_by_label("Wat precies?")).to_have_value(WHAT)
    is_good(page)
    page.get_by_label("Agendapunt").fill("12")
    page.get_by_label("De praktijk verandert").check()
    page.get_by_role("button", name="Noteer wat het college besliste").click()
    expect(page.get_by_role("status")).to_contain_text("Iedereen kan het nu lezen")
    is_good(page)


def tell(live: Live, page: Page) -> None:
    """Drafted from the decision, completed, read over as a child sees it, and told."""
    page.goto(f"{live.url}/desk/decisions/notes")
    page.get_by_role("link", name="Veilig naar school").click()
    page.get_by_role("link", name="Bericht aan de kinderen").click()
    expect(page.get_by_label("Daarom")).to_have_value(REASON)
    page.get_by_label("Dit zie je binnenkort").fill("In mei schilderen we het zebrapad.")
    page.get_by_role("button", name="Bewaar en lees na").click()
    is_good(page)
    page.get_by_role("button", name="Nagelezen").click()
    page.get_by_role("button", name="Vertel het").click()
    expect(page.get_by_role("status")).to_contain_text("Verteld")
    is_good(page)


def child_says_no(live: Live, words: str, width: int, height: int, *, js: bool) -> None:
    """Four words open the news; one tap says what this child thinks of it."""
    page = live.browser_page(width, height, js=js)
    page.goto(f"{live.url}/r")
    page.get_by_label("Mijn vier woorden").fill(words)
    page.get_by_role("button", name="Kijk", exact=True).click()
    for text in (WHAT, REASON, "In mei schilderen we het zebrapad."):
        expect(page.get_by_text(text).first).to_be_visible()
    looks_well(page, js=js)
    page.get_by_role("group", name="echt antwoord").get_by_role("button", name="Nee").click()
    expect(page.get_by_text("Dankjewel, dat is bewaard.")).to_be_visible()
    looks_well(page, js=js)


def everybody_reads(live: Live, signal: Signal, width: int, height: int, *words: str) -> None:
    """These words stand beside the decision as it was, which stays in sight."""
    page = live.browser_page(width, height)
    page.goto(f"{live.url}/m/oudenhove/signal/{signal.id}")
    for text in ("De meeste kinderen die reageerden, zeiden nee.", WHAT, REASON, *words):
        expect(page.locator("main")).to_contain_text(text)
    is_good(page)


def reopen(live: Live, page: Page) -> None:
    """The coordinator finds it among the tasks, and has it decided again by a day."""
    page.goto(f"{live.url}/desk")
    page.get_by_role("link", name="Kijk opnieuw").click()
    expect(page.locator("main")).to_contain_text(WHAT)
    is_good(page)
    page.get_by_label("Waarom? Kinderen lezen dit.").fill("Jullie hebben gelijk.")
    page.get_by_label("Tegen wanneer").fill(str(today() + timedelta(days=30)))
    page.get_by_role("button", name="Beslis opnieuw", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Bewaard")
    is_good(page)
