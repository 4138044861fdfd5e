"""The town's own paper for notes: places are filled also where Word cut them, and nothing that acts is kept."""

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from sqlalchemy import func, select

from dialogue.decisions import services
from dialogue.decisions.models import Outcome
from dialogue.decisions.note_models import NoteTemplate
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.models import StoredFile
from dialogue.shared.word_places import ORIGIN
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_signal, actor_of
from tests.decisions.files import a_pdf
from tests.pages import Page, Pages

PAPER = "/desk/decisions/notes/paper"
MB = 1024 * 1024


def a_template(*lines: str, header: str = "") -> bytes:
    """A Word document with these lines, each cut in three pieces as Word does."""
    document = Document()
    for line in lines:
        paragraph = document.add_paragraph()
        for piece in (line[:4], line[4:7], line[7:]):
            paragraph.add_run(piece)
    document.sections[0].header.paragraphs[0].text = header
    return saved(document)


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes, *, types: str = "") -> bytes:
    """The same document with one more part in its ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            kept = old.read(entry)
            new.writestr(entry, kept.replace(b"</Types>", f"{types}</Types>".encode()) if "Types" in entry else kept)
        new.writestr(name, part)
    return out.getvalue()


def pointing_elsewhere() -> bytes:
    document = Document()
    document.add_paragraph("{{ signalen }}")
    document.part.relate_to("https://evil.example/x.png", RELATION.IMAGE, is_external=True)
    return saved(document)


def a_macro_document() -> bytes:
    """A .docm under the name of a .docx."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            kept = old.read(entry)
            plain = b"openxmlformats-officedocument.wordprocessingml.document.main+xml"
            new.writestr(entry, kept.replace(plain, b"ms-word.document.macroEnabled.main+xml"))
    return out.getvalue()


GOOD = a_template("{{ signalen }}")
MACRO = '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
REFUSED = {
    "a macro": (with_part(GOOD, "word/vbaProject.bin", b"x", types=MACRO), "een macro of een ander bestand"),
    "a macro that nothing names": (with_part(GOOD, "word/vbaProject.bin", b"x"), "een macro of een ander bestand"),
    "a document with macros by its type": (a_macro_document(), "een macro of een ander bestand"),
    "a bomb": (with_part(GOOD, "word/media/a.bin", b"\0" * (31 * MB)), "te groot"),
    "a picture from elsewhere": (pointing_elsewhere(), "andere plek"),
    "a PDF": (a_pdf(), "geen Word-document"),
    "half a document": (GOOD[:2000], "geen Word-document"),
    "nothing": (b"", "geen Word-document"),
    "a spreadsheet's skeleton": (with_part(b"PK\5\6" + b"\0" * 18, "x.xml", b"<x/>"), "geen Word-document"),
    "places that we do not know": (a_template("{{ signalen }} {{ burgemeester }}"), "{{ burgemeester }}"),
    "signals at the head of a page": (a_template("{{ reden }}", header="{{ signalen }}"), "boven of onder"),
    "no place for what children say": (a_template("{{ titel }}"), "minstens {{ signalen }}"),
}


@pytest.fixture
def signal(cast: Cast) -> Signal:
    found = a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")
    with writing():
        services.propose(actor_of(cast.ada), found, Outcome.PARTLY, "Een zebrapad.", "Een brug is te duur.")
    return found


def bring(pages: Pages, content: bytes, name: str = "Onze Nota (2).DOCX", status: int = 200) -> Page:
    return pages.post(PAPER, {"file": (io.BytesIO(content), name)}, status=status, content_type="multipart/form-data")


def kept() -> tuple[int, ...]:
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count()).select_from(one)) or 0 for one in (NoteTemplate, StoredFile))


def drawn(pages: Pages, *signals: Signal) -> Any:
    note = {"title": "Veilig naar school", "meets_on": today().isoformat(), "signals": [one.id for one in signals]}
    page = pages.post("/desk/decisions/notes", note)
    [link] = [one.get("href") for one in page.all("a") if (one.get("href") or "").endswith(".docx")]
    return Document(io.BytesIO(pages.client.get(link).data))


def test_places_are_filled_also_where_word_cut_them_in_pieces(cast: Cast, signal: Signal, pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    lines = ("Aan het college: {{ titel }}!", "{{ VOORSTEL }}", "Motivering", "{{reden}}", "Einde")
    assert "onze-nota-2.docx" in bring(cora, a_template(*lines, header="{{ gemeente }}")).text
    found = drawn(cora, signal)
    assert [paragraph.text for paragraph in found.paragraphs] == [
        "Aan het college: Veilig naar school!",
        "Voorstel van Mobiliteit: Ja, voor een stuk. Een zebrapad.",
        "Motivering",
        "Een brug is te duur.",
        "Einde",
    ]
    assert found.sections[0].header.paragraphs[0].text == "Oudenhove"


def test_headings_on_a_paper_without_styles_are_real(cast: Cast, signal: Signal, pages: Pages) -> None:
    document, cora = Document(), pages.as_(cast.cora)
    document.add_paragraph("{{ signalen }}")
    for style in [one for one in document.styles if one.name.startswith(("Heading", "List Bullet"))]:
        style.delete()
    bring(cora, saved(document))
    first = drawn(cora, signal).paragraphs[0]
    assert (first.text, first.style.name) == ("“Ik durf niet oversteken.”", "Heading 1")
    assert "outlineLvl" in first.style.element.xml


def test_where_the_paper_lay_on_somebodys_computer_does_not_go_along(cast: Cast, signal: Signal, pages: Pages) -> None:
    document, cora = Document(io.BytesIO(GOOD)), pages.as_(cast.cora)
    settings = document.part.part_related_by(RELATION.SETTINGS)
    settings.relate_to("file:///C:/Users/cora/nota.dotm", ORIGIN, is_external=True)
    bring(cora, saved(document))
    settings = drawn(cora, signal).part.part_related_by(RELATION.SETTINGS)
    assert all(one.reltype != ORIGIN for one in settings.rels.values())


@pytest.mark.parametrize("what", REFUSED)
def test_what_acts_or_cannot_be_filled_is_not_kept(cast: Cast, pages: Pages, what: str) -> None:
    content, says = REFUSED[what]
    assert says in bring(pages.as_(cast.cora), content, status=422).text
    assert kept() == (0, 0)


def test_a_gigantic_file_gets_a_clear_answer(cast: Cast, pages: Pages) -> None:
    page = bring(pages.as_(cast.cora), b"PK" + b"\0" * (6 * MB), status=413)
    assert "te groot" in page.text
    assert kept() == (0, 0)


def test_a_new_paper_takes_the_place_of_the_old_and_can_be_taken_away(cast: Cast, pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    bring(cora, GOOD)
    bring(cora, a_template("{{ reden }}"), "tweede.docx")
    assert kept() == (1, 1)
    response = cora.client.get(f"{PAPER}.docx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="tweede.docx"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    cora.post(f"{PAPER}/remove")
    assert kept() == (0, 0)
    cora.get(f"{PAPER}.docx", status=404)


def test_only_the_coordinator_chooses_the_paper(cast: Cast, pages: Pages) -> None:
    for person in (cast.ada, cast.ben, cast.ines):
        pages.as_(person).get(PAPER, status=403)
        assert pages.as_(person).client.post(f"{PAPER}/remove").status_code == 403
