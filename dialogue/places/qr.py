"""QR codes that a phone reads: SVG for paper and screen, PNG for newsletters."""

from functools import lru_cache
from io import BytesIO
from urllib.parse import urlsplit, urlunsplit

from dialogue.shared.qr import drawn, qr_code


def qr_address(address: str) -> str:
    """`address` in capitals where that changes nothing, so that the code gets one size smaller.

    Scheme and host are case-blind; our paths /p/<CODE> and /c/<CODE> are read case-blind too.
    """
    parts = urlsplit(address)
    return urlunsplit((parts.scheme.upper(), parts.netloc.upper(), parts.path.upper(), parts.query, parts.fragment))


@lru_cache(maxsize=256)
def qr_svg(address: str) -> str:
    """An SVG of the QR code of `address`, with its quiet zone, one path, no style."""
    return drawn(address)


def qr_png(address: str, pixels_per_module: int = 16) -> bytes:
    """A black on white PNG of the QR code of `address`."""
    code = qr_code(address)
    code.box_size = pixels_per_module
    file = BytesIO()
    code.make_image().save(file)
    return file.getvalue()
