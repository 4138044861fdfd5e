"""Sounds that people bring, each with the beginning that its form has; the MP3 is a real one."""

import io
import wave
from pathlib import Path

MP3 = Path(__file__).parents[2] / "dialogue" / "demo" / "barometer" / "buddy-bench.mp3"
_REST = bytes(200)
_MOOV = b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42" + b"\0\0\0\x40moov\0\0\0\x20hdlr\0\0\0\0\0\0\0\0"
_WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + b"\x86\x86A_OPUS"


def a_wav(seconds: float = 0.1) -> bytes:
    """Silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(int(16000 * seconds)))
    return out.getvalue()


SOUNDS = {
    "audio/wav": a_wav(),
    "audio/mpeg": MP3.read_bytes(),
    "audio/ogg": b"OggS\0\x02" + bytes(20) + b"\x01\x13OpusHead\x01\x01" + _REST,
    "audio/mp4": _MOOV + b"soun" + _REST,
    "audio/webm": _WEBM + _REST,
}
NO_SOUNDS = {
    "page": b"<!doctype html><script>alert(1)</script>" + _REST,
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' + _REST,
    "page that says it is a song": b"ID3\x04\0\0\0\0\0\0<html><script>alert(1)</script></html>" + _REST,
    "text": b"RIFF is een woord" + _REST,
    "avi": b"RIFF\0\0\0\0AVI LIST" + _REST,
    "film": _MOOV + b"vide\0\0\0\x20hdlr\0\0\0\0\0\0\0\0soun" + _REST,
    "film for the web": _WEBM + b"\x86\x85V_VP9" + _REST,
    "document": b"%PDF-1.7" + _REST,
    "nothing": b"",
    "only a beginning": b"RIFF\0\0\0\0WAVEfmt ",
    "zeroes": bytes(5000),
}
