"""Eight languages for children and everybody, four of them also for staff; each written in its own direction."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from babel.messages.frontend import parse_mapping_cfg
from flask import Flask
from jinja2 import nodes

from dialogue.consultations.models import Consultation
from dialogue.web.i18n import LANGUAGES, SPOKEN, WHOLE
from tests.builders import Cast, a_consultation, a_place
from tests.pages import Pages

ROOT = Path(__file__).parents[2]
CODE = "7KQM93"
NO_PLACE = "/p/222222"
FOR_EVERYBODY = ("answering/child/layout.html", "feedback/public.html", "error.html")
ARABIC = re.compile(r"[\u0600-\u06ff]")


@pytest.fixture
def dutch(cast: Cast) -> Consultation:
    """A consultation whose questions are there in Dutch and French only, behind a place."""
    a_place(cast.town, code=CODE)
    titles = {"nl": "Hoe kom jij naar school?", "fr": "Comment vas-tu à l’école ?"}
    return a_consultation(cast.mobility, code="NAARSC", titles=titles, languages=["nl", "fr"])


def said_in(element: Element, lang: str = "", direction: str = "") -> Iterator[tuple[str, str, str]]:
    """What is said in this part of a page, each piece with the language and the direction that are in force there."""
    lang, direction = element.get("lang") or lang, element.get("dir") or direction
    if element.tag not in ("style", "title") and (element.text or "").strip():
        yield str(element.text).strip(), lang, direction
    for child in element:
        yield from said_in(child, lang, direction)
        if (child.tail or "").strip():
            yield str(child.tail).strip(), lang, direction


def arabic(pages: Pages, address: str) -> list[tuple[str, str, str]]:
    """What a page says to a browser that likes Arabic."""
    return list(said_in(pages.get(address, headers={"Accept-Language": "ar"}).root))


@pytest.mark.parametrize("address", ["/", f"/p/{CODE}", "/c/NAARSC", "/c/NAARSC/B/nl?lang=ar", "/r", "/m/oudenhove"])
def test_arabic_stands_from_right_to_left_and_nothing_else_does(
    pages: Pages, dutch: Consultation, address: str
) -> None:
    said = arabic(pages, address)
    assert any(ARABIC.search(text) for text, _lang, _direction in said)
    for text, lang, direction in said:
        assert bool(ARABIC.search(text)) <= ((lang, direction) == ("ar", "rtl")), f"{text} is not marked as Arabic"
        assert (direction == "rtl") <= (lang == "ar"), f"{text} is no Arabic"


def test_questions_that_are_not_there_in_the_language_of_the_child_come_in_one_it_knows(
    pages: Pages, dutch: Consultation
) -> None:
    page = pages.get(f"/p/{CODE}", headers={"Accept-Language": "ar, fr;q=0.8, nl;q=0.5"})
    assert page.root.get("lang") == "ar"
    assert page.h1 == "Comment vas-tu à l’école ?"
    assert f"/p/{CODE}/NAARSC/B/fr?lang=ar" in page.links()
    assert "Français" in next("".join(p.itertext()) for p in page.all("p", class_="notice"))


def test_the_page_around_the_questions_speaks_the_language_of_the_child(pages: Pages, dutch: Consultation) -> None:
    said = {text: lang for text, lang, _ in arabic(pages, "/c/NAARSC/B/nl?lang=ar")}
    assert said["Heel veilig"] == "nl"
    assert said["لا أعرف"] == "ar"


def test_a_language_without_questions_is_no_address(pages: Pages, dutch: Consultation) -> None:
    pages.get("/c/NAARSC/B/ar", status=404)
    assert "NAARSC/B/nl" in pages.get("/c/NAARSC?lang=ar").html


def test_all_children_get_the_same_page_in_a_language_whatever_their_browser_says(
    pages: Pages, dutch: Consultation
) -> None:
    asked = [("ar", "nl"), ("nl", "fr"), ("tr", "en")]
    bodies = {pages.client.get(f"/c/NAARSC/B/nl?lang={lang}", headers={"Accept-Language": likes}).data
              for lang, likes in asked for _ in range(2)}  # fmt: skip
    assert len(bodies) == len(asked)


@pytest.mark.parametrize("address", ["/", f"/p/{CODE}", "/c/NAARSC", "/m/oudenhove", "/r", NO_PLACE])
def test_every_language_can_be_chosen_in_its_own_script(pages: Pages, dutch: Consultation, address: str) -> None:
    page = pages.get(address, status=404 if address == NO_PLACE else 200)
    [menu] = page.all("details", class_="languages")
    links = {link.get("lang"): (link.text, link.get("dir")) for link in menu.iter("a")}
    assert links == {code: (language.name, language.direction) for code, language in SPOKEN.items()}


def test_the_chosen_language_stays_while_going_on(pages: Pages, dutch: Consultation, cast: Cast) -> None:
    a_consultation(cast.youth, "Waar speel jij?", code="SPEE77")
    assert f"/p/{CODE}/NAARSC?lang=tr" in pages.get(f"/p/{CODE}?lang=tr").links()
    assert "/r?lang=tr" in pages.get("/m/oudenhove?lang=tr").links()
    assert "/m/oudenhove?lang=pl" in pages.get("/c/NAARSC/B/nl?lang=pl").links()
    assert "/m/oudenhove?lang=nl" in pages.get("/c/NAARSC/B/nl").links(), "also where the address alone says it"


@pytest.mark.parametrize("language", sorted(LANGUAGES.keys() - WHOLE.keys()))
def test_pages_of_staff_speak_only_what_is_there_in_whole(pages: Pages, cast: Cast, language: str) -> None:
    asked = pages.client.get(f"/sign-in?lang={language}", headers={"Accept-Language": f"{language}, fr;q=0.5"})
    assert '<html lang="fr" dir="ltr"' in asked.text


def used_by(app: Flask, name: str) -> Iterator[str]:
    """This template and all that stand in it."""
    yield name
    source = (ROOT / "templates" / name).read_text()
    for node in app.jinja_env.parse(source).find_all((nodes.Include, nodes.Extends, nodes.FromImport, nodes.Import)):
        if isinstance(node.template, nodes.Const):
            yield from used_by(app, node.template.value)


def test_every_page_for_children_and_everybody_is_collected(app: Flask) -> None:
    with (ROOT / "babel-child.cfg").open() as config:
        collected = [pattern.removeprefix("templates/") for pattern, _ in parse_mapping_cfg(config)[0]]
    seen = set()
    for path in sorted((ROOT / "templates").rglob("*.html")):
        used = list(used_by(app, str(path.relative_to(ROOT / "templates"))))
        if set(used) & set(FOR_EVERYBODY):
            seen |= set(used) - {"layouts/staff.html"}
    assert len(seen) > 20
    missing = {name for name in seen if not name.startswith("answering/child/") and name not in collected}
    assert missing == set()
