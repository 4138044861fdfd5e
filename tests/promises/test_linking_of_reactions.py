"""What a receipt says later, to several questions in one sitting, joins neither itself nor what the child said before.

PostgreSQL's write-ahead log tells what came together for as long as it is kept: docs/installing.md says so.
`SOAK=1` (`make soak`): 1,000 children.
"""

from collections.abc import Mapping
from contextlib import closing
from itertools import combinations
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from flask import Flask

from dialogue.answering import receipt
from dialogue.answering.letterbox import opened
from dialogue.feedback import follow_up_words, follow_ups, jobs, lots, reactions
from dialogue.feedback.follow_ups import follow_up_tag
from dialogue.feedback.reaction_models import Asked, Opinion
from dialogue.feedback.reactions import react, reaction_tag
from dialogue.shared.bands import Band
from dialogue.shared.codes import new_key
from dialogue.shared.database import db
from dialogue.signals.follow_up_models import FollowUpQuestion
from tests import databases
from tests.builders import Cast, a_consultation, a_decision, a_signal
from tests.feedback.erasing import opened_children
from tests.feedback.follow_ups import a_question
from tests.feedback.reactions import Keys, a_message
from tests.promises.linking import CLOSED, LETTER, TEXT, WORDS, Child, Look, joined, narrow_columns, ordered
from tests.promises.processes import SOAK
from tests.promises.test_linking import holding
from tests.promises.thief import WAL, Thief

CHILDREN = 1000 if SOAK else 120
AT_A_TIME = 12  # children between two looks of the jobs
REACTED, CHOSE, CHOSE_AGAIN = "reactions", "answers to one more question", "answers to another"
LATER = (REACTED, CHOSE, CHOSE_AGAIN, TEXT)


class Later:
    """A message, two questions to choose and one to write, and receipts whose answers are out of the box."""

    def __init__(self, app: Flask, cast: Cast, count: int) -> None:
        consultation = a_consultation(cast.mobility)
        self.receipts = opened_children(app, consultation, count)
        signals = [a_signal(consultation) for _ in range(3)]
        self.message = a_message(cast, a_decision(signals[0], cast.ben)).id
        self.first, self.second = (a_question(signal, cast).id for signal in signals[:2])
        self.written = a_question(signals[2], cast, options={}, own_words=True)
        self.app = app

    def marks(self, keys: Keys, text: str) -> Mapping[str, bytes]:
        """All that the installation keeps of one receipt."""
        pepper = self.app.extensions["dialogue"].keys.pepper
        return {
            CLOSED: opened(receipt.tag(pepper, "response", keys[0])),
            WORDS: receipt.tag(pepper, "said", keys[1]),
            REACTED: reaction_tag(keys[0], self.message, Asked.ANSWER),
            CHOSE: follow_up_tag(keys[0], self.first),
            CHOSE_AGAIN: follow_up_tag(keys[0], self.second),
            LETTER: follow_up_tag(keys[0], self.written.id),
            TEXT: text.encode(),
        }

    def come(self) -> list[Child]:
        """Each child, in an order of their own, says all it is asked in one sitting; the jobs look now and then."""
        random = Random()
        random.shuffle(self.receipts)
        children = []
        for number, keys in enumerate(self.receipts):
            text = f"{new_key().hex()} een zebrapad"
            react(keys[0], self.message, Asked.ANSWER, random.choice(list(Opinion)))
            for question in (self.first, self.second):
                follow_ups.answer(keys[0], question, random.choice("ab?"))
            follow_up_words.write(keys[0], self.written, Band.B, text)
            children.append(Child(number, self.marks(keys, text), number // AT_A_TIME))
            if (number + 1) % AT_A_TIME == 0:
                look()
        return children


def look() -> None:
    """What the jobs do at every look."""
    jobs.count_reactions()
    jobs.count_follow_ups()
    jobs.open_follow_ups()
    db.session.rollback()


@pytest.fixture
def later(app: Flask, cast: Cast) -> Later:
    return Later(app, cast, CHILDREN)


@pytest.fixture
def few(app: Flask, cast: Cast) -> Later:
    return Later(app, cast, AT_A_TIME)


@pytest.fixture
def thief(instance: Path) -> Thief:
    return Thief(instance)


def told(seen: Mapping[str, Look], children: list[Child]) -> list[str]:
    """What joins, or orders, more than chance gives."""
    tables = {name: look for name, look in seen.items() if not name.startswith(WAL)}
    assert all(any(child.marks[kind] in look for look in tables.values() for child in children) for kind in LATER)
    before = [one for kind in (CLOSED, WORDS) for one in joined(seen, children, kind, *LATER)]
    sittings = [one for kind, other in combinations(LATER, 2) for one in joined(tables, children, kind, other)]
    return before + sittings + ordered(tables, children, *LATER)


def shared_values(folder: Path) -> list[str]:
    """Values that stand with what was said before and with what was said later, of fewer than ten children."""
    with closing(databases.Store(folder)) as store:
        tables = combinations(("response", "contribution", "reaction", "follow_up_answer", "follow_up_letter"), 2)
        return [one for pair in tables for one in narrow_columns(store, *pair) if "wave_id" not in one]


def test_what_a_receipt_says_later_joins_nothing(later: Later, thief: Thief, instance: Path, tmp_path: Path) -> None:
    children = later.come()
    assert told(thief.looks(thief.takes(tmp_path / "taken"), children), children) == []
    assert shared_values(instance) == []


def test_without_writing_it_anew_it_would_be_told(
    later: Later, thief: Thief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "forget_arrival", lambda *_: None)
    monkeypatch.setattr(jobs, "leave_no_trace", lambda *_, changed: None)
    children = later.come()
    assert told(thief.looks(thief.takes(tmp_path / "taken"), children), children)


def test_an_answer_with_the_tag_of_its_receipt_would_be_noticed(
    app: Flask, few: Later, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pepper = app.extensions["dialogue"].keys.pepper
    own = lambda key, _question: opened(receipt.tag(pepper, "response", key))  # noqa: E731
    monkeypatch.setattr(follow_ups, "follow_up_tag", own)
    few.come()
    assert "tag = tag" in shared_values(instance)


def found_with_words(few: Later, taken: Path) -> list[str]:
    """What somebody finds on the disk who also found the four words of children, but has not the keys."""
    kinds = {
        "response": [b""],
        "said": [b""],
        "reaction": [f"{few.message}|answer".encode()],
        "follow-up": [str(id_).encode() for id_ in (few.first, few.second, few.written.id)],
    }
    tags = [
        receipt.tag(b"", kind, key, about)
        for keys in few.receipts
        for key in keys[:2]
        for kind, objects in kinds.items()
        for about in objects
    ]
    return holding(taken, *tags, *(receipt.tag(b"", "opened", tag) for tag in tags))


def test_who_found_the_four_words_finds_nothing_on_the_disk(few: Later, thief: Thief, tmp_path: Path) -> None:
    few.come()
    assert found_with_words(few, thief.takes(tmp_path / "taken")) == []


@pytest.mark.parametrize("room", [reactions, follow_ups])
def test_tags_without_pepper_would_be_noticed(
    few: Later, thief: Thief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: ModuleType
) -> None:
    bare = lambda _pepper, kind, key, about: receipt.tag(b"", kind, key, about)  # noqa: E731
    monkeypatch.setattr(room, "tag", bare)
    few.come()
    assert found_with_words(few, thief.takes(tmp_path / "taken"))


def taken_back(later: Later, monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    """Children whose answers count, and who take them back one by one before the figures can move again."""
    children = later.come()
    for question in (later.first, later.second):
        lots.move_figures(follow_ups.lot_of(db.session.get_one(FollowUpQuestion, question)), closed=True)
    look()
    monkeypatch.setattr(lots, "moves_at", lambda *_: CHILDREN)
    for keys in later.receipts[: CHILDREN // 2]:
        follow_ups.take_back_answers(keys[0], [later.first, later.second])
    look()
    return [Child(child.arrived, child.marks) for child in children[: CHILDREN // 2]]


def sittings(thief: Thief, target: Path, children: list[Child]) -> list[str]:
    """What joins two answers of one receipt, in the tables."""
    seen = thief.looks(thief.takes(target), children)
    return joined({name: one for name, one in seen.items() if not name.startswith(WAL)}, children, CHOSE, CHOSE_AGAIN)


def test_what_is_taken_back_in_one_act_is_not_joined(
    later: Later, thief: Thief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sittings(thief, tmp_path / "taken", taken_back(later, monkeypatch)) == []


@pytest.mark.postgresql
def test_both_halves_that_stay_in_one_transaction_would_be_noticed(
    later: Later, thief: Thief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "forget_arrival", lambda *_: None)
    assert sittings(thief, tmp_path / "taken", taken_back(later, monkeypatch))
