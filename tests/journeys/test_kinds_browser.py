"""Several choices, an order and a grade on a phone: tapped, counted, kept, sent, and with the keys alone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from dialogue.answering.letterbox import installation_key, unseal
from dialogue.consultations.models import Consultation
from tests.answering.sendings import letters
from tests.builders import Cast, a_consultation
from tests.items import a_grade, several_choices
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey
SHEET = "/c/NAARSC/C/nl"


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    items = [several_choices("q1"), several_choices("q2", 3, "order"), a_grade("q3")]
    return a_consultation(cast.mobility, bands="BCD", items=items, code="NAARSC")


@pytest.fixture
def page(live: Live, consultation: Consultation) -> Page:
    page = live.browser_page(360, 740)
    page.goto(live.url + SHEET)
    return page


def tap(page: Page, item: str, *codes: str) -> None:
    for code in codes:
        page.locator(f"label[for={item}-{code}]").click()


def on(page: Page) -> None:
    page.locator("[data-next]").click()


def ticked(page: Page, item: str) -> list[str]:
    return [str(box.get_attribute("value")) for box in page.locator(f"input[name={item}]:checked").all()]


def badge(label: Locator) -> str:
    text: str = label.evaluate("(label) => getComputedStyle(label, '::after').content")
    return text.strip('"')


def sent() -> dict[str, str]:
    [letter] = letters()
    answers: dict[str, str] = unseal(installation_key(), letter.body, letter.tag)["answers"]
    return answers


def test_a_child_ticks_orders_and_grades(live: Live, page: Page) -> None:
    tap(page, "q1", "c", "a")
    assert_clean(page)
    on(page)
    tap(page, "q2", "e", "a", "b")
    assert [badge(page.locator(f"label[for=q2-{code}]")) for code in "eab"] == ["1", "2", "3"]
    assert_clean(page)
    on(page)
    tap(page, "q3", "7")
    assert_clean(page)
    on(page)
    assert page.locator("[data-answers] b").all_inner_texts() == ["Step, Fiets", "Te voet, Fiets, Bus", "7"]
    page.locator("[data-send]").click()
    expect(page.locator("[data-saved]")).to_be_visible()
    assert sent() == {"q1": "a+c", "q2": "e+a+b", "q3": "7"}


def test_more_than_the_question_says_waits_until_one_is_taken_away(page: Page) -> None:
    tap(page, "q1", "a", "b")
    expect(page.locator("#q1-c")).to_be_disabled()
    expect(page.locator("#q1-unsure")).to_be_enabled()
    page.locator("label[for=q1-c]").click(force=True)
    assert ticked(page, "q1") == ["a", "b"]
    tap(page, "q1", "a", "c")
    assert ticked(page, "q1") == ["b", "c"]


def test_taking_one_away_moves_the_others_up(page: Page) -> None:
    on(page)
    tap(page, "q2", "e", "a", "b", "e")
    assert [badge(page.locator(f"label[for=q2-{code}]")) for code in "ab"] == ["1", "2"]
    tap(page, "q2", "e")
    assert badge(page.locator("label[for=q2-e]")) == "3"


def test_dont_know_stands_alone(page: Page) -> None:
    tap(page, "q1", "a", "b", "unsure")
    assert ticked(page, "q1") == ["?"]
    tap(page, "q1", "c")
    assert ticked(page, "q1") == ["c"]


def test_skip_takes_everything_away(live: Live, page: Page) -> None:
    tap(page, "q1", "a", "b")
    page.locator("[data-skip]").click()
    tap(page, "q2", "a")
    page.locator("[data-skip]").click()
    tap(page, "q3", "unsure")
    on(page)
    assert page.locator("[data-answers] b").all_inner_texts()[:2] == ["Overgeslagen", "Overgeslagen"]
    page.locator("[data-send]").click()
    expect(page.locator("[data-saved]")).to_be_visible()
    assert sent() == {"q3": "?"}


def test_a_draft_keeps_the_order(page: Page) -> None:
    tap(page, "q1", "b")
    on(page)
    tap(page, "q2", "e", "a")
    page.reload()
    page.locator("[data-resume]").click()
    assert [badge(page.locator(f"label[for=q2-{code}]")) for code in "ea"] == ["1", "2"]
    page.locator("header [data-back]").click()
    assert ticked(page, "q1") == ["b"]


def test_it_works_with_a_keyboard_alone(page: Page) -> None:
    page.locator("#q1-a").focus()
    for key in ("Space", "Tab", "Space", "Enter"):
        page.keyboard.press(key)
    assert ticked(page, "q1") == ["a", "b"]
    expect(page.locator(".question.now")).to_have_attribute("data-item", "q2")


@pytest.mark.parametrize("band", ["B", "C", "D"])
def test_cards_and_grades_can_be_touched(live: Live, page: Page, band: str) -> None:
    page.goto(live.url + SHEET.replace("/C/", f"/{band}/"))
    for _question in range(3):
        small = page.evaluate(
            "[...document.querySelectorAll('.now label')].map((e) => e.getBoundingClientRect())"
            ".filter((e) => e.width && (e.height < 56 || e.width < 56)).length"
        )
        assert small == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        on(page)


def test_without_script_an_order_is_chosen_from_lists(live: Live, consultation: Consultation) -> None:
    page = live.browser_page(360, 740, js=False)
    page.goto(live.url + SHEET)
    expect(page.locator("#q2-a")).to_be_hidden()
    tap(page, "q1", "a", "b")
    page.get_by_label("1e keuze").select_option("Step")
    page.get_by_label("2e keuze").select_option("Fiets")
    tap(page, "q3", "10")
    page.get_by_role("button", name="Kijk je antwoorden na").click()
    expect(page.locator("main")).to_contain_text("Step, Fiets")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.locator(".words li")).to_have_count(4)
    assert sent() == {"q1": "a+b", "q2": "c+a", "q3": "10"}
