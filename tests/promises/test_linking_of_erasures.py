"""Children who take back what is out of the box: who watches the database all the while, and takes the disk afterwards,
joins no closed answers with words, nor finds in what order children asked.
"""

from pathlib import Path
from random import Random

import pytest
from flask import Flask
from scipy.stats import poisson

from dialogue.results import erasing
from dialogue.results.erasing import erase_answers
from dialogue.shared.database import db
from dialogue.signals.erasing import erase_words
from tests.promises.linking import CLOSED, TEXT, TOO_LUCKY, WORDS, Child, Look, joins_in, told
from tests.promises.phones import Letter
from tests.promises.processes import SOAK, Installation
from tests.promises.test_linking import come_and_open, inside, installation, letters_of, thief
from tests.promises.thief import Thief

__all__ = ["inside", "installation", "thief"]
CHILDREN, ASKING = (1000, 600) if SOAK else (150, 100)
AT_A_TIME = 4  # children who ask between two looks of the jobs


class Watcher:
    """Notes at which look of the jobs each of the answers and words went; `number` of looks so far."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.number = installation, 0
        self.went: dict[str, Look] = {CLOSED: {}, WORDS: {}}
        self._there = self._now()

    def look(self) -> None:
        self.number += 1
        now = self._now()
        for kind, before in self._there.items():
            self.went[kind] |= dict.fromkeys(before - now[kind], self.number)
        self._there = now

    def _now(self) -> dict[str, set[bytes]]:
        tables = {CLOSED: "response", WORDS: "contribution WHERE text <> ''"}
        with self.installation.looking() as store:
            return {kind: {row[0] for row in store.execute(f"SELECT key FROM {rows}")} for kind, rows in tables.items()}


def keys_of(installation: Installation, letter: Letter) -> dict[str, bytes]:
    """The keys of the rows that this child's answers became."""
    closed = installation.opened(installation.tag_of("response", letter.response_key))
    words = installation.tag_of("said", letter.said_key)
    with installation.looking() as store:
        found = [
            store.execute(f"SELECT key FROM {table} WHERE tag = ?", [mark]).fetchone()[0]
            for table, mark in (("response", closed), ("contribution", words))
        ]
    return {CLOSED: found[0], WORDS: found[1], TEXT: letter.text.encode()}


def ask(
    installation: Installation, app: Flask, count: int, asking: int, at_a_time: int = AT_A_TIME
) -> tuple[list[Child], Watcher]:
    """Children answer, all is opened; then many of them, one by one, want their answers to be gone."""
    phone, random = app.test_client(), Random()
    letters = letters_of(installation, count)
    come_and_open(
        letters,
        lambda letter: phone.post(letter.path, data=letter.raw, content_type="application/json").status_code,
        installation.wave_id,
    )
    chosen = random.sample(letters, asking)
    marks = [keys_of(installation, letter) for letter in chosen]
    watcher = Watcher(installation)
    for number, letter in enumerate(chosen, 1):
        answer = phone.post("/r/take-back/yes", data={"keys": letter.receipt})
        assert "Je vroeg ons je antwoord weg te doen." in answer.get_data(as_text=True)
        if number % at_a_time == 0:
            erase_answers()
            erase_words()
            db.session.remove()
            watcher.look()
    children = [
        Child(number, own, watcher.went[CLOSED][own[CLOSED]])
        for number, own in enumerate(marks)
        if own[CLOSED] in watcher.went[CLOSED]
    ]
    return children, watcher


def joined(children: list[Child], watcher: Watcher) -> bool:
    """Whether who watched joins more than chance gives."""
    right, chance = joins_in(watcher.went[CLOSED], watcher.went[WORDS], children, WORDS)
    return bool(poisson.sf(right - 1, max(chance, 1)) < TOO_LUCKY)


def test_who_watches_and_takes_the_disk_joins_nothing(
    installation: Installation, inside: Flask, thief: Thief, tmp_path: Path
) -> None:
    children, watcher = ask(installation, inside, CHILDREN, ASKING)
    assert len({child.lot for child in children}) > 1
    assert len(watcher.went[WORDS]) >= 20
    assert not joined(children, watcher)
    assert told(thief.looks(thief.takes(tmp_path / "after"), children), children) == []


def test_answers_that_go_alone_would_be_noticed(
    installation: Installation, inside: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "goes_now", lambda asked, *_: asked > 0)
    children, watcher = ask(installation, inside, 50, 30, at_a_time=1)
    assert len(children) == 30
    together = [Child(child.arrived, child.marks) for child in children]
    assert joined(together, watcher)
