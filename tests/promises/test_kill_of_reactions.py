"""Whatever is killed, and whenever: what a child saw kept is there once: a reaction, a choice or words as answer to one
more question, or the wish that what it said goes.

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
from dialogue.feedback.follow_ups import FOLLOW_UP
from dialogue.feedback.reactions import REACTION
from dialogue.shared.database import db
from tests.builders import a_consultation, a_decision, a_signal, the_cast
from tests.conftest import settings_in
from tests.feedback.erasing import YES, opened_children
from tests.feedback.follow_ups import a_question
from tests.feedback.reactions import Keys, a_message, says, sent
from tests.promises.phones import Answer, pause, post
from tests.promises.processes import READY_WITHIN, SOAK, Installation
from tests.promises.test_kill import kill

VICTIMS = ("worker", "jobs", "web", "all", "jobs that open the box")
KILLS = 60 if SOAK else 5
CHILDREN = 25 if SOAK else 15  # between two kills
PHONES = 4
ANSWER = "/r/follow-up"


@dataclass
class Round:
    """Answers out of the box, a message about them, and of which receipts the phones saw what was kept."""

    installation: Installation
    message: int
    form: str  # the value of the button "no"
    choice: int  # a question with answers to choose
    words: int  # one for own words
    receipts: list[Keys]
    reacted: list[Keys] = field(default_factory=list)
    asked: list[Keys] = field(default_factory=list)
    chose: list[Keys] = field(default_factory=list)
    wrote: list[Keys] = field(default_factory=list)

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
        return [trouble for trouble, is_so in (found | self._wrong_later()).items() if is_so]

    def _wrong_later(self) -> dict[str, bool]:
        """What does not hold of the answers to what was asked once more."""
        with self.installation.looking() as store:
            chosen = {row[0] for row in store.execute("SELECT tag FROM follow_up_answer WHERE option = 'a'")}
            waiting = [self.installation.opened(row[0]) for row in store.execute("SELECT tag FROM follow_up_letter")]
            out = [row[0] for row in store.execute("SELECT tag FROM contribution WHERE item LIKE 'follow-up:%'")]
        wrote = {self.installation.opened(self._answer(keys, self.words)) for keys in self.wrote}
        return {
            "a choice is lost": not {self._answer(keys, self.choice) for keys in self.chose} <= chosen,
            "words are lost": not wrote <= {*waiting, *out},
            "words are there twice": len(waiting + out) > len({*waiting, *out}),
        }

    def _answer(self, keys: Keys, question: int) -> bytes:
        return self.installation.tag_of(FOLLOW_UP, keys[0] + b"\0" + str(question).encode())

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
        signals = [a_signal(asked), a_signal(asked)]
        message = a_message(cast, a_decision(signals[0], cast.ben))
        choice, words = a_question(signals[0], cast), a_question(signals[1], cast, options={}, own_words=True)
        here = Installation(tmp_path / "killed", 0, "", "", [])
        made = Round(here, message.id, says(message, "no"), choice.id, words.id, receipts)
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


def choosing(round_: Round, keys: Keys) -> dict[str, str]:
    return sent(keys, follow_up=f"{round_.choice}|a")


def writing_words(round_: Round, keys: Keys) -> dict[str, str]:
    return sent(keys, **{"follow_up": f"{round_.words}|words", f"words-{round_.words}": "Meer licht"})


def one_child(round_: Round, number: int, enough: threading.Event) -> None:
    """React, and answer what is asked once more, or ask to be gone; noted only when the page said that it is kept."""
    keys, random = round_.receipts[number], Random(number)
    if send_until(round_, "/r/react", sent(keys, react=round_.form), "Dankjewel", random, enough):
        round_.reacted.append(keys)
    if number % 4 == 0 and send_until(round_, ANSWER, choosing(round_, keys), "Dankjewel", random, enough):
        round_.chose.append(keys)
    if number % 4 == 2 and send_until(round_, ANSWER, writing_words(round_, keys), "Dankjewel", random, enough):
        round_.wrote.append(keys)
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
    assert min(len(round_.chose), len(round_.wrote)) >= KILLS * CHILDREN // 6
    assert round_.wrong() == []


@pytest.mark.sqlite("the comparison is the same on both, and seen to be awake here")
def test_a_reaction_that_is_promised_before_the_commit_would_be_noticed(round_: Round) -> None:
    round_.installation.program = "tests.promises.careless:reacting_too_soon()"
    run(round_, ["web"])
    assert "a reaction is lost" in round_.wrong()


@pytest.mark.sqlite("the comparison is the same on both, and seen to be awake here")
def test_a_wish_or_an_answer_that_is_gone_would_be_noticed(round_: Round) -> None:
    door = create_app(settings_in(round_.installation.folder)).test_client()
    round_.asked, round_.chose, round_.wrote = (round_.receipts[start : start + 3] for start in (0, 3, 6))
    forms = [(YES, sent(keys)) for keys in round_.asked]
    forms += [(ANSWER, choosing(round_, keys)) for keys in round_.chose]
    forms += [(ANSWER, writing_words(round_, keys)) for keys in round_.wrote]
    for path, form in forms:
        assert door.post(path, data=form).status_code == 200
    assert round_.wrong() == []
    with round_.installation.looking() as store:
        for table in ("erasure", "follow_up_answer", "follow_up_letter"):
            store.execute(f"DELETE FROM {table}")
    assert round_.wrong() == ["a wish is lost", "a choice is lost", "words are lost"]
