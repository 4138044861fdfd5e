"""While a child types on its own phone: help shows at once, and what could tell who it is can still be left out."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from dialogue.answering.help_words import for_phones
from dialogue.answering.rules import LISTS, _sentences, read_rules
from tests.builders import Cast, a_consultation, a_place, own_words
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey
CORPUS = Path(__file__).parents[1] / "answering" / "corpus"
CARE = "/static/js/answering-care.js"


def with_care(page: Page, does: str, *given: Any) -> Any:
    """What a function gets from the module, run in this page."""
    return page.evaluate(
        f"async (given) => {{ const care = await import('{CARE}'); return ({does})(care, ...given); }}", given
    )


def test_help_and_a_hint_come_while_a_child_types_and_nothing_leaves_the_phone(live: Live, cast: Cast) -> None:
    a_consultation(cast.mobility, items=[own_words("q1", "Wat wil jij zeggen?")], code="NAARSC")
    page, sent = live.browser_page(360, 740), list[Request]()
    page.goto(f"{live.url}/c/NAARSC/B/nl")
    page.on("request", lambda request: sent.append(request))  # noqa: PLW0108 - a method of a list takes no mark
    form = page.locator("form.sheet")
    box = form.get_by_role("textbox")
    box.fill("Ik heet Noor Peeters en papa slaat mij")
    expect(page.get_by_text("Laat dit liever weg")).to_contain_text("Noor Peeters")
    expect(form.get_by_text("Je bent niet alleen")).to_be_visible()
    assert_clean(page)
    box.fill("Ik wil meer bomen")
    expect(page.get_by_text("Laat dit liever weg")).to_be_hidden()
    expect(form.get_by_text("Je bent niet alleen")).to_be_visible()
    assert {request.method for request in sent} == {"GET"}
    assert not any("Noor" in request.url or request.post_data for request in sent)


def test_help_comes_on_a_shared_tablet_without_a_connection_too(live: Live, cast: Cast) -> None:
    a_place(cast.town, code="7KQM93")
    a_consultation(cast.mobility, items=[own_words("q1", "Wat wil jij zeggen?")], code="NAARSC")
    page = live.browser_page(820, 1180)
    page.goto(f"{live.url}/t/7KQM93")
    page.locator("html[data-ready]").wait_for(timeout=60_000)
    page.context.set_offline(True)
    for text, asks in (("Meer bomen", False), ("Papa slaat mij elke dag.", True)):
        page.locator("a[href$='/B/nl']").click()
        page.get_by_role("textbox").fill(text)
        help_line = page.get_by_text("Je bent niet alleen")
        if asks:
            expect(help_line.first).to_be_visible()
        page.locator("[data-next]").click()
        page.locator("[data-send]").click()
        expect(page.locator("#receipt")).to_be_visible()
        expect(page.locator("[data-worry]")).to_be_visible(visible=asks)
        page.locator("#receipt [data-begin-anew]").click()


@pytest.mark.parametrize("language", ["nl", "en", "fr", "de"])
def test_a_phone_finds_the_words_that_the_server_finds(live: Live, language: str) -> None:
    page = live.browser_page()
    page.goto(live.url)
    texts = [
        line
        for kind in ("disclosures", "ordinary")
        for line in (CORPUS / f"{kind}.{language}.txt").read_text().splitlines()
    ]
    rules = read_rules((LISTS / f"{language}.txt").read_text())
    expected = [any(rules.hold(sentence) for sentence in _sentences(text)) for text in texts]
    phone = "({ helpRules }, rules, texts) => texts.map(helpRules(rules))"
    found = with_care(page, phone, json.loads(for_phones(language)), texts)
    assert [text for text, one, other in zip(texts, expected, found, strict=True) if one != other] == []
    assert 0 < sum(expected) < len(texts)


TELLING = {
    "bel mij op 0470 12 34 56 aub": ["0470 12 34 56"],
    "mail jan.peeters@example.be": ["jan.peeters@example.be"],
    "volg me op @coole_jan.3": ["@coole_jan.3"],
    "Ik woon in de Kerkstraat 12b, ja": ["Kerkstraat 12b"],
    "j'habite 5, rue de la Loi": ["5, rue de la Loi"],
    "ik heet Noor Peeters en ik wil een bos": ["Noor Peeters"],
    "juf Ann is lief": ["juf Ann"],
    "mein Name ist Jonas": ["Jonas"],
}


@pytest.mark.parametrize("text", TELLING)
def test_what_may_tell_who_somebody_is_is_pointed_out(live: Live, text: str) -> None:
    page = live.browser_page()
    page.goto(live.url)
    assert with_care(page, "({ personal }, text) => personal(text)", text) == TELLING[text]


def test_ordinary_answers_are_left_alone(live: Live) -> None:
    page = live.browser_page()
    page.goto(live.url)
    lines = [line for path in sorted(CORPUS.glob("ordinary.*.txt")) for line in path.read_text().splitlines()]
    found = with_care(page, "({ personal }, lines) => lines.flatMap(personal)", lines)
    assert len(found) <= len(lines) / 50, found
