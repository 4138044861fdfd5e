"""QR codes that a phone reads: SVG for paper and screen, PNG for newsletters."""

from functools import lru_cache
from io import BytesIO
from urllib.parse import urlsplit, urlunsplit

QUIET_ZONE = 4  # modules of white around, as the standard asks


def qr_address(address: str) -> str:
    """`address` in capitals where that changes nothing, so that the code gets one size smaller.

    Scheme and host are case-blind; our paths /p/<CODE> and /c/<CODE> are read case-blind too.
    """
    parts = urlsplit(address)
    return urlunsplit((parts.scheme.upper(), parts.netloc.upper(), parts.path.upper(), parts.query, parts.fragment))


@lru_cache(maxsize=256)
def qr_svg(address: str) -> str:
    """An SVG of the QR code of `address`, with its quiet zone, one path, no style."""
    code = _code(address)
    matrix = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    size = len(matrix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path fill="#1d2140" d="{path}"/></svg>'
    )


def qr_png(address: str, pixels_per_module: int = 16) -> bytes:
    """A black on white PNG of the QR code of `address`."""
    code = _code(address)
    code.box_size = pixels_per_module
    file = BytesIO()
    code.make_image().save(file)
    return file.getvalue()


def _code(address: str):  # type: ignore[no-untyped-def]
    import qrcode  # noqa: PLC0415

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(address)
    code.make(fit=True)
    return code
