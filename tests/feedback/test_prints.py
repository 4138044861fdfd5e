"""A told message on paper: its code leads to the public page, and everybody can read it."""

import io
from urllib.parse import urlsplit

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from typst import TypstError

from dialogue.decisions.models import Decision
from dialogue.feedback import prints
from dialogue.feedback.models import PARTS
from dialogue.feedback.versions import Shown
from tests.builders import Cast, a_consultation, a_decision, a_signal
from tests.evidence.test_sheets import elements, text_of
from tests.feedback.telling import a_message
from tests.pages import Pages

SAID = {part: f"Dit is {part}." for part in PARTS} | {"we_decided": "In de Kerkstraat komt een drempel."}
A3 = (842, 1191)  # points


@pytest.fixture
def decision(cast: Cast) -> Decision:
    decision = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben)
    message = a_message(
        cast, decision, {"nl": SAID, "fr": SAID | {"because": "Le bus passe là."}, "A-nl": {"you_said": "Te snel!"}}
    )
    assert message.told
    return decision


def paper(pages: Pages, cast: Cast, decision: Decision, name: str, query: str = "") -> bytes:
    answer = pages.as_(cast.ada).client.get(f"/desk/messages/{decision.id}/{name}.pdf{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return answer.data


def printed(decision: Decision, parts: dict[str, str], picture: str = "") -> prints.Printed:
    return prints.Printed(decision, Shown("", "nl", parts, picture), "https://dialoog.example.be/m/oudenhove/signal/1")


@pytest.mark.parametrize("name", ["poster", "class-sheet"])
@pytest.mark.parametrize(("query", "spoken"), [("", ""), ("?version=fr", "?lang=fr"), ("?version=A-nl", "?age=A")])
def test_the_code_leads_to_the_public_page_of_what_was_answered(
    pages: Pages, cast: Cast, decision: Decision, name: str, query: str, spoken: str
) -> None:
    page = pypdfium2.PdfDocument(paper(pages, cast, decision, name, query))[0]
    [code] = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert code.text == f"http://localhost/m/oudenhove/signal/{decision.answers[0].signal_id}{spoken}"
    there = urlsplit(code.text)
    assert "drempel" in pages.get(f"{there.path}?{there.query}").text
    assert (code.position.top_right.x - code.position.top_left.x) / 2 / 72 * 2.54 >= 4  # centimetres
    assert there.netloc + there.path in text_of(page)


def test_a_poster_hangs_on_a4_or_a3(pages: Pages, cast: Cast, decision: Decision) -> None:
    small, large = (pypdfium2.PdfDocument(paper(pages, cast, decision, "poster", f"?paper={p}")) for p in ("a4", "a3"))
    assert tuple(round(side) for side in large[0].get_size()) == A3
    assert small[0].get_size() < large[0].get_size()
    assert pages.as_(cast.ada).client.get(f"/desk/messages/{decision.id}/poster.pdf?paper=a0").status_code == 404


def test_the_sheet_tells_all_parts_and_says_no_or_yes_at_once(pages: Pages, cast: Cast, decision: Decision) -> None:
    text = text_of(pypdfium2.PdfDocument(paper(pages, cast, decision, "class-sheet"))[0])
    for part in SAID.values():
        assert part in text
    assert "Dit beslisten we: ja, voor een stuk" in text
    assert "bel gratis 102" in text


@pytest.mark.parametrize("draw", [lambda told: prints.poster_pdf(told, "a4"), prints.class_sheet_pdf])
def test_who_cannot_see_it_hears_what_is_on_it(cast: Cast, decision: Decision, draw: object) -> None:
    document = draw(printed(decision, SAID, "bench"))  # type: ignore[operator]
    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert str(pdf.Root.Lang) == "nl"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"].startswith("Dit zeiden jullie")
        found = list(elements(pdf.Root.StructTreeRoot))
    assert {str(one.Alt) for one in found if one.S == "/Figure"} == {
        "bank om op te zitten", "QR-code naar dialoog.example.be/m/oudenhove/signal/1",
    }  # fmt: skip
    assert [str(one.S) for one in found if str(one.S) in ("/H1", "/H2")][:2] == ["/H1", "/H2"]


def test_a_sheet_whose_picture_has_no_words_is_never_set(
    app: object, decision: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prints, "picture_words", lambda *_args: None)
    with pytest.raises(TypstError, match="alt"):
        prints.class_sheet_pdf(printed(decision, SAID, "bench"))


@pytest.mark.parametrize("length", [1, 5, 12])
def test_however_much_is_told_it_fits_on_one_page(cast: Cast, decision: Decision, length: int) -> None:
    parts = {part: f"{text} " * length for part, text in SAID.items()}
    told = printed(decision, parts, "bench")
    for document in (prints.poster_pdf(told, "a4"), prints.class_sheet_pdf(told)):
        assert len(pypdfium2.PdfDocument(document)) == 1


@pytest.mark.parametrize("name", ["poster", "class-sheet"])
def test_before_it_is_told_there_is_nothing_to_print(pages: Pages, cast: Cast, name: str) -> None:
    decision = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben)
    address = f"/desk/messages/{decision.id}/{name}.pdf"
    assert pages.as_(cast.ada).client.get(address).status_code == 404
    a_message(cast, decision)
    assert pages.as_(cast.ada).client.get(address).status_code == 200
    assert pages.as_(cast.odette).client.get(address).status_code == 404
