"""A lesson of 25 on five tablets of the class, in a real browser: from the class screen to a letter of every child."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from dialogue.answering import queries
from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.queries import salt
from dialogue.answering.receipt import RESPONSE, derive, key, tag
from dialogue.places.models import Place
from tests.answering.sendings import letters
from tests.builders import Cast, a_choice, a_consultation, a_place, own_words
from tests.journeys.conftest import Live
from tests.journeys.tablets import fill, history_shows, left_behind, next_child, send, wait_until_sealed

pytestmark = pytest.mark.journey
TABLETS = 5
TURNS = 5
WITHOUT_CONNECTION = (2, 3)  # these turns, on every other tablet
UNTOUCHED = """() => localStorage.length + sessionStorage.length === 0 && !document.querySelector("input:checked")
  && document.querySelector("textarea").value === "" && !document.querySelector("#resume:not([hidden])")"""


@pytest.fixture
def school(cast: Cast) -> Place:
    school = a_place(cast.town, code="7KQM93")
    a_consultation(cast.mobility, "Hoe kom jij naar school?", items=[a_choice(), own_words()], code="NAARSC")
    return school


@pytest.fixture
def wall(live: Live, school: Place, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The screen of the class; it counts at once what is sent."""
    monkeypatch.setattr(queries, "COUNT_KEPT", timedelta())
    page = live.browser_page(1360, 860)
    page.goto(f"{live.url}/p/7KQM93/class")
    return page


def counted(wall: Page, words: str) -> None:
    wall.reload()
    expect(wall.get_by_role("status")).to_have_text(words)


def put_ready(live: Live, address: str) -> Page:
    """A tablet of the class, at the address that is read from the screen."""
    tablet = live.browser_page(820, 1180)
    tablet.goto(f"http://{address}")
    tablet.locator("html[data-ready]").wait_for(timeout=60_000)
    return tablet


def one_child(tablet: Page, text: str) -> list[str]:
    """Begins with an empty screen, answers, writes four words on its card, and passes the tablet on."""
    tablet.locator("a[href$='/B/nl']").click()
    expect(tablet.locator(".question.now")).to_be_visible()
    assert tablet.evaluate(UNTOUCHED)
    fill(tablet, text)
    words = send(tablet)
    next_child(tablet)
    return words


def test_every_child_of_a_class_is_heard_and_leaves_nothing_on_a_tablet(live: Live, wall: Page, school: Place) -> None:
    counted(wall, "Nog geen tien antwoorden")
    address = wall.locator(".wall-teacher [dir=ltr]").inner_text()
    tablets = [put_ready(live, address) for _ in range(TABLETS)]
    cards: dict[str, list[str]] = {}
    for turn in range(TURNS):
        for number, tablet in enumerate(tablets):
            tablet.context.set_offline(turn in WITHOUT_CONNECTION and number % 2 == 0)
            text = f"Meer bomen, zegt kind {turn + 1} op tablet {number + 1}"
            cards[text] = one_child(tablet, text)
    for tablet in tablets:
        wait_until_sealed(tablet, 0)
        found = left_behind(tablet)
        assert (found["sealed"], found["kept"]) == ([], ["{}", "{}", ""])
        assert not [page for page in found["pages"] if not page.startswith("GET") or "Meer bomen" in page]
        assert not history_shows(tablet, *cards, *(word for words in cards.values() for word in words))
    children = TURNS * TABLETS
    counted(wall, f"Al {children // 10 * 10} antwoorden of meer")
    pepper, box = live.app.extensions["dialogue"].keys.pepper, letters()
    bodies = [unseal(installation_key(), letter.body, letter.tag) for letter in box]
    assert sorted(body["words"][0]["text"] for body in bodies) == sorted(cards)
    assert {body["place"] for body in bodies} == {school.id}
    tags = {tag(pepper, RESPONSE, key(derive(" ".join(words), salt()), RESPONSE)) for words in cards.values()}
    assert len(box) == children
    assert {letter.tag for letter in box} == tags
