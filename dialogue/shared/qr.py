"""QR codes drawn by us: as SVG, or as a matrix that others draw."""

from typing import Any

QUIET_ZONE = 4  # modules of white around, as the standard asks


def qr_code(text: str) -> Any:
    """The code of `text`, with its quiet zone (a `qrcode.QRCode`)."""
    import qrcode  # noqa: PLC0415

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    return code


def drawn(text: str) -> str:
    """An SVG of the QR code of `text`: one path, no style. Nothing of it is kept."""
    matrix = qr_code(text).get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    size = len(matrix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path fill="#1d2140" d="{path}"/></svg>'
    )
