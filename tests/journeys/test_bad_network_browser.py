"""Real browsers on a network that loses, doubles and lies: each answer arrives once, and no phone says so too soon.

`SOAK=1` (`make soak`): 10,000 answers; else 1,000. A page is loaded again after every 25: what becomes of one that is
closed or loaded again in the middle of sending has tests of its own (test_sending_browser.py), as have the four words.
"""

import base64

import pytest
from playwright.sync_api import Page
from sqlalchemy import Engine, text

from dialogue.answering.receipt import RESPONSE, tag
from dialogue.consultations.models import Consultation
from dialogue.shared.database import db
from tests.answering.sendings import letter_count
from tests.builders import Cast, a_choice, a_consultation, own_words
from tests.journeys.conftest import Live
from tests.promises.bad_network import FATES, bad_network
from tests.promises.processes import SOAK

pytestmark = pytest.mark.journey
SENDINGS = 10_000 if SOAK else 1_000
PHONES = 3
# A child answers in a moment, and its phone hears again and again that it is on line: then it tries at once. What is
# posted is looked at, not touched. `told` hears the key of the letter that the page calls saved.
CHILD = """
const a_moment = () => new Promise((done) => { setTimeout(done, 5); });
const { fetch: send } = window;
let posted;
window.fetch = (address, options) => {
  posted = options?.body ?? posted;
  return send(address, options);
};
setInterval(() => window.dispatchEvent(new Event("online")), 20);
window.addEventListener("load", async () => {
  const find = (selector) => document.querySelector(selector);
  find("form").dataset.rounds = 1000;
  for (let times = 0; times < 25; times += 1) {
    find(".question").querySelectorAll("label")[Math.floor(Math.random() * 3)].click();
    find("[data-next]").click();
    find("textarea").value = `Meer bomen ${Math.random()}`;
    find("[data-next]").click();
    find("[data-send]").click();
    while (find("[data-saved]").hidden) await a_moment();
    await told(JSON.parse(posted).key, Object.keys(localStorage).length);
    find("[data-anew]").click();
  }
  location.reload();
});
"""


class Class:
    """What the phones of a class say, and whether it was true at that moment."""

    def __init__(self, live: Live) -> None:
        self.said: list[str] = []
        self.wrongly: list[str] = []
        self._pepper: bytes = live.app.extensions["dialogue"].keys.pepper
        self._engine: Engine = db.engine

    def told(self, key: str, left: int) -> None:
        """A phone says "saved" of the letter with this key, and has so many things `left`."""
        expected = tag(self._pepper, RESPONSE, base64.urlsafe_b64decode(f"{key}="))
        with self._engine.connect() as looking:
            found = looking.execute(text("SELECT count(*) FROM letter WHERE tag = :tag"), {"tag": expected}).scalar()
        self.said.append(key)
        if found != 1 or left:
            self.wrongly.append(key)


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility, items=[a_choice(), own_words()], code="NAARSC")


def test_every_answer_arrives_once_and_no_phone_says_so_too_soon(
    live: Live, consultation: Consultation, port: int
) -> None:
    children = Class(live)
    phones: list[Page] = [live.browser_page(360, 740) for _ in range(PHONES)]
    with bad_network(port) as network:
        for phone in phones:
            phone.expose_function("told", children.told)
            phone.add_init_script(CHILD)
            phone.goto(f"http://127.0.0.1:{network.port}/c/NAARSC/B/nl")
        while len(children.said) < SENDINGS:
            phones[0].wait_for_timeout(100)
        for phone in phones:
            phone.close()
    assert children.wrongly == []
    assert len(set(children.said)) == len(children.said)
    assert len(children.said) <= letter_count() <= len(children.said) + PHONES  # what was on its way when they stopped
    assert all(network.fates[fate] for fate in FATES)
