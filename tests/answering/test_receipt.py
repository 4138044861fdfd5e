"""The receipt: words to keys to tags, and what docs/protocol.md tells a stranger."""

import json
import re
import threading
from pathlib import Path

import pytest

from dialogue.answering import receipt
from dialogue.shared.errors import Busy

PROTOCOL = Path(__file__).parents[2] / "docs" / "protocol.md"


def test_the_vectors_in_the_protocol_are_true() -> None:
    block = re.search(r"```json vectors\n(.*?)```", PROTOCOL.read_text(), re.DOTALL)
    assert block
    for vector in json.loads(block[1]):
        assert receipt.typed_words(vector["typed"]) == vector["secret"]
        master = receipt.derive(vector["secret"], bytes.fromhex(vector["salt"]))
        assert master.hex() == vector["master"]
        assert {name: receipt.key(master, name).hex() for name in vector["keys"]} == vector["keys"]
        assert receipt.echo(receipt.key(master, "response")) == vector["echo"]


@pytest.mark.parametrize(
    "typed",
    [
        "tulp robot pannenkoek egel",
        " Tulp,ROBOT\npannenkoek–egel. ",
        "tülp róbot pannenkoek 4 egel",
        "tulp-robot-pannenkoek-egel",
    ],
)
def test_words_are_read_as_a_child_types_them(typed: str) -> None:
    assert receipt.typed_words(typed) == "tulp robot pannenkoek egel"


@pytest.mark.parametrize("odd", ["", "\ud800", "\x00", "😀" * 9, "ﬁets", "ß"])
def test_odd_words_are_read_without_an_error(odd: str) -> None:
    receipt.typed_words(odd).encode()


@pytest.mark.parametrize("language", ["nl", "en", "xx", "../nl"])
def test_new_words_come_from_the_frozen_list(language: str) -> None:
    words = receipt.new_words(language)
    assert len(words) == 4
    assert set(words) <= set(receipt.word_list(language))
    assert len(receipt.word_list(language)) == 2048


def test_keys_of_one_receipt_differ_from_each_other() -> None:
    names = ["response", *(f"said/{number}" for number in range(16))]
    assert len({receipt.key(bytes(32), name) for name in names}) == 17


def test_a_tag_depends_on_pepper_kind_key_and_object() -> None:
    tags = {
        receipt.tag(b"p", "response", b"k"),
        receipt.tag(b"q", "response", b"k"),
        receipt.tag(b"p", "said", b"k"),
        receipt.tag(b"p", "response", b"l"),
        receipt.tag(b"p", "response", b"k", b"message:1"),
    }
    assert {len(tag) for tag in tags} == {16}
    assert len(tags) == 5


def test_own_words_questions_are_numbered_in_their_order() -> None:
    items = [
        {"key": "q3", "kind": "own_words"},
        {"key": "q1", "kind": "one_choice"},
        {"key": "q2", "kind": "own_words"},
    ]
    assert receipt.said_names({"items": items}) == {"q3": "said/0", "q2": "said/1"}


def test_at_most_two_receipts_are_worked_out_at_once_and_fifty_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    busy, most, gate = 0, 0, threading.Event()
    counting = threading.Lock()

    def slow(*_args: object) -> bytes:
        nonlocal busy, most
        with counting:
            busy += 1
            most = max(most, busy)
        gate.wait(10)
        with counting:
            busy -= 1
        return bytes(32)

    monkeypatch.setattr(receipt.hashlib, "pbkdf2_hmac", slow)
    threads = [threading.Thread(target=receipt.derive, args=("a b c d", bytes(16))) for _ in range(52)]
    for thread in threads:
        thread.start()
    with pytest.raises(Busy):
        while True:  # the queue is full once all fifty-two stand in it
            if not receipt._waiting.acquire(blocking=False):
                receipt.derive("a b c d", bytes(16))
            else:
                receipt._waiting.release()
    gate.set()
    for thread in threads:
        thread.join()
    assert most == 2
    assert receipt.derive("a b c d", bytes(16)) == bytes(32)
