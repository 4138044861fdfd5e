"""Files that people bring as proof: photos with what a phone writes into them, documents, and what is neither."""

import io
from typing import Any

import pikepdf
from PIL import Image

PLACE = "51.0543"


def a_photo(form: str = "JPEG", size: tuple[int, int] = (300, 200), **saved: Any) -> bytes:
    """A photo, blue at the left and yellow elsewhere."""
    picture = Image.new("RGB", size, "yellow")
    picture.paste("blue", (0, 0, size[0] // 4, size[1]))
    out = io.BytesIO()
    picture.save(out, form, **saved)
    return out.getvalue()


def a_phone_photo() -> bytes:
    """A photo that lies on its side, with camera, place, comment and colour profile in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010F] = "PHONEMAKER"
    exif[0x8769] = {0x9286: f"PLACE {PLACE}"}
    exif[0x8825] = {1: "N", 2: (51.0, 3.0, 15.48)}
    return a_photo(exif=exif, comment=b"made by OWNER", icc_profile=b"PROFILE" * 20)


def a_pdf(**root: Any) -> bytes:
    """A document of one page."""
    document = pikepdf.new()
    document.add_blank_page()
    for name, value in root.items():
        document.Root[f"/{name}"] = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_pdf_with_a_program() -> bytes:
    return a_pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))


def a_pdf_with_a_file() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["x.exe"] = b"MZ"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_locked_pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><script>alert(1)</script>"
NOT_PROOF = {
    "an SVG with a script": SVG,
    "a page": PAGE,
    "nothing at all": b"",
    "a GIF": a_photo("GIF"),
    "half a photo": a_photo()[:400],
    "a photo of too many points": a_photo("PNG", (9000, 6000)),
    "half a PDF": b"%PDF-1.7\n1 0 obj",
    "a PDF with a program": a_pdf_with_a_program(),
    "a PDF with a file in it": a_pdf_with_a_file(),
    "a PDF behind a password": a_locked_pdf(),
    "a page that begins as a PDF": b"%PDF-1.7\n" + PAGE,
}
