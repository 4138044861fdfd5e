"""Whatever is killed, and whenever: a reaction that a child saw kept is there, and what it asked to be gone will go.

`SOAK=1` (`make soak`): 60 kills. Without it 5.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from flask_migrate import upgrade

from dialogue import create_app
from dialogue.answering.erasing import WISH
from dialogue.feedback.reactions import REACTION
from dialogue.shared.database import db
from tests.builders import a_consultation, a_decision, a_signal, the_cast
from tests.conftest import settings_in
from tests.feedback.erasing import YES, opened_children
from tests.feedback.reactions import Keys, a_message, says, sent
from tests.promises.phones import Answer, pause, post
from tests.promises.processes import READY_WITHIN, SOAK, Installation
from tests.promises.test_kill import kill

pytestmark = pytest.mark.xdist_group("processes")
VICTIMS = ("worker", "jobs", "web", "all", "jobs that open the box")
KILLS = 60 if SOAK else 5
CHILDREN = 25  # between two kills
PHONES = 4


@dataclass
class Round:
    """Answers out of the box, a message about them, and of which receipts the phones saw what was kept."""

    installation: Installation
    message: int
    form: str  # the value of the button "no"
    receipts: list[Keys]
    reacted: list[Keys] = field(default_factory=list)
    asked: list[Keys] = field(default_factory=list)

    def wrong(self) -> list[str]:
        """What does not hold in the database that the killed processes left."""
        tag = self.installation.tag_of
        about = f"{self.message}|answer".encode()
        with self.installation.looking() as store:
            reactions = [row[0] for row in store.execute("SELECT tag FROM reaction")]
            wishes = {row[0] for row in store.execute("SELECT tag FROM erasure")}
            closed = {row[0] for row in store.execute("SELECT tag FROM response")}
            words = {row[0] for row in store.execute("SELECT tag FROM contribution WHERE text <> ''")}
            (counted,) = store.execute("SELECT sum(count) FROM tally WHERE item = ''").fetchone()
        kept = {tag(REACTION, keys[0] + b"\0" + about) for keys in self.reacted}
        marks = {self._closed(keys) for keys in self.asked} | {tag("said", keys[1]) for keys in self.asked}
        found = {
            "a reaction is lost": kept - set(reactions),
            "a wish is lost": any(tag(WISH, mark) not in wishes for mark in marks & (closed | words)),
            "an answer went that nobody asked for": not {self._closed(keys) for keys in self.receipts[::2]} <= closed,
            "the count is not that of the responses": counted != len(closed),
        }
        return [trouble for trouble, is_so in found.items() if is_so]

    def _closed(self, keys: Keys) -> bytes:
        return self.installation.opened(self.installation.tag_of("response", keys[0]))


@pytest.fixture
def round_(tmp_path: Path, storage: None) -> Iterator[Round]:
    """Every child will react; every second one then wants its answer to be gone."""
    app = create_app(settings_in(tmp_path / "killed"))
    with app.app_context():
        upgrade()
        app.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
        cast = the_cast()
        asked = a_consultation(cast.mobility)
        receipts = opened_children(app, asked, (KILLS + 1) * CHILDREN)
        message = a_message(cast, a_decision(a_signal(asked), cast.ben))
        made = Round(Installation(tmp_path / "killed", 0, "", "", []), message.id, says(message, "no"), receipts)
        db.session.remove()
        db.engine.dispose()
    yield made
    made.installation.stop()


def send_until(round_: Round, path: str, form: dict[str, str], words: str, random: Random, enough: Any) -> bool:
    """Send until the page says so; False when it was too late, or the receipt opens nothing any more."""
    tries = 0
    while not enough.is_set():
        answer: Answer = post(
            round_.installation.port, path, urlencode(form).encode(), "application/x-www-form-urlencoded",
            **{"X-Forwarded-For": f"203.0.113.{random.randrange(250)}"},
        )  # fmt: skip
        if words in answer.body.decode():
            return True
        if answer.status == 422:
            return False
        assert answer.status in (0, 503), answer
        pause(min(tries, 4), random)
        tries += 1
    return False


def one_child(round_: Round, number: int, enough: threading.Event) -> None:
    """React, and perhaps ask; both are noted only when the page said that they are kept."""
    keys, random = round_.receipts[number], Random(number)
    if send_until(round_, "/r/react", sent(keys, react=round_.form), "Dankjewel", random, enough):
        round_.reacted.append(keys)
    if number % 2 and send_until(round_, YES, sent(keys), "Je vroeg ons je antwoord weg te doen", random, enough):
        round_.asked.append(keys)


def run(round_: Round, victims: Sequence[str]) -> None:
    """Children come, and after so many the next is killed."""
    random, enough = Random(), threading.Event()
    round_.installation.start_web()
    round_.installation.start_jobs()
    with ThreadPoolExecutor(PHONES) as phones:
        coming = [phones.submit(one_child, round_, number, enough) for number in range(len(round_.receipts))]
        for number, victim in enumerate(victims, 1):
            deadline = time.monotonic() + READY_WITHIN
            while len(round_.reacted) < number * CHILDREN and time.monotonic() < deadline:
                time.sleep(0.005)
            kill(victim, round_.installation, random)
        time.sleep(random.random() * 0.3)
        round_.installation.stop()
        enough.set()
        for one in coming:
            one.result()


def test_what_a_child_saw_kept_is_not_lost_by_kills(round_: Round) -> None:
    run(round_, [VICTIMS[number % len(VICTIMS)] for number in range(KILLS)])
    assert len(round_.reacted) >= KILLS * CHILDREN
    assert len(round_.asked) >= KILLS * CHILDREN // 3
    assert round_.wrong() == []


def test_a_reaction_that_is_promised_before_the_commit_would_be_noticed(round_: Round) -> None:
    round_.installation.program = "tests.promises.careless:reacting_too_soon()"
    run(round_, ["web"])
    assert "a reaction is lost" in round_.wrong()


def test_a_wish_that_is_gone_before_its_answer_would_be_noticed(round_: Round) -> None:
    door = create_app(settings_in(round_.installation.folder)).test_client()
    round_.asked = round_.receipts[:5]
    for keys in round_.asked:
        assert door.post(YES, data=sent(keys)).status_code == 200
    assert round_.wrong() == []
    with round_.installation.looking() as store:
        store.execute("DELETE FROM erasure")
    assert round_.wrong() == ["a wish is lost"]
