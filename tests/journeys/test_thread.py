"""The definition of done: one child's answer travels the whole chain, from a question on a wall to a decision and back.

Ada makes and opens a consultation for 7–11; twenty-five children answer through the poster's QR, Dani (9) among them,
one without JavaScript; the box opens; Ada codes and proposes; Ben records the college's decision with a reason; Ada
tells it back; Dani opens the receipt with four words and sees it; the coordinator downloads the Word file naming it.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dialogue import jobs
from dialogue.answering.models import Contribution, Response
from dialogue.ledger.queries import verify
from dialogue.shared.database import db
from tests.answering.sendings import letters
from tests.builders import Cast, a_place
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live
from tests.journeys.thread_staff import (
    REASON,
    SIGNAL,
    WHAT,
    close,
    decide,
    look_at_results,
    make_consultation,
    promise_and_open,
    prove,
    read_and_propose,
    scan_poster,
    sign_in,
    tell_back,
)

pytestmark = pytest.mark.journey
SAID = "De auto's rijden te snel aan de poort."
CHILDREN = 25


def test_one_childs_answer_travels_the_whole_chain(live: Live, cast: Cast, tmp_path: Path) -> None:
    place = a_place(cast.town, "Basisschool De Linde", code="7KQM93")

    ada = sign_in(live, cast.ada)
    make_consultation(ada)
    promise_and_open(ada)
    address = scan_poster(live, ada, place.id)

    dani_words = dani_answers(live, address)
    answer_without_script(live, address)
    for number in range(CHILDREN - 2):
        said = f"Te veel auto's in straat {number}" if number % 3 == 0 else ""
        answer_with_script(live, address, "abbc"[number % 4], said)
    assert len(letters()) == CHILDREN

    close(ada)
    jobs.run_all()
    db.session.rollback()
    assert db.session.query(Response).count() == CHILDREN
    assert letters() == []
    assert db.session.query(Contribution).filter_by(text=SAID).count() == 1
    look_at_results(live, ada)

    read_and_propose(live, ada)
    decide(live, cast.ben)
    tell_back(live, ada)

    dani_sees(live, dani_words)
    everybody_sees(live)
    prove(live, cast.cora, tmp_path)
    assert verify() is None


def dani_answers(live: Live, address: str) -> str:
    """Dani (9) answers on a phone and gets four words."""
    phone = live.browser_page(360, 740)
    phone.goto(address)
    assert_clean(phone)
    phone.locator("a[href$='/B/nl']").click()
    assert_clean(phone)
    phone.locator("label[for=q1-a]").click()
    phone.locator("[data-next]").click()
    assert_clean(phone)
    phone.locator("textarea").fill(SAID)
    phone.locator("[data-next]").click()
    send_if_asked(phone)
    expect(phone.locator("[data-saved]")).to_be_visible()
    assert_clean(phone)
    return " ".join(phone.locator("#receipt .words li").all_inner_texts())


def send_if_asked(phone: Page) -> None:
    if phone.locator("[data-send]").is_visible():
        phone.locator("[data-send]").click()


def answer_with_script(live: Live, address: str, option: str, said: str) -> None:
    phone = live.browser_page(390, 844)
    phone.goto(f"{address}")
    phone.locator("a[href$='/B/nl']").click()
    phone.locator(f"label[for=q1-{option}]").click()
    phone.locator("[data-next]").click()
    if said:
        phone.locator("textarea").fill(said)
        phone.locator("[data-next]").click()
    else:
        phone.locator("[data-skip]:visible").click()
    send_if_asked(phone)
    expect(phone.locator("[data-saved]")).to_be_visible()
    phone.context.close()


def answer_without_script(live: Live, address: str) -> None:
    phone = live.browser_page(390, 844, js=False)
    phone.goto(address)
    phone.locator("a[href$='/B/nl']").click()
    phone.locator("label[for=q1-b]").click()
    phone.get_by_role("button", name="Kijk je antwoorden na").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Klaar?")
    phone.get_by_role("button", name="Verstuur").click()
    expect(phone.locator(".words li")).to_have_count(4)


def dani_sees(live: Live, words: str) -> None:
    """The four words, typed with a capital, open what came of it; wrong ones tell nothing."""
    phone = live.browser_page(360, 740)
    phone.goto(f"{live.url}/r")
    assert_clean(phone)
    phone.get_by_label("Mijn vier woorden").fill("peer " + words.split(" ", 1)[1])
    phone.get_by_role("button", name="Kijk").click()
    expect(phone.locator("#words-error")).to_be_visible(timeout=20_000)
    phone.get_by_label("Mijn vier woorden").fill(words.capitalize())
    phone.get_by_role("button", name="Kijk").click()
    main = phone.locator("main")
    expect(main).to_contain_text(WHAT, timeout=20_000)
    for text in (SIGNAL, REASON, "De paaltjes komen in mei.", "voor een stuk"):
        expect(main).to_contain_text(text)
    expect(main).not_to_contain_text(SAID)
    assert_clean(phone)


def everybody_sees(live: Live) -> None:
    reader = live.browser_page(1360, 860)
    reader.goto(f"{live.url}/m/oudenhove/what-happened")
    for text in (SIGNAL, WHAT, REASON):
        expect(reader.locator("main")).to_contain_text(text)
    assert_clean(reader)
