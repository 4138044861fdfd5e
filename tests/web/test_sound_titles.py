"""What a sound file tells besides its sound goes when it comes in; the sound itself stays as it was."""

import io
import struct
import wave

import pytest

from dialogue.shared.sound_titles import without_titles
from dialogue.shared.sounds import checked_sound
from tests.web.sounds import MP3, SOUNDS, a_wav

NAME = b"Juf Annemie van De Linde"
FRAMES = MP3.read_bytes()


def id3(body: bytes, flags: int = 0) -> bytes:
    """An ID3v2.4 tag; its size has seven bits a byte."""
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    footer = b"3DI\x04\0" + bytes([flags]) + size if flags & 0x10 else b""
    return b"ID3\x04\0" + bytes([flags]) + size + body + footer


def ape(body: bytes) -> bytes:
    """An APEv2 tag with its header."""
    size = struct.pack("<III", 2000, len(body) + 32, 1)
    return b"APETAGEX" + size + b"\0\0\0\xa0" + bytes(8) + body + b"APETAGEX" + size + b"\0\0\0\x80" + bytes(8)


# Each way in which the name of a school stands in an MP3.
TITLED = {
    "before": id3(NAME + bytes(200)) + FRAMES,
    "twice before, with an end of its own": id3(NAME) + id3(NAME, flags=0x10) + FRAMES,
    "at the end": FRAMES + b"TAG" + NAME.ljust(125),
    "longer at the end": FRAMES + b"TAG+" + NAME.ljust(223) + b"TAG" + NAME.ljust(125),
    "as APE at the end": FRAMES + ape(NAME) + b"TAG" + NAME.ljust(125),
}


@pytest.mark.parametrize("where", TITLED)
def test_an_mp3_keeps_its_frames_and_no_title(app: object, where: str) -> None:
    assert checked_sound(TITLED[where], "lied.mp3").content == FRAMES


def test_a_wav_keeps_its_samples_and_no_list(app: object) -> None:
    plain = a_wav()
    told = b"LIST" + struct.pack("<I", 4 + 8 + len(NAME)) + b"INFOINAM" + struct.pack("<I", len(NAME)) + NAME
    others = b"".join(name + struct.pack("<I", len(NAME)) + NAME for name in (b"bext", b"id3 ", b"iXML"))
    titled = plain[:36] + told + others + plain[36:] + told
    found = checked_sound(b"RIFF" + struct.pack("<I", len(titled) - 8) + titled[8:], "x.wav").content
    assert found == plain
    with wave.open(io.BytesIO(found)) as sound:
        assert sound.getnframes() == 800


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", len(body) + 8) + name + body


def test_an_m4a_keeps_every_place_and_no_title(app: object) -> None:
    sound = box(b"hdlr", bytes(8) + b"soun" + bytes(12))
    track = box(b"trak", box(b"mdia", sound), box(b"udta", NAME))
    large = struct.pack(">I", 1) + b"uuid" + struct.pack(">Q", 16 + len(NAME)) + NAME
    file = b"".join(
        (
            box(b"ftyp", b"M4A " + bytes(4)),
            box(b"moov", track, box(b"udta", box(b"meta", NAME))),
            large,
            box(b"mdat", b"samples" * 20),
            struct.pack(">I", 0) + b"meta" + NAME,
        )
    )
    found = checked_sound(file, "x.m4a").content
    assert NAME not in found
    assert len(found) == len(file)
    assert found.index(b"samples") == file.index(b"samples")
    assert sound in found


def page(packets: list[bytes], number: int, *, goes_on: bool = False) -> bytes:
    """An Ogg page; its last packet is not closed where it goes on."""
    segments = b""
    for place, packet in enumerate(packets):
        closed = not (goes_on and place == len(packets) - 1)
        segments += b"\xff" * (len(packet) // 255) + (bytes([len(packet) % 255]) if closed else b"")
    head = b"OggS\0\0" + bytes(8) + b"\x07\0\0\0" + struct.pack("<I", number)
    tail = bytes([len(segments)]) + segments + b"".join(packets)
    return head + struct.pack("<I", checksum(head + bytes(4) + tail)) + tail


def checksum(data: bytes) -> int:
    """CRC-32 of RFC 3533, bit by bit."""
    total = 0
    for byte in data:
        total ^= byte << 24
        for _bit in range(8):
            total = ((total << 1) ^ (0x04C11DB7 if total & 0x80000000 else 0)) & 0xFFFFFFFF
    return total


def comments(name: bytes, *, end: bytes = b"") -> bytes:
    told = b"TITLE=" + NAME
    maker = b"telefoon van Annemie"
    return name + struct.pack("<I", len(maker)) + maker + struct.pack("<II", 1, len(told)) + told + end


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (b"OpusHead" + bytes(11), comments(b"OpusTags")),
        (b"\x01vorbis" + bytes(23), comments(b"\x03vorbis", end=b"\x01")),
    ],
)
def test_an_ogg_keeps_its_packets_and_no_comments(app: object, head: bytes, told: bytes) -> None:
    long = told + bytes(510 - len(told)) + NAME * 20  # a cover, on more than one page
    first, second = long[:510], long[510:]
    file = page([head], 0) + page([first], 1, goes_on=True) + page([second, b"setup"], 2) + page([b"sound" * 60], 3)
    found = checked_sound(file, "x.ogg").content
    assert NAME not in found
    assert b"Annemie" not in found
    assert len(found) == len(file)
    assert found[: len(page([head], 0))] == page([head], 0)
    name = told[:8] if told.startswith(b"Opus") else told[:7]
    empty = (name + bytes(8) + b"\x01").ljust(len(long), b"\0")
    assert found == (
        page([head], 0)
        + page([empty[:510]], 1, goes_on=True)
        + page([empty[510:], b"setup"], 2)
        + page([b"sound" * 60], 3)
    )


@pytest.mark.parametrize("media_type", SOUNDS)
def test_a_file_that_is_cut_off_anywhere_is_read_to_its_end(media_type: str) -> None:
    whole = SOUNDS[media_type][:400]
    for end in range(len(whole)):
        assert len(without_titles(whole[:end], media_type)) <= end + 12


def test_a_tag_that_claims_to_be_all_of_it_leaves_no_sound(app: object) -> None:
    claims = FRAMES + b"APETAGEX" + struct.pack("<III", 2000, 0xFFFFFFFF, 1) + bytes(12)
    assert without_titles(claims, "audio/mpeg") == b""
