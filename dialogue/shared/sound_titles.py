"""What a sound file tells besides its sound goes: titles, makers, places and covers can hold a name.

The sound itself stays byte for byte. What a browser records as WebM has no such thing, and is left alone.
"""

from collections.abc import Iterator

_OF_A_WAV = (b"fmt ", b"fact", b"data")  # all that a player needs
_TELLING = (b"udta", b"meta", b"uuid")  # boxes of an MP4
_COMMENTS = (b"OpusTags", b"\x03vorbis")  # how the packet of an Ogg begins that has them
Span = tuple[int, int, int]  # a piece of a packet: where its page begins, where it begins and ends


def without_titles(content: bytes, media_type: str) -> bytes:
    """The sound, of one of the types that `dialogue.shared.sounds` knows, without what else is told in it."""
    strip = {"audio/mpeg": _mp3, "audio/wav": _wav, "audio/mp4": _mp4, "audio/ogg": _ogg}.get(media_type)
    return strip(content) if strip else content


def after_id3(content: bytes) -> int:
    """Where the sound of an MP3 begins, after what tells of it (ID3v2), however often."""
    at = 0
    while content[at : at + 3] == b"ID3" and at + 10 <= len(content):
        size = 0
        for byte in content[at + 6 : at + 10]:
            size = size << 7 | byte & 0x7F
        at += (20 if content[at + 5] & 0x10 else 10) + size
    return at


def _mp3(content: bytes) -> bytes:
    end = len(content)
    while told := _told_before(content, end):
        end -= told
    return content[after_id3(content) : max(0, end)]


def _told_before(content: bytes, end: int) -> int:
    """How many of the bytes before `end` are a tag: ID3v1, its extension, or APE."""
    for name, size in ((b"TAG", 128), (b"TAG+", 227)):
        if end >= size and content.startswith(name, end - size):
            return size
    if end < 32 or not content.startswith(b"APETAGEX", end - 32):
        return 0
    has_header = content[end - 9] & 0x80
    return max(32, int.from_bytes(content[end - 20 : end - 16], "little")) + (32 if has_header else 0)


def _wav(content: bytes) -> bytes:
    kept, at = bytearray(b"WAVE"), 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + size]
        if name in _OF_A_WAV:
            kept += name + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)
        at += 8 + size + size % 2
    return b"RIFF" + len(kept).to_bytes(4, "little") + bytes(kept)


def _mp4(content: bytes) -> bytes:
    found = bytearray(content)
    _empty_boxes(found, 0, len(found), b"moov", b"trak")
    return bytes(found)


def _empty_boxes(found: bytearray, at: int, end: int, *holding: bytes) -> None:
    """Make of every box that tells something an empty one of the same size; also in those of `holding`, in turn."""
    while at + 8 <= end:
        size, name, head = int.from_bytes(found[at : at + 4]), bytes(found[at + 4 : at + 8]), 8
        if size == 1:
            size, head = int.from_bytes(found[at + 8 : at + 16]), 16
        stop = min(at + size, end) if size else end
        if stop < at + head:
            return
        if name in _TELLING:
            found[at + 4 : at + 8] = b"free"
            found[at + head : stop] = bytes(stop - at - head)
        elif name in holding[:1]:
            _empty_boxes(found, at + head, stop, *holding[1:])
        at = stop


def _ogg(content: bytes) -> bytes:
    found, pages = bytearray(content), dict[int, None]()
    for spans in _packets(content):
        packet = b"".join(content[begin:end] for _page, begin, end in spans)
        name = next((name for name in _COMMENTS if packet.startswith(name)), None)
        if name and len(packet) > len(name) + 8:
            silent = (name + bytes(8) + b"\x01").ljust(len(packet), b"\0")  # no maker, no comments
            for page, begin, end in spans:
                found[begin:end], silent = silent[: end - begin], silent[end - begin :]
                pages[page] = None
    for page in pages:
        _seal(found, page)
    return bytes(found)


def _packets(content: bytes) -> Iterator[list[Span]]:
    """The packets of an Ogg (RFC 3533): each ends with a segment of less than 255 bytes, maybe on a later page."""
    page, spans = 0, list[Span]()
    while content[page : page + 4] == b"OggS" and page + 27 <= len(content):
        segments = content[page + 27 : page + 27 + content[page + 26]]
        at = page + 27 + len(segments)
        for size in segments:
            spans.append((page, at, at + size))
            at += size
            if size < 255:
                yield spans
                spans = []
        page = at


def _seal(found: bytearray, page: int) -> None:
    """Write the checksum of the page that begins here."""
    segments = found[page + 27 : page + 27 + found[page + 26]]
    end = page + 27 + len(segments) + sum(segments)
    found[page + 22 : page + 26] = bytes(4)
    found[page + 22 : page + 26] = _sum(found[page:end]).to_bytes(4, "little")


def _sum(page: bytearray) -> int:
    """The checksum of an Ogg page: CRC-32 with 0x04c11db7, not reflected."""
    total = 0
    for byte in page:
        total = (total << 8) & 0xFFFFFFFF ^ _TABLE[total >> 24 ^ byte]
    return total


def _row(byte: int) -> int:
    row = byte << 24
    for _bit in range(8):
        row = (row << 1) ^ (0x04C11DB7 if row & 0x80000000 else 0)
    return row & 0xFFFFFFFF


_TABLE = tuple(map(_row, range(256)))
