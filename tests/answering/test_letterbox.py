"""Letters are sealed, look alike, and are bound to their tag."""

import pytest
from cryptography.exceptions import InvalidTag

from dialogue.answering.letterbox import STEP, fingerprint, seal, unseal

KEY, TAG = bytes(range(32)), bytes(16)
BODY = {"answers": {"q1": "a"}, "words": [{"item": "q2", "text": "Meer bömen 🌳", "tag": ""}]}


def test_what_is_sealed_comes_out_again() -> None:
    assert unseal(KEY, seal(KEY, BODY, TAG), TAG) == BODY


def test_short_and_longer_letters_have_one_length() -> None:
    sizes = {len(seal(KEY, BODY | {"text": "x" * length}, TAG)) for length in range(0, 300, 7)}
    assert sizes == {12 + STEP + 16}


def test_two_seals_of_one_body_differ() -> None:
    assert seal(KEY, BODY, TAG) != seal(KEY, BODY, TAG)


@pytest.mark.parametrize(
    ("key", "tag", "flip"), [(bytes(32), TAG, 0), (KEY, b"1" * 16, 0), (KEY, TAG, 1)], ids=["key", "tag", "letter"]
)
def test_another_key_tag_or_a_changed_letter_does_not_open(key: bytes, tag: bytes, flip: int) -> None:
    sealed = bytearray(seal(KEY, BODY, TAG))
    sealed[20] ^= flip
    with pytest.raises(InvalidTag):
        unseal(key, bytes(sealed), tag)


def test_the_fingerprint_follows_the_content_not_the_order() -> None:
    one = fingerprint(KEY, {"answers": {"q1": "a", "q2": "b"}})
    assert one == fingerprint(KEY, {"answers": {"q2": "b", "q1": "a"}})
    assert one != fingerprint(KEY, {"answers": {"q1": "a"}})
    assert one != fingerprint(bytes(32), {"answers": {"q1": "a", "q2": "b"}})
    assert len(one) == 16
