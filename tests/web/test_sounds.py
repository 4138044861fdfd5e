"""Sounds that somebody brings are known by what is in them, whatever name or type they claim."""

import pytest

from dialogue.shared.errors import Refused
from dialogue.shared.sounds import MOST_BYTES, checked_sound
from tests.web.sounds import MP3, NO_SOUNDS, SOUNDS, a_wav


@pytest.mark.parametrize("media_type", SOUNDS)
def test_a_sound_is_kept_as_it_is_under_the_type_that_it_has(app: object, media_type: str) -> None:
    found = checked_sound(SOUNDS[media_type], "../Opname van juf.html")
    assert (found.media_type, found.content) == (media_type, SOUNDS[media_type])
    assert found.safe_name.startswith("opname-van-juf.")
    assert not found.safe_name.endswith("html")


@pytest.mark.parametrize("what", NO_SOUNDS)
def test_what_is_no_sound_is_refused(app: object, what: str) -> None:
    with pytest.raises(Refused, match="geen geluid"):
        checked_sound(NO_SOUNDS[what], "opname.mp3")


def test_a_sound_of_more_than_three_megabytes_is_refused(app: object) -> None:
    with pytest.raises(Refused, match="3 MB"):
        checked_sound(a_wav() + bytes(MOST_BYTES), "lang.wav")


def test_a_song_with_its_title_before_it_is_an_mp3(app: object) -> None:
    titled = b"ID3\x04\0\0\0\0\x01\x00" + bytes(128) + MP3.read_bytes()
    assert checked_sound(titled, "lied.mp3").media_type == "audio/mpeg"
