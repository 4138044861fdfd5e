"""A child of each age, in Dutch and Arabic, with and without script: from the wall to four words that open its answer.

At every step axe-core finds no barrier. On the way a page is loaded again, a child goes back, and the network goes.
"""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.builders import Cast, a_choice, a_consultation, a_place, own_words
from tests.items import a_grade, several_choices
from tests.journeys.child.steps import barriers, bodies, follow, saved, send
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey
SAYS = {"nl": "Meer bomen", "ar": "أريد طريقاً آمناً"}
CHOSEN = {"q1": "a", "q2": "a", "q3": "a", "q4": "0"}
every_age = pytest.mark.parametrize("band", "ABCD")
each_language = pytest.mark.parametrize("language", SAYS)


def in_arabic(item: dict[str, Any]) -> dict[str, Any]:
    """The same question, asked in Arabic too."""
    written = {"question": f"السؤال {item['key']}", "help": "", "low": "سيئ جداً", "high": "جيد جداً"}
    options = {option["code"]: f"الجواب {option['code']}" for option in item["config"].get("options", [])}
    return item | {"words": item["words"] | {"ar": written | {"options": options}}}


def ask(cast: Cast, band: str) -> list[str]:
    """A round for this age with every kind of question that it may be asked; the keys of those."""
    kinds = [a_choice("q1"), several_choices("q2"), several_choices("q3", 3, "order"), a_grade("q4"), own_words("q5")]
    items = [in_arabic(item) for item in kinds if not (band == "A" and item["kind"] == "grade")]
    a_place(cast.town, code="7KQM93")
    titles = {"nl": "Naar school", "ar": "إلى المدرسة"}
    a_consultation(cast.mobility, bands=band, items=items, languages=list(titles), titles=titles)
    return [item["key"] for item in items]


def at_the_wall(live: Live, language: str, *, js: bool) -> Page:
    """A phone that speaks this language and scanned the code."""
    page = live.browser_page(360, 740, js=js, locale=language)
    page.goto(f"{live.url}/p/7KQM93")
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    return page


def answer(question: Locator, says: str) -> None:
    """The first of its answers, or some words."""
    answers = question.locator(".option:not(.nojs) label:visible, select:visible")
    if not answers.count():
        question.locator("textarea").fill(says)
    elif answers.first.evaluate("(answer) => answer.tagName") == "SELECT":
        answers.first.select_option("a")
    else:
        answers.first.click()


def opens_with(page: Page, live: Live, words: list[str]) -> None:
    """The four words, typed where a child looks for what became of its answer."""
    page.goto(f"{live.url}/r")
    page.locator("#words").fill(" ".join(words))
    page.locator("form[data-receipt] button[type=submit]").click()
    expect(page.locator("form[data-receipt]")).to_have_count(0)


def copied_barriers(page: Page, glass: Page) -> list[str]:
    """What axe finds on a page without script: in a copy on which axe can run, with all that is shown without."""
    glass.set_content(page.content())
    shown = "form .question, form .nojs { visibility: visible !important; max-height: none !important; }"
    glass.add_style_tag(content=shown)
    return barriers(glass)


def was_said(keys: list[str], says: str) -> None:
    [body] = bodies()
    assert body["answers"] == {key: CHOSEN[key] for key in keys if key in CHOSEN}
    assert [words["text"] for words in body["words"]] == [says]


@each_language
@every_age
def test_a_child_answers_with_script(live: Live, cast: Cast, band: str, language: str) -> None:
    keys, says = ask(cast, band), SAYS[language]
    page = at_the_wall(live, language, js=True)
    assert barriers(page) == []
    follow(page, page.locator(".ages a"))
    for number, question in enumerate(page.locator(".question").all()):
        answer(question, says)
        assert barriers(page) == []
        page.locator("[data-next]").click()
        if number == 1:
            page.reload()
            assert barriers(page) == []
            page.locator("[data-resume]").click()
            page.locator("header [data-back]").click()
            expect(page.locator(".now input:checked")).to_have_value("a")  # of the second question
            page.locator("[data-next]").click()
    assert barriers(page) == []
    page.context.set_offline(True)
    send(page)
    expect(page.locator("#waiting")).to_be_visible()
    assert barriers(page) == []
    page.context.set_offline(False)
    words = saved(page)
    assert barriers(page) == []
    was_said(keys, says)
    opens_with(page, live, words)
    assert barriers(page) == []


@each_language
@every_age
def test_a_child_answers_without_script(live: Live, cast: Cast, band: str, language: str) -> None:
    keys, says = ask(cast, band), SAYS[language]
    page, glass = at_the_wall(live, language, js=False), live.browser_page(360, 740)
    follow(page, page.locator(".ages a"))
    for question in page.locator(".question").all():
        answer(question, says)
    assert copied_barriers(page, glass) == []
    follow(page, page.locator(".nav.nojs button"))
    assert copied_barriers(page, glass) == []
    follow(page, page.locator("button[value=change]"))
    expect(page.locator("textarea")).to_have_value(says)
    follow(page, page.locator(".nav.nojs button"))
    words = page.locator(".words li").all_inner_texts()
    follow(page, page.locator("button[value=send]"))
    expect(page.locator(".saved")).to_be_visible()
    assert page.locator(".words li").all_inner_texts() == words
    assert copied_barriers(page, glass) == []
    was_said(keys, says)
    opens_with(page, live, words)
