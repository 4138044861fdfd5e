"""The Word document, opened again: what it must name, and whether everybody can read it."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from dialogue.answering.models import Reading
from dialogue.decisions.carrying import Means, MeasureStep
from dialogue.decisions.models import Decision, Measure
from dialogue.evidence.jobs import make_dossier
from dialogue.evidence.models import Dossier
from dialogue.evidence.services import MAKE
from dialogue.feedback.words import COVERAGE_DEFINITIONS
from dialogue.jobs import WHEN_ASKED
from dialogue.ledger.models import Entry
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.shared.models import Outbox
from dialogue.shared.outbox import run_due
from tests.builders import Cast, a_contribution, save
from tests.evidence.test_pages import NOW, YEAR, a_duty, a_year
from tests.pages import Pages


@pytest.fixture
def made(cast: Cast) -> list[Decision]:
    return a_year(cast)


def the_document(pages: Pages) -> "Document":  # type: ignore[valid-type]
    dossier = db.session.query(Dossier).one()
    answer = pages.client.get(f"/desk/evidence/dossier/{dossier.id}.docx")
    assert answer.status_code == 200
    return Document(io.BytesIO(answer.data))


def make(pages: Pages, made: list[Decision]) -> "Document":  # type: ignore[valid-type]
    pages.post(f"{NOW}/chains", {"decision": [str(one.id) for one in made]})
    pages.post(f"{NOW}/document")
    run_due({MAKE: make_dossier})
    return the_document(pages)


def text_of(document: "Document") -> str:  # type: ignore[valid-type]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def rows_of(document: "Document", first: str) -> list[list[str]]:  # type: ignore[valid-type]
    """The rows of the tables whose first heading is `first`."""
    tables = [table for table in document.tables if table.rows[0].cells[0].text == first]
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]


def test_the_page_says_that_it_is_being_made_and_then_gives_the_link(
    pages: Pages, cast: Cast, made: list[Decision]
) -> None:
    cora = pages.as_(cast.cora)
    waiting = cora.post(f"{NOW}/document")
    assert "Wordt gemaakt" in waiting.text
    assert NOW in waiting.links()
    cora.post(f"{NOW}/document")
    assert db.session.query(Outbox).filter_by(kind=MAKE).count() == 1
    run_due(WHEN_ASKED)
    ready = cora.get(NOW)
    assert "Wordt gemaakt" not in ready.text
    [link] = [link for link in ready.links() if link.endswith(".docx")]
    answer = cora.client.get(link)
    assert f"bewijs-3.4-oudenhove-{YEAR}-{YEAR + 1}.docx" in answer.headers["Content-Disposition"]


def test_it_names_every_decision_its_reason_and_all_that_was_refused_or_late(
    pages: Pages, cast: Cast, made: list[Decision]
) -> None:
    document = make(pages.as_(cast.cora), made)
    refused = [row for row in rows_of(document, "Signaal") if "Reden" in row[2]]
    assert [row[0] for row in refused] == ["“Signaal not_adopted.”", "“Signaal partly.”"]
    decisions = rows_of(document, "Dag en wie")
    assert len(decisions) == 3
    for decision in made:
        assert any(decision.reason in row[3] and decision.what in row[3] for row in decisions)
    assert [row[1] for row in rows_of(document, "Beloofd")] == ["Signaal dat wacht."]
    assert ["Signaal dat wacht."] in [row[:1] for row in rows_of(document, "Signaal")]


def test_a_chosen_chain_has_all_six_steps(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    document = make(pages.as_(cast.cora), made)
    steps = [row[0] for row in rows_of(document, "Stap")]
    assert steps == ["Gevraagd", "Gezegd", "Gehoord", "Beslist", "Gedaan", "Teruggekoppeld"] * 3
    assert "Hoe veilig of onveilig is je weg naar school?" in text_of(document)


def test_figures_stand_there_with_their_definitions(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    document = make(pages.as_(cast.cora), made)
    figures = {row[0]: row[1:] for row in rows_of(document, "Cijfer")}
    assert figures["Antwoordgraad"] == [
        "3 van 4 (75 %)",
        "Signalen met een beslissing en een reden, van alle signalen.",
    ]
    assert len(figures) == 12
    assert all(str(definition) in text_of(document) for definition in COVERAGE_DEFINITIONS.values())


def test_everybody_can_read_it(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    document = make(pages.as_(cast.cora), made)
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2"} <= styles
    [picture] = document.inline_shapes
    assert "3 van 4 signalen kregen een antwoord" in picture._inline.docPr.get("descr")
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "nl-BE"
    assert document.core_properties.language == "nl-BE"


def test_its_seal_is_in_the_record(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    document = make(pages.as_(cast.cora), made)
    seal = db.session.query(Dossier).one().ledger_head
    assert seal in text_of(document)
    sealed = db.session.query(Entry).filter_by(hash=seal).one()
    assert sealed.sequence == db.session.query(Entry).filter_by(verb="dossier.made").one().sequence - 1
    assert db.session.query(Entry).filter_by(verb="dossier.made", actor="system").count() == 1


def test_another_town_never_gets_it(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    make(pages.as_(cast.cora), made)
    dossier = db.session.query(Dossier).one()
    assert pages.as_(cast.odette).client.get(f"/desk/evidence/dossier/{dossier.id}.docx").status_code == 404


def test_a_year_without_anything_still_gives_a_document(pages: Pages, cast: Cast) -> None:
    cora = pages.as_(cast.cora)
    cora.post(f"{NOW}/document")
    run_due({MAKE: make_dossier})
    assert "Bijlage 5" in text_of(the_document(cora))


def test_every_measure_stands_there_with_how_far_it_is_and_what_it_needs(
    pages: Pages, cast: Cast, made: list[Decision]
) -> None:
    owner = {"department_id": cast.mobility.id, "owner_id": cast.ada.id, "due": today()}
    measure = save(Measure(decision_id=made[0].id, title="Paaltjes", **owner))
    save(MeasureStep(measure_id=measure.id, what="Bestellen", due=today(), done_on=today(), done_by_id=cast.ada.id))
    save(MeasureStep(measure_id=measure.id, what="Zetten", due=today()))
    money = {"budget_cents": 120_000, "budget_note": "staal"}
    save(Means(measure_id=measure.id, partner_name="De Buren", plan_codes=["AP-1", "ACT-7"], **money))
    [row] = rows_of(make(pages.as_(cast.cora), made), "Maatregel")
    assert row[2:] == ["gepland; 1 van 2 stappen klaar", "De Buren", "€\N{NO-BREAK SPACE}1.200 (staal)", "AP-1, ACT-7"]


def test_what_still_has_no_answer_stands_there_with_the_figures_of_the_report(
    pages: Pages, cast: Cast, made: list[Decision]
) -> None:
    wave = made[0].answers[0].signal.wave
    for reading, count in ((Reading.UNREAD, 7), (Reading.CONCERN, 1)):
        for _ in range(count):
            a_contribution(wave.consultation, reading=reading)
    rows = {row[0]: row[1:] for row in rows_of(make(pages.as_(cast.cora), made), "Hoe ver")}
    assert rows["Niet gelezen"][1] == "± 5"
    assert rows["Teruggetrokken of doorgegeven"][1] == "<5"
    assert (rows["Geen voorstel"][3], rows["Niet terugverteld"][3]) == ("1", "3")


def test_follow_ups_that_are_late_stand_there_too(pages: Pages, cast: Cast, made: list[Decision]) -> None:
    save(a_duty(cast, "follow_up_6", f"decision:{made[0].id}", "Opnieuw vertellen"))
    rows = rows_of(make(pages.as_(cast.cora), made), "Beloofd")
    assert ["Na 6 maanden opnieuw vertellen hoe het staat", "Opnieuw vertellen"] in [row[:2] for row in rows]
