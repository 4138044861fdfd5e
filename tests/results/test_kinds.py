"""Several choices, an order and a grade from the letter box to the page, the chart and the table to take along."""

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest

from dialogue.answering.models import Response
from dialogue.consultations.models import Consultation
from dialogue.results.charts import draw_charts
from dialogue.results.export import as_xlsx
from dialogue.results.jobs import open_boxes
from dialogue.results.queries import charts_of, counts_for, publication
from dialogue.shared.bands import Band
from dialogue.shared.database import db, writing
from dialogue.signals.basis_queries import said
from dialogue.signals.queries import signals_of_response
from dialogue.signals.services import add_basis, make_signal
from tests.builders import Cast, a_consultation, a_place, actor_of, own_words
from tests.items import a_grade, several_choices
from tests.pages import Pages
from tests.promises.attack import attack_published
from tests.results.box import close, post

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    items = [several_choices("q1"), several_choices("q2", 2, "order"), a_grade("q3"), own_words("q4")]
    return a_consultation(cast.mobility, items=items)


@pytest.fixture
def wave(cast: Cast, consultation: Consultation) -> int:
    """Sixty answers: 36 bike and bus, 20 bus only, 2 scooter, 2 don't know; the bike first for 36, a 7 or a 3."""
    for count, answers in (
        (36, {"q1": "a+b", "q2": "a+b", "q3": "7"}),
        (20, {"q1": "b", "q2": "b+a", "q3": "3"}),
        (2, {"q1": "c", "q2": "c", "q3": "?"}),
        (2, {"q1": "?"}),
    ):
        post(consultation, count, changes={"answers": answers})
    wave_id = consultation.waves[-1].id
    close(consultation)
    open_boxes()
    draw_charts({"wave": wave_id})
    return wave_id


def item(wave: int, number: int) -> dict[str, Any]:
    tables = publication(wave)
    assert tables is not None
    found: dict[str, Any] = tables["bands"][0]["items"][number]
    return found


def shown(wave: int, number: int) -> dict[str, str]:
    return {row["labels"]["nl"]: row["shown"] for row in item(wave, number)["rows"]}


def test_shares_are_of_children_who_chose_not_of_ticks(wave: int) -> None:
    assert counts_for(wave, "B", "q1", "*") == 58
    assert item(wave, 0)["answered"] == "± 60"
    assert shown(wave, 0) == {"Fiets": "62 %", "Bus": "–", "Step": "<5", "Auto": "0 %", "Te voet": "0 %"}


def test_first_choices_stand_apart_from_who_has_it_at_all(wave: int) -> None:
    rows = shown(wave, 1)
    assert rows["Fiets: eerste keuze"] == "62 %"
    assert rows["Step: eerste keuze"] == "<5"
    assert rows["Fiets: bij de eerste 2"] == "–"  # all but two: they stay hidden


def test_a_grade_of_six_is_good_news(wave: int) -> None:
    assert item(wave, 2)["titles"]["nl"] == "64 % geeft een 6 of meer"
    assert item(wave, 2)["positive"]["share"] == 64
    assert shown(wave, 2)["7"] == "64 %"
    assert attack_published(publication(wave) or {}) == []


def test_the_page_says_how_to_read_it_and_has_a_chart_of_each(pages: Pages, cast: Cast, wave: int) -> None:
    page = pages.as_(cast.ada).get(f"/desk/results/{wave}")
    assert "Kinderen kozen er hoogstens 2: samen is dat meer dan 100 %." in page.text
    assert "Kinderen zetten er hoogstens 2 op volgorde." in page.text
    assert {f"B-q{number}-nl" for number in (1, 2, 3)} <= charts_of(wave)
    text = pages.as_(cast.ada).client.get(f"/desk/results/{wave}.csv").get_data(as_text=True)
    assert "Hoe ga jij graag naar school?;Fiets: eerste keuze;62 %" in text


def test_a_child_that_ticked_two_is_found_with_both_signals(cast: Cast, consultation: Consultation, wave: int) -> None:
    actor = actor_of(cast.ada)
    with writing():
        signal = make_signal(actor, consultation.waves[-1], {"nl": "Wij fietsen", "en": "We cycle"}, [])
        add_basis(actor, signal, Band.B, "q1", "a")
    both = [r for r in db.session.query(Response) if r.answers["q1"] == "a+b"]
    assert all(signals_of_response(response) == [signal] for response in both)
    others = [r for r in db.session.query(Response) if r.answers["q1"] != "a+b"]
    assert not any(signals_of_response(response) for response in others)
    assert (said(signal).ticked, said(signal).of) == ("± 35", "± 60")
    with writing():
        add_basis(actor, signal, Band.B, "q1", "b")
    assert said(signal).ticked == "± 35", "on the page of results the bus is hidden: nor is it found by what is said"
    with writing():
        add_basis(actor, signal, Band.B, "q1", "d")
    assert said(signal).of == ""  # one child may stand behind two ticks


def cells_of(workbook: bytes) -> list[list[str]]:
    """Every cell of the first sheet as text; fails where a cell is anything but text."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        strings = [
            "".join(node.itertext())
            for node in ElementTree.fromstring(parts.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")
        ]
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        cells = list(row.iter(f"{SHEET}c"))
        assert all(cell.get("t") == "s" and cell.find(f"{SHEET}f") is None for cell in cells)
        rows.append([strings[int(cell.findtext(f"{SHEET}v") or 0)] for cell in cells])
    return rows


def test_the_workbook_holds_what_the_csv_holds(pages: Pages, cast: Cast, wave: int) -> None:
    client = pages.as_(cast.ada).client
    response = client.get(f"/desk/results/{wave}.xlsx")
    assert response.headers["Content-Disposition"] == f'attachment; filename="dialogue-{wave}.xlsx"'
    lines = client.get(f"/desk/results/{wave}.csv").get_data(as_text=True).removeprefix("\ufeff").splitlines()
    assert cells_of(response.data) == [line.split(";") for line in lines]


def test_nothing_in_the_workbook_is_a_formula_or_a_link() -> None:
    row = ["=1+1", "@SUM(A1)", "https://kwaad.example", "{=1}", "7", "-2"]
    assert cells_of(as_xlsx([row])) == [row]


def test_only_who_may_see_the_round_gets_the_workbook(pages: Pages, cast: Cast, wave: int) -> None:
    for person in (cast.cleo, cast.odette, cast.sam):
        pages.as_(person).get(f"/desk/results/{wave}.xlsx", status=404)
    pages.as_(cast.ada).get("/desk/results/9999.xlsx", status=404)


def test_by_place_only_a_grade_is_shown(cast: Cast, consultation: Consultation) -> None:
    for name in ("De Linde", "De Eik"):
        place = a_place(cast.town, name)
        post(consultation, 30, place=place, changes={"answers": {"q1": "a+b", "q3": "7"}, "place": place.id})
        post(consultation, 30, place=place, changes={"answers": {"q1": "c", "q3": "3"}, "place": place.id})
    close(consultation)
    open_boxes()
    wave_id = consultation.waves[-1].id
    assert item(wave_id, 0)["places"] == []
    assert [place["positive"]["share"] for place in item(wave_id, 2)["places"]] == [50, 50]
