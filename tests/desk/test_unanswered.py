"""The report of what has no answer yet: who sees which departments, what may be shown, and the files."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from dialogue.answering.models import Letter, Reading
from dialogue.shared.codes import new_key
from dialogue.shared.database import db
from tests.builders import Cast, a_consultation, a_contribution, a_decision, a_signal, save
from tests.pages import Pages
from tests.signals.helpers import counted

INDEX = "/desk/unanswered"


@pytest.fixture
def said(cast: Cast) -> None:
    """Mobility: 100 children, 60 of them ticked a, with a signal; youth: words that nobody read."""
    asked = a_consultation(cast.mobility)
    counted(asked, 100, a=60, b=40)
    a_signal(asked, "Te snel.", a_contribution(asked, reading=Reading.CODED))
    save(Letter(tag=new_key(), wave_id=asked.waves[-1].id, fingerprint=new_key(), body=b"sealed"))
    a_contribution(a_consultation(cast.youth, "Spelen"))


def test_before_anything_was_said_the_page_says_so(cast: Cast, pages: Pages) -> None:
    assert "Er is hier nog niets gezegd." in pages.as_(cast.cora).get(INDEX).text


def test_each_reason_is_counted_and_adds_up(cast: Cast, pages: Pages, said: None) -> None:
    text = pages.as_(cast.cora).get(INDEX).text
    for line in ("Wacht in de bus", "Niet gelezen", "Geen signaal", "Geen voorstel"):
        assert line in text
    assert "± 60 (60 %)" in text
    assert "± 40 (40 %)" in text
    assert "2 (100 %)" in text  # own words


def test_what_is_open_leads_to_where_it_goes_on(cast: Cast, pages: Pages, said: None) -> None:
    doors = {"Niet gelezen": "/desk/signals", "Geen signaal": "/desk/signals", "Geen voorstel": "/desk/decisions"}
    found = {"".join(link.itertext()): link.get("href") for link in pages.as_(cast.cora).get(INDEX).all("a")}
    assert {words: found.get(words) for words in doors} == doors
    assert "Wacht in de bus" not in found


def test_a_department_sees_its_own(cast: Cast, pages: Pages, said: None) -> None:
    ada = pages.as_(cast.ada)
    assert "Niet gelezen" not in ada.get(INDEX).text
    ada.get(f"{INDEX}?department={cast.youth.id}", status=404)
    assert "Mobiliteit" in ada.client.get(f"{INDEX}.csv").text
    assert "Jeugd" not in ada.client.get(f"{INDEX}.csv").text
    assert "Geen voorstel" not in pages.as_(cast.cora).get(f"{INDEX}?department={cast.youth.id}").text
    pages.as_(cast.odette).get(f"{INDEX}?department={cast.youth.id}", status=404)
    pages.as_(cast.sam).get(INDEX, status=403)


def test_ticks_of_too_few_children_are_not_told(cast: Cast, pages: Pages) -> None:
    counted(a_consultation(cast.mobility), 3, a=2, b=1)
    page = pages.as_(cast.cora).get(INDEX)
    cells = ["".join(cell.itertext()).strip() for cell in page.all("td", data_label="Vinkjes")]
    assert set(cells) <= {"–", "0"}


def test_the_files_say_the_same(cast: Cast, pages: Pages, said: None) -> None:
    cora = pages.as_(cast.cora)
    lines = cora.client.get(f"{INDEX}.csv").text.splitlines()
    assert "Mobiliteit;Geen voorstel;0;1;± 60;1;0" in lines
    assert "Jeugd;Niet gelezen;0;1;0;0;0" in lines
    with zipfile.ZipFile(io.BytesIO(cora.client.get(f"{INDEX}.xlsx").data)) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == len(lines)


def test_more_signals_cost_no_more_queries(app: Flask, cast: Cast, pages: Pages, said: None) -> None:
    cora = pages.as_(cast.cora)
    few = queries(lambda: cora.get(INDEX))
    for _ in range(5):
        asked = a_consultation(cast.youth)
        a_decision(a_signal(asked, "Meer.", a_contribution(asked, reading=Reading.CODED)), cast.cleo)
    assert queries(lambda: cora.get(INDEX)) == few <= 20


def queries(act: Callable[[], Any]) -> int:
    """How many statements this takes."""
    asked: list[str] = []

    def listen(*args: Any) -> None:
        asked.append(args[2])

    event.listen(db.engine, "before_cursor_execute", listen)
    act()
    event.remove(db.engine, "before_cursor_execute", listen)
    return len(asked)
