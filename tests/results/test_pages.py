"""The pages of results: what staff see of a round, what they take along, and what nobody may see."""

import csv
import io
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import event, select

from dialogue.consultations.models import Consultation, Instrument, State, Wave
from dialogue.results import disclosure, rules
from dialogue.results.charts import draw_charts
from dialogue.results.export import formula_safe
from dialogue.results.jobs import open_boxes
from dialogue.results.models import Chart
from dialogue.results.queries import public_publication, publication
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_choice, a_consultation, a_place, own_words
from tests.pages import Pages
from tests.promises.attack import attack_published
from tests.results.box import close, post


def answered(consultation: Consultation, *, charts: bool = True) -> int:
    """Close the round, open its box and draw; returns the id of the round."""
    wave_id = consultation.waves[-1].id
    close(consultation)
    open_boxes()
    if charts:
        draw_charts({"wave": wave_id})
    return wave_id


@pytest.fixture
def wave(cast: Cast) -> int:
    """A closed round with 30 answers at De Linde and 14 elsewhere; 60 % found the way safe."""
    consultation = a_consultation(cast.mobility)
    school, club = a_place(cast.town), a_place(cast.town, "Jeugdhuis De Kring", setting="youth_centre")
    for option, count in (("a", 6), ("b", 6), ("c", 9), ("d", 9)):
        post(consultation, count, place=school, options=option)
    post(consultation, 7, options="b")
    post(consultation, 7, place=club, options="c")
    return answered(consultation)


def test_the_list_shows_rounds_with_answers_and_letters_that_wait(pages: Pages, cast: Cast, wave: int) -> None:
    post(a_consultation(cast.mobility, "Spelen"), 7)
    page = pages.as_(cast.ada).get("/desk/results")
    assert "± 45" in page.text
    assert "Spelen Ronde 1 · open" in page.text
    assert f"/desk/results/{wave}" in page.links()


def test_without_rounds_the_list_says_what_to_do_first(pages: Pages, cast: Cast) -> None:
    page = pages.as_(cast.ada).get("/desk/results")
    assert "Open eerst een bevraging" in page.text


def test_a_round_shows_its_finding_first(pages: Pages, cast: Cast, wave: int) -> None:
    page = pages.as_(cast.ada).get(f"/desk/results/{wave}")
    assert page.h1 == "57 % kiest “Veilig” of “Heel veilig”"
    assert "± 45 antwoorden" in page.text
    assert "Positief: 57 % (42–70 %)" in page.text


def test_every_chart_has_words_and_a_table_beside_it(pages: Pages, cast: Cast, wave: int) -> None:
    page = pages.as_(cast.ada).get(f"/desk/results/{wave}")
    (image,) = page.all("img", class_="chart")
    assert "Heel onveilig 14 %" in str(image.get("alt"))
    assert [d for d in page.all("details") if "Toon als tabel" in "".join(d.itertext())]
    assert "Groepen kleiner dan 10" in page.text


def test_a_small_place_is_named_with_where_it_counts(pages: Pages, cast: Cast, wave: int) -> None:
    page = pages.as_(cast.ada).get(f"/desk/results/{wave}")
    assert "Jeugdhuis De Kring: minder dan 10 antwoorden. Niet apart getoond, zodat niemand herkend wordt;" in page.text
    assert "geteld bij de hele gemeente" in page.text
    assert "Basisschool De Linde" in page.text


def test_a_finding_over_few_children_does_not_head_the_page(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, "Spelen")
    post(consultation, 12, options="c")
    post(consultation, 13, options="b")
    page = pages.as_(cast.ada).get(f"/desk/results/{answered(consultation)}")
    assert "± 25 antwoorden" in page.text
    assert page.h1 == "Spelen"


def test_the_answers_lead_to_the_consultation_and_to_what_was_written(pages: Pages, cast: Cast, wave: int) -> None:
    links = pages.as_(cast.ada).get(f"/desk/results/{wave}").links()
    assert f"/desk/signals/read/{wave}" in links
    assert [link for link in links if link.startswith("/desk/consultations/")]
    assert f"/desk/signals/read/{wave}" not in pages.as_(cast.ben).get(f"/desk/results/{wave}").links()


def test_a_chart_is_an_svg_that_may_load_and_run_nothing(pages: Pages, cast: Cast, wave: int) -> None:
    response = pages.as_(cast.ada).client.get(f"/desk/results/{wave}/chart/B-q1-nl.svg")
    assert response.content_type == "image/svg+xml; charset=utf-8"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    svg = response.get_data(as_text=True)
    assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert not [word for word in ("<script", "<style", "style=", "onload", "font-family", "<dc:date") if word in svg]


def test_the_same_figures_give_the_same_drawing(app: Flask, cast: Cast, wave: int) -> None:
    before = {row.name: row.svg for row in db.session.scalars(select(Chart))}
    draw_charts({"wave": wave})
    assert {row.name: row.svg for row in db.session.scalars(select(Chart))} == before
    assert set(before) == {"B-q1-nl", "B-q1-en"}


def test_while_too_few_answered_the_page_says_how_many_wait(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    post(consultation, 7)
    open_boxes()
    page = pages.as_(cast.ada).get(f"/desk/results/{consultation.waves[-1].id}")
    assert "7 antwoorden wachten: ze gaan open vanaf 10, of bij het sluiten." in page.text
    assert "nog te weinig antwoorden om te tonen" in page.text
    assert page.h1 == "Naar school"


def test_without_answers_the_page_says_what_to_do(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    page = pages.as_(cast.ada).get(f"/desk/results/{consultation.waves[-1].id}")
    assert "Er zijn nog geen antwoorden" in page.text


def test_nearly_all_the_same_is_said_without_figures(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    post(consultation, 28, options="a")
    post(consultation, 2, options="b")
    page = pages.as_(cast.ada).get(f"/desk/results/{answered(consultation)}")
    assert page.h1 == "De meesten kozen “Heel onveilig”"
    assert "93" not in page.text
    assert not page.all("img", class_="chart")


def test_a_cell_of_three_is_not_shown_and_cannot_be_subtracted(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    for option, count in (("a", 3), ("b", 12), ("c", 20), ("d", 15)):
        post(consultation, count, options=option)
    wave = answered(consultation)
    page = pages.as_(cast.ada).get(f"/desk/results/{wave}")
    tables = publication(wave)
    assert tables is not None
    shown = [row["shown"] for row in tables["bands"][0]["items"][0]["rows"]]
    assert shown == ["<5", "–", "40 %", "30 %"]
    assert "24 %" not in page.text


def test_the_page_asks_the_database_as_much_for_a_thousand_as_for_ten(pages: Pages, cast: Cast) -> None:
    few, many = a_consultation(cast.mobility), a_consultation(cast.mobility)
    post(few, 10, place=a_place(cast.town))
    post(many, 1000, place=a_place(cast.town, "Andere school"))
    asked: list[str] = []
    ada = pages.as_(cast.ada)

    def count(url: str) -> int:
        db.session.remove()
        asked.clear()
        ada.get(url)
        return len(asked)

    urls = [f"/desk/results/{answered(consultation, charts=False)}" for consultation in (few, many)]
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert count(urls[0]) == count(urls[1]) > 0
    assert count("/desk/results") < 20


@pytest.mark.parametrize("end", ["", ".csv", "/chart/B-q1-nl.svg"])
def test_other_departments_and_towns_find_nothing(pages: Pages, cast: Cast, wave: int, end: str) -> None:
    for person in (cast.cleo, cast.odette, cast.sam):
        pages.as_(person).get(f"/desk/results/{wave}{end}", status=404)
    assert pages.as_(cast.cora).client.get(f"/desk/results/{wave}{end}").status_code == 200


def test_other_departments_do_not_see_the_round_in_the_list(pages: Pages, cast: Cast, wave: int) -> None:
    assert f"/desk/results/{wave}" not in pages.as_(cast.cleo).get("/desk/results").links()
    assert f"/desk/results/{wave}" in pages.as_(cast.cora).get("/desk/results").links()


def test_a_round_that_does_not_exist_is_not_found(pages: Pages, cast: Cast, wave: int) -> None:
    ada = pages.as_(cast.ada)
    for url in ("/desk/results/9999", "/desk/results/9999.csv", f"/desk/results/{wave}/chart/geen.svg"):
        ada.get(url, status=404)


def test_the_table_to_take_along_holds_what_the_page_holds(pages: Pages, cast: Cast, wave: int) -> None:
    response = pages.as_(cast.ada).client.get(f"/desk/results/{wave}.csv")
    text = response.get_data(as_text=True)
    assert text.startswith("\N{BYTE ORDER MARK}Leeftijd;")
    rows = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
    assert ["7–11", "", "Hoe veilig of onveilig is je weg naar school?", "Heel onveilig", "14 %", "", "", ""] in rows
    assert ["", "Basisschool De Linde", "Alle antwoorden", "", "", "", "", "± 30"] in rows


def test_the_table_cannot_carry_a_formula(pages: Pages, cast: Cast) -> None:
    place = a_place(cast.town, '=HYPERLINK("https://kwaad.example")')
    item = a_choice(question="+1+1")
    item["words"]["nl"]["options"]["a"] = "@SUM(A1)"
    consultation = a_consultation(cast.mobility, items=[item, own_words()])
    post(consultation, 60, place=place)
    post(consultation, 60, place=a_place(cast.town, "－2"))
    text = pages.as_(cast.ada).client.get(f"/desk/results/{answered(consultation)}.csv").get_data(as_text=True)
    cells = [cell for row in csv.reader(io.StringIO(text[1:]), delimiter=";") for cell in row]
    assert "'@SUM(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]


@pytest.mark.parametrize("first", list("=+-@\t\r＝＋－＠"))
def test_a_cell_that_begins_as_a_formula_is_made_text(first: str) -> None:
    assert formula_safe(f"{first}1") == f"'{first}1"


def test_a_second_round_is_drawn_beside_the_first(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    post(consultation, 60, options="aac")
    answered(consultation, charts=False)
    second = next_round(consultation)
    post(consultation, 200, options="c")
    post(consultation, 40, options="d")
    answered(consultation)
    page = pages.as_(cast.ada).get(f"/desk/results/{second}")
    (image,) = [i for i in page.all("img", class_="chart") if "trend-B-q1-nl" in str(i.get("src"))]
    assert image.get("alt") == "Beter dan vorige ronde bij 7–11 jaar"
    assert "Over de rondes heen" in page.text


def next_round(consultation: Consultation) -> int:
    """The following open round, with the same questionnaire."""
    old = consultation.waves[-1]
    asked = [(i.band, i.document, i.sha256, i.frozen_at) for i in old.instruments]
    wave = Wave(number=old.number + 1, state=State.OPEN, opened_at=old.opened_at, consultation_id=consultation.id)
    wave.instruments = [
        Instrument(band=band, number=1, document=document, sha256=sha, frozen_at=at)
        for band, document, sha, at in asked
    ]
    with writing() as session:
        session.add(wave)
    return wave.id


def test_what_everybody_may_see_has_nothing_by_place(app: Flask, cast: Cast, wave: int) -> None:
    mine, all_ = publication(wave), public_publication(wave)
    assert mine is not None
    assert all_ is not None
    assert mine["places"]
    assert all_["places"] == []
    assert all(item["places"] == [] for band in all_["bands"] for item in band["items"])
    assert not [name for name in (*mine, *all_) if name.startswith("_")]


def test_published_tables_withstand_an_attack(cast: Cast, wave: int) -> None:
    assert attack_published(publication(wave) or {}) == []


def test_an_attack_would_find_groups_of_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (disclosure, rules):
        monkeypatch.setattr(module, "whole_groups", lambda sizes, *_: {place: [place] for place in sizes})
    consultation = a_consultation(cast.mobility)
    post(consultation, 6, place=a_place(cast.town))
    post(consultation, 31, place=a_place(cast.town, "Andere school"))
    assert attack_published(publication(answered(consultation, charts=False)) or {})


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({1: 601, 2: 200, 3: 150}, [1]),
        ({1: 600, 2: 200, 3: 200}, []),
        ({1: 200, 2: 10, 3: 10}, []),
        ({1: 900}, []),
        ({1: 2001}, [1]),
        ({0: 5000, 1: 2000}, []),
        ({0: 5000, 1: 60, 2: 50}, []),
        ({0: 5, 1: 900, 2: 800, 3: 100, 4: 100, 5: 100, 6: 100}, [1, 2]),
    ],
)
def test_a_place_with_far_more_answers_than_the_others_is_implausible(counts: dict[int, int], found: list[int]) -> None:
    assert rules.implausible(counts) == found


def test_very_many_answers_at_one_place_are_shown_to_the_maker_and_none_is_dropped(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    post(consultation, 220, place=a_place(cast.town))
    post(consultation, 40, place=a_place(cast.town, "Jeugdhuis De Kring"))
    page = pages.as_(cast.ada).get(f"/desk/results/{answered(consultation, charts=False)}")
    assert page.text.count("Dit zijn veel antwoorden voor één plaats") == 1
    assert "De Linde: Dit zijn veel antwoorden" in page.text
    assert "± 260" in page.text


def test_ordinary_numbers_raise_no_question(pages: Pages, cast: Cast, wave: int) -> None:
    assert "veel antwoorden voor één plaats" not in pages.as_(cast.ada).get(f"/desk/results/{wave}").text
