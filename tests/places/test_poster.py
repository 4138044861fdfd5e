"""The poster as a phone sees it."""

import io

import pypdfium2
import zxingcpp

from dialogue.places.poster import PosterText, poster_pdf
from dialogue.places.qr import qr_address

TEXT = PosterText(
    language="nl",
    town="Oudenhove",
    listens="Oudenhove luistert",
    place="Jeugdhuis De Kring",
    title="Hoe kom jij naar school?",
    scan="Scan en zeg wat jij vindt.",
    facts="6 minuten · geen naam · je mag altijd stoppen",
    no_phone="Geen gsm? Vraag de tablet of ga naar",
    address="dialoog.example.be/p/7KQM93",
    link=qr_address("https://dialoog.example.be/p/7KQM93"),
    qr_alt="QR-code naar dialoog.example.be/p/7KQM93",
    promise="We lezen alles. Schepen Lies Claes beslist mee. Op 15 maart hoor je wat er beslist is: scan dan opnieuw.",
    help="Zit je ergens mee? Awel: bel gratis 102.",
)


def test_the_code_on_the_poster_decodes_and_is_at_least_four_centimetres() -> None:
    page = pypdfium2.PdfDocument(poster_pdf(TEXT))[0]
    picture = page.render(scale=2).to_pil()
    codes = zxingcpp.read_barcodes(picture)
    assert [code.text for code in codes] == ["HTTPS://DIALOOG.EXAMPLE.BE/P/7KQM93"]
    corners = codes[0].position
    centimetres = (corners.top_right.x - corners.top_left.x) / 2 / 72 * 2.54
    assert centimetres >= 4


def test_the_poster_is_one_page_of_accessible_pdf_with_all_it_must_say() -> None:
    data = poster_pdf(TEXT)
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    assert len(document) == 1
    words = " ".join(document[0].get_textpage().get_text_range().split())
    for sentence in (TEXT.title, TEXT.place, TEXT.listens, TEXT.address, "beslist mee", "102"):
        assert sentence in words
    assert b"pdfuaid" in data


def test_a_long_question_still_fits_on_one_page() -> None:
    long = PosterText(
        **{
            **TEXT.__dict__,
            "title": "Wat vind jij van de plek waar je na school graag speelt en met vrienden afspreekt? " * 2,
        }
    )
    assert len(pypdfium2.PdfDocument(poster_pdf(long))) == 1
