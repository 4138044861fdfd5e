"""A real browser on a network that loses, doubles and lies: each answer arrives once, and no phone says so too soon.

`SOAK=1` (`make soak`): 1,000 answers.
"""

from collections.abc import Iterator
from random import Random

import pytest
from playwright.sync_api import Page, Route, expect

from dialogue.answering.models import Letter
from dialogue.shared.database import db
from tests.answering.sendings import letter_count
from tests.builders import Cast, a_choice, a_consultation, own_words
from tests.journeys.conftest import Live
from tests.promises.bad_network import FATES, LIES
from tests.promises.processes import SOAK

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
SENDINGS = 1_000 if SOAK else 40
# A child answers in a moment, and the phone hears again and again that it is on line: then it tries at once.
ANSWERS = """async () => {
  const press = (selector) => document.querySelector(selector).click();
  document.querySelectorAll(".question")[0].querySelectorAll("label")[Math.floor(Math.random() * 3)].click();
  press("[data-next]");
  const box = document.querySelector("textarea");
  box.value = `Meer bomen ${Math.random()}`;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  press("[data-next]");
  press("[data-send]");
}"""
NUDGE = "setInterval(() => window.dispatchEvent(new Event('online')), 50)"


class Network:
    """What becomes of whatever is posted: of every twenty letters as many as `FATES` says, in any order."""

    def __init__(self) -> None:
        self.random = Random()
        self.fates = self._shuffled()

    def _shuffled(self) -> Iterator[str]:
        bag = [fate for fate, share in FATES.items() for _ in range(round(share * 20))]
        while True:
            yield from self.random.sample(bag, len(bag))

    def carry(self, route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        fate = next(self.fates)
        if fate == "portal":
            kind, lie = self.random.choice(LIES)
            return route.fulfill(status=200, content_type=kind.decode(), body=lie)
        if fate == "lost before":
            return route.abort()
        answer = route.fetch()
        if fate == "doubled":
            answer = self.random.choice([answer, route.fetch()])
        if fate == "cut off":
            return route.fulfill(response=answer, body=answer.body()[: self.random.randrange(len(answer.body()))])
        return route.abort() if fate == "lost after" else route.fulfill(response=answer)


@pytest.fixture
def page(live: Live, cast: Cast) -> Page:
    a_consultation(cast.mobility, items=[a_choice(), own_words()], code="NAARSC")
    page = live.browser_page(360, 740)
    page.add_init_script(NUDGE)
    return page


def test_every_answer_arrives_once_and_the_phone_never_says_so_too_soon(live: Live, page: Page) -> None:
    network = Network()
    page.context.route("**/*", network.carry)
    for sent in range(1, SENDINGS + 1):
        page.goto(f"{live.url}/c/NAARSC/B/nl")
        page.evaluate(ANSWERS)
        expect(page.locator("[data-saved]")).to_be_visible(timeout=60_000)
        assert letter_count() == sent
    assert db.session.query(Letter.tag).distinct().count() == SENDINGS
    assert page.evaluate("Object.keys(localStorage).length") == 0
