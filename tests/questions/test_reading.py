"""A sending is read against its questionnaire: nothing unknown passes."""

from typing import Any

import pytest

from dialogue.questions.reading import read_answers
from dialogue.shared.errors import Refused
from tests.builders import a_choice, own_words

DOCUMENT = {"band": "B", "languages": ["nl"], "items": [a_choice("q1"), own_words("q2"), a_choice("q3")]}


def test_answers_and_words_are_read_apart() -> None:
    read = read_answers(DOCUMENT, {"q1": "a", "q3": "?"}, {"q2": "Meer bomen"})
    assert read == ({"q1": "a", "q3": "?"}, {"q2": "Meer bomen"})


def test_what_is_skipped_is_absent() -> None:
    assert read_answers(DOCUMENT, {"q1": "", "q3": "b"}, {"q2": "   "}) == ({"q3": "b"}, {})


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"q9": "a"}, {}),
        ({"q2": "a"}, {}),
        ({}, {"q1": "woorden"}),
        ({"q1": ["a"]}, {}),
        ({"q1": None}, {}),
        ({"q1": 1}, {}),
        ({"q1": {"a": 1}}, {}),
        ({}, {"q2": 7}),
        ({}, {"q2": "x" * 141}),
        ({"q1": "z"}, {}),
    ],
)
def test_what_does_not_belong_is_refused(answers: dict[str, Any], words: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        read_answers(DOCUMENT, answers, words)
