"""Sounds that somebody brings: a recording in one of five forms that phones play, known by what is in it.

The name and the type that a browser claims count for nothing. What is no sound (a page, a drawing, a film) is
refused; what is kept is handed out under the type found here, so that no browser ever runs it.
"""

import re
from collections.abc import Callable

from flask_babel import gettext as _

from dialogue.shared.errors import Refused
from dialogue.shared.files import Checked
from dialogue.shared.sound_titles import after_id3, without_titles

MOST_BYTES = 3 * 1024 * 1024  # some three minutes as a phone records
LEAST_BYTES = 100  # less holds no sound
FILM = re.compile(rb"hdlr.{8}vide|V_VP8|V_VP9|V_AV1|V_MPEG|\x80theora", re.DOTALL)


def checked_sound(content: bytes, name: str) -> Checked:
    """The sound in `content`, without titles that may hold a name; raises Refused. Call it outside the lock."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Dit geluid is te groot: hoogstens 3 MB."))
    media_type = next((found for found, is_one in _FORMS.items() if is_one(content)), "")
    sound = without_titles(content, media_type)
    if not media_type or len(sound) < LEAST_BYTES or FILM.search(content):
        raise Refused(_("Dit is geen geluid dat we kunnen gebruiken: neem een MP3, M4A, WAV, OGG of WebM."))
    return Checked(sound, name, media_type)


def _is_wav(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:16] == b"WAVEfmt "


def _is_ogg(content: bytes) -> bool:
    return content[:4] == b"OggS" and (b"OpusHead" in content[:80] or b"\x01vorbis" in content[:80])


def _is_m4a(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and re.search(rb"hdlr.{8}soun", content, re.DOTALL) is not None


def _is_webm(content: bytes) -> bool:
    return content[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in content[:64] and b"A_OPUS" in content[:4096]


def _is_mp3(content: bytes) -> bool:
    """Two frames of MPEG layer III follow each other, after what tells of the song (ID3)."""
    start = after_id3(content)
    length = _frame_length(content[start : start + 4])
    return bool(length) and bool(_frame_length(content[start + length : start + length + 4]))


_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # samples/s per version
_BITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # kbit/s of MPEG 1, layer III
_BITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)  # of MPEG 2 and 2.5


def _frame_length(header: bytes) -> int:
    """The bytes of the frame that begins so, by its header (ISO 11172-3); 0 where it is none of layer III."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version, rate, bits = header[1] >> 3 & 3, header[2] >> 2 & 3, header[2] >> 4
    if version == 1 or rate == 3 or bits in (0, 15):
        return 0
    kilobits, samples = (_BITS_1[bits], 144) if version == 3 else (_BITS_2[bits], 72)
    return samples * kilobits * 1000 // _RATES[version][rate] + (header[2] >> 1 & 1)


_FORMS: dict[str, Callable[[bytes], bool]] = {
    "audio/wav": _is_wav,
    "audio/ogg": _is_ogg,
    "audio/mp4": _is_m4a,
    "audio/webm": _is_webm,
    "audio/mpeg": _is_mp3,
}
