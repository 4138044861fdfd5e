"""The dossier as PDF, as a screen reader and a juror read it; page, Word and PDF number their annexes alike."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest
from docx import Document
from typst import TypstError

from dialogue.decisions import measure_services, proof_files
from dialogue.decisions.models import Decision, Measure, MeasureState, Proof
from dialogue.evidence import jobs
from dialogue.evidence.models import Dossier
from dialogue.evidence.sheets import Sheets
from dialogue.feedback.models import PARTS
from dialogue.jobs import WHEN_ASKED
from dialogue.results.charts import draw_charts
from dialogue.results.models import Tally
from dialogue.results.publishing import publish
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.outbox import run_due
from dialogue.shared.paper import Picture
from tests.builders import Cast, a_decision, a_signal, actor_of, save
from tests.decisions.files import a_pdf, a_photo
from tests.evidence.test_pages import NOW, YEAR, a_year
from tests.feedback.telling import a_message
from tests.pages import Page, Pages

LONG = "https://www.oudenhove.example/besluiten/" + "heel-lang-adres/" * 9 + "besluit.pdf?zitting=2026-11-16"
NAME = f"bewijs-3.4-oudenhove-{YEAR}-{YEAR + 1}"


@pytest.fixture
def made(cast: Cast) -> list[Decision]:
    """A year with a published round, a message, and two proofs of one measure."""
    made = a_year(cast)
    wave = made[0].answers[0].signal.wave
    for option, count in {"a": 40, "b": 30, "c": 25, "d": 20}.items():
        save(Tally(wave_id=wave.id, band=Band.B, place_id=0, item="q1", option=option, count=count))
    save(Tally(wave_id=wave.id, band=Band.B, place_id=0, item="", option="", count=115))
    publish({"wave": wave.id})
    draw_charts({"wave": wave.id})
    owner = {"department_id": cast.mobility.id, "owner_id": cast.ada.id, "due": today()}
    done = save(Measure(decision_id=made[0].id, title="Zebrapad", state=MeasureState.DONE, done_on=today(), **owner))
    for title, uri in (("#foto [van] *het* $zebrapad$", LONG), ("Verslag van de werken", "")):
        save(Proof(measure_id=done.id, title=title, uri=uri, seen_on=today(), added_by_id=cast.ada.id))
    a_message(cast, made[0], {"nl": {part: f"Deel {part}." for part in PARTS}})
    return made


def ready(pages: Pages, made: list[Decision]) -> Page:
    """The page of the year, with the documents made."""
    pages.post(f"{NOW}/chains", {"decision": [str(one.id) for one in made]})
    pages.post(f"{NOW}/document")
    run_due(WHEN_ASKED)
    return pages.get(NOW)


def file(pages: Pages, ending: str) -> bytes:
    answer = pages.client.get(f"/desk/evidence/dossier/{db.session.query(Dossier).one().id}.{ending}")
    assert answer.status_code == 200
    assert f"{NAME}.{ending}" in answer.headers["Content-Disposition"]
    return answer.data


def elements(node: Any) -> Iterator[Any]:
    """All elements of the structure tree under `node`."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def text_of(page: Any) -> str:
    return " ".join(page.get_textpage().get_text_range().split())


def annexes_on(page: Page) -> list[str]:
    """The annexes that the page lists."""
    [listed] = page.all("ul", class_="annexes")
    return [" ".join((li.text or "").split()) for li in listed.iter("li")]


def test_everybody_can_read_it(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    cora = pages.as_(cast.cora)
    ready(cora, made)
    with pikepdf.open(io.BytesIO(file(cora, "pdf"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.Lang) == "nl-BE"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Criterium 3.4: invloed op beleid en praktijk"
        found = list(elements(pdf.Root.StructTreeRoot))
        kinds = {str(one.S) for one in found}
        assert {"/Figure", "/Table", "/TH", "/H1", "/H2", "/H3", "/L"} <= kinds
        spoken = [str(one.get("/Alt", "")) for one in found if one.S == "/Figure"]
    assert len(spoken) == 2
    assert spoken[0].startswith("3 van 4 signalen kregen een antwoord: ")
    assert "Heel onveilig 35 %" in spoken[1]


def test_a_picture_without_alternative_text_is_never_set() -> None:
    square = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    for alt, refused in ((None, True), ("Een vierkant", False)):
        paper = Sheets("Titel", "Oudenhove", "nl-BE")
        paper.title("Titel")
        paper.picture(Picture(square, "svg", alt))  # type: ignore[arg-type]
        if refused:
            with pytest.raises(TypstError):
                paper.bytes()
        else:
            assert paper.bytes().startswith(b"%PDF")


def test_page_word_and_pdf_number_the_annexes_alike(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    cora = pages.as_(cast.cora)
    listed = annexes_on(ready(cora, made))
    assert [int(re.findall(r"\d+", heading)[0]) for heading in listed] == list(range(1, 10))
    assert listed[1] == "Bijlage 2 – Alle beslissingen"
    assert listed[6].startswith("Bijlage 7 – Resultaten: ")
    assert listed[7:] == [
        "Bijlage 8 – Bewijs: #foto [van] *het* $zebrapad$",
        "Bijlage 9 – Bewijs: Verslag van de werken",
    ]
    word = Document(io.BytesIO(file(cora, "docx")))
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert headings[-9:] == listed
    assert [one.text for one in word.paragraphs if one.style.name == "List Bullet"][-9:] == listed
    document = pypdfium2.PdfDocument(file(cora, "pdf"))
    texts = [text_of(page) for page in document]
    assert "Bijlagen Bijlage 1 –" in texts[1]
    begins = [next(place for place, text in enumerate(texts) if text.startswith(heading)) for heading in listed]
    assert begins == sorted(begins)
    assert len(set(begins)) == 9
    for heading, place in zip(listed, begins, strict=True):
        assert re.search(rf"{re.escape(heading)}[ .]*{place + 1}\b", texts[1]), (heading, texts[1])
    bookmarks = [mark.get_title() for mark in document.get_toc() if mark.level == 0]
    assert bookmarks[-9:] == listed


def test_the_text_names_the_annexes_by_their_numbers(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    cora = pages.as_(cast.cora)
    ready(cora, made)
    texts = [text_of(page) for page in pypdfium2.PdfDocument(file(cora, "pdf"))]
    assert "elk met een reden (bijlage 2)" in texts[0]
    assert "(bijlage 3)" in texts[0]
    assert "Verslag van de werken (bijlage 9)" in " ".join(texts)
    assert "#foto [van] *het* $zebrapad$ (bijlage 8)" in " ".join(texts)


def test_it_holds_results_messages_proof_and_the_seal(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    cora = pages.as_(cast.cora)
    ready(cora, made)
    text = " ".join(text_of(page) for page in pypdfium2.PdfDocument(file(cora, "pdf")))
    seal = db.session.query(Dossier).one().ledger_head
    assert seal
    for words in (seal, "Heel onveilig 35 %", "± 115 antwoorden", "Deel because.", "Reden not_adopted.", "Zebrapad"):
        assert words in text, words
    assert "besluit.pdf?zitting=2026-11-16" in text.replace(" ", "")


def test_the_zip_holds_the_documents_and_the_numbered_files(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    cora = pages.as_(cast.cora)
    ready(cora, made)
    archive = zipfile.ZipFile(io.BytesIO(file(cora, "zip")))
    assert archive.testzip() is None
    [workbook] = [name for name in archive.namelist() if name.endswith(".xlsx")]
    assert sorted({*archive.namelist()} - {workbook}) == [f"{NAME}.docx", f"{NAME}.pdf"]
    assert workbook.startswith("bijlage-07-resultaten-")
    assert archive.read(f"{NAME}.pdf") == file(cora, "pdf")
    sheet = zipfile.ZipFile(io.BytesIO(archive.read(workbook))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


def test_word_and_pdf_carry_one_seal_also_after_a_stop(
    pages: Pages, cast: Cast, made: list[Decision], monkeypatch: pytest.MonkeyPatch
) -> None:
    cora = pages.as_(cast.cora)
    cora.post(f"{NOW}/document")

    def stops(*_args: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(jobs, "sheets", stops)
        run_due(WHEN_ASKED)
    a_decision(a_signal(made[0].answers[0].signal.consultation, "Nog een."), cast.ben)
    cora.post(f"{NOW}/chains", {"decision": [str(one.id) for one in made]})
    run_due(WHEN_ASKED)
    seal = db.session.query(Dossier).one().ledger_head
    assert seal
    assert seal in " ".join(text_of(page) for page in pypdfium2.PdfDocument(file(cora, "pdf")))
    assert any(seal in one.text for one in Document(io.BytesIO(file(cora, "docx"))).paragraphs)


def test_work_that_fails_says_so_and_other_choices_ask_for_new_documents(
    pages: Pages, cast: Cast, made: list[Decision], monkeypatch: pytest.MonkeyPatch
) -> None:
    cora = pages.as_(cast.cora)
    cora.post(f"{NOW}/document")
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "word", lambda *_args: 1 / 0)
        run_due(WHEN_ASKED)
    assert "Het lukte deze keer niet" in cora.get(NOW).text
    cora.post(f"{NOW}/document")
    run_due(WHEN_ASKED)
    assert "koos je andere beslissingen" not in cora.get(NOW).text
    page = cora.post(f"{NOW}/chains", {"decision": [str(one.id) for one in made]})
    assert "koos je andere beslissingen" in page.text


def test_before_it_is_made_there_is_nothing_to_download(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    cora = pages.as_(cast.cora)
    cora.post(f"{NOW}/document")
    dossier = db.session.query(Dossier).one()
    for ending in ("docx", "pdf", "zip"):
        assert cora.client.get(f"/desk/evidence/dossier/{dossier.id}.{ending}").status_code == 404
    run_due(WHEN_ASKED)
    for ending in ("docx", "pdf", "zip"):
        address = f"/desk/evidence/dossier/{dossier.id}.{ending}"
        assert cora.client.get(address).status_code == 200
        assert pages.as_(cast.odette).client.get(address).status_code == 404
        assert pages.as_(cast.ada).client.get(address).status_code == 403


def test_photos_for_everybody_stand_in_the_dossier_and_documents_go_along(
    pages: Pages, cast: Cast, made: list[Decision]
) -> None:
    cora, actor, document = pages.as_(cast.cora), actor_of(cast.ada), a_pdf()
    shown, hidden = (proof_files.looked_into(a_photo(), "x.jpg", alt) for alt in ("Een drempel", "Een gezicht"))
    report = proof_files.looked_into(document, "verslag.pdf", "")
    with writing():
        measure = db.session.query(Measure).one()
        for title, one in (("Drempel", shown), ("Mensen", hidden), ("Verslag", report)):
            proof = measure_services.prove(actor, measure, title, "", today())
            proof_files.attach(actor, proof, one)
            if one is shown:
                proof_files.show(actor, proof)
    ready(cora, made)
    archive = zipfile.ZipFile(io.BytesIO(file(cora, "zip")))
    assert archive.read("bijlage-12-bewijs-verslag.pdf") == document
    words = zipfile.ZipFile(io.BytesIO(archive.read(f"{NAME}.docx"))).read("word/document.xml").decode()
    assert "Een drempel" in words
    assert "Een gezicht" not in words
    with pikepdf.open(io.BytesIO(file(cora, "pdf"))) as paper:
        pictures = [one for one in elements(paper.Root.StructTreeRoot) if one.S == "/Figure"]
        assert "Een drempel" in {str(one.Alt) for one in pictures}
