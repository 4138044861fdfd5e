"""Every kind of question in every face: on its side, twice as large, from right to left, in high contrast, by ear."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.builders import Cast, a_choice, a_consultation, a_place, own_words
from tests.items import a_grade, several_choices
from tests.journeys.axe import assert_clean
from tests.journeys.child.steps import LOCAL_VOICE
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey
ITEMS = [a_choice(), several_choices("q2"), several_choices("q3", 3, "order"), a_grade("q4"), own_words("q5")]
SHAPES = {"upright": (360, 740), "small": (320, 640), "on its side": (740, 360), "twice as large": (180, 370)}
PLAIN = {"forced_colors": "none", "color_scheme": "light"}
LOOKS: dict[str, Any] = {
    "upright": PLAIN,
    "on its side": PLAIN | {"color_scheme": "dark"},
    "twice as large": PLAIN | {"forced_colors": "active"},
}
WATCH = """() => {
  window.moved = false;
  for (const kind of ["animationstart", "transitionrun"]) addEventListener(kind, () => { window.moved = true; });
}"""
WIDE = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const { left, right, width } = one.getBoundingClientRect();
  return width && one.checkVisibility() && (left < -0.5 || right > innerWidth + 0.5) && !one.closest(".sr, [hidden]");
}).map((one) => `${location.pathname} ${innerWidth}: ${one.outerHTML.slice(0, 160)}`)"""
WRONG = """() => {
  const every = (selector) => [...document.querySelectorAll(selector)];
  const box = (element) => element.getBoundingClientRect();
  const touched = every("header a, header button, .now label, .nav.js button").filter((one) => box(one).width);
  const shown = [...touched, ...every(".now h2, .now .speak")];
  const meet = (one, other) => one.left < other.right && one.right > other.left
    && one.top < other.bottom && one.bottom > other.top;
  const words = box(document.querySelector(".now h2"));
  const next = document.querySelector("[data-next]");
  const { x, y, width, height } = box(next);
  const found = {
    outside: shown.filter((one) => box(one).left < 0 || box(one).right > innerWidth),
    cut: shown.filter((one) => one.scrollWidth > one.clientWidth + 1),
    small: touched.filter((one) => Math.min(box(one).width, box(one).height) < 55.5),
    "over the words": every(".now legend .speak").filter((one) => meet(box(one), words)),
    wide: document.documentElement.scrollWidth > innerWidth ? [document.documentElement] : [],
  };
  const above = document.elementFromPoint(x + width / 2, y + height / 2);
  found["over the button"] = above && !next.contains(above) ? [above] : [];
  return Object.entries(found).flatMap(([what, all]) => all.map((one) => `${what}: ${one.outerHTML}`));
}"""


@pytest.fixture(autouse=True)
def _asked(cast: Cast) -> None:
    a_consultation(cast.mobility, bands="BCD", items=ITEMS, code="NAARSC")
    without_grade = [item for item in ITEMS if item["kind"] != "grade"]  # the youngest give none
    a_consultation(cast.mobility, bands="A", items=without_grade, code="CRSD22")


def opened(live: Live, band: str = "B", shape: str = "upright", language: str = "", **media: Any) -> Page:
    page = live.browser_page(*SHAPES[shape])
    page.add_init_script(LOCAL_VOICE % "true")
    page.emulate_media(**media)
    code = "CRSD22" if band == "A" else "NAARSC"
    page.goto(f"{live.url}/c/{code}/{band}/nl{language and f'?lang={language}'}")
    return page


def turn(page: Page, shape: str) -> None:
    width, height = SHAPES[shape]
    page.set_viewport_size({"width": width, "height": height})


def focused(page: Page) -> str:
    found: str = page.evaluate("(({ id, className }) => id || className)(document.activeElement)")
    return found


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("band", "language"), [("A", ""), ("B", ""), ("C", ""), ("D", ""), ("B", "ar")])
def test_nothing_is_cut_off_covered_or_too_small(live: Live, band: str, language: str, shape: str) -> None:
    page = opened(live, band, shape, language)
    for _question in page.locator(".question").all():
        assert page.evaluate(WRONG) == []
        page.locator("[data-next]").click()


@pytest.mark.parametrize("band", "ABCD")
def test_no_barriers_in_any_kind_of_question_at_any_age_however_it_is_looked_at(live: Live, band: str) -> None:
    page = opened(live, band)
    for question in page.locator(".question").all():
        if question.locator(".option").count():
            question.locator(".option:not(.nojs) label").first.click()
        for shape, media in LOOKS.items():
            turn(page, shape)
            page.emulate_media(**media)
            assert_clean(page)
        page.locator("[data-next]").click()


def too_wide(page: Page) -> list[str]:
    found: list[str] = []
    for shape in SHAPES:
        turn(page, shape)
        found += page.evaluate(WIDE)
    turn(page, "upright")
    return found


@pytest.mark.parametrize("language", ["nl", "de", "ar"])
def test_the_pages_around_the_questions_fit_every_shape(live: Live, cast: Cast, language: str) -> None:
    a_place(cast.town, code="7KQM93")
    page = live.browser_page(*SHAPES["upright"])
    for address in ("/", "/p/7KQM93", "/c/NAARSC", "/r", "/m/oudenhove", "/p/XXXXXX"):
        page.goto(f"{live.url}{address}?lang={language}")
        assert too_wide(page) == []
    page.goto(f"{live.url}/c/NAARSC/C/nl?lang={language}")
    for _question in page.locator(".question").all():
        page.locator("[data-skip]").click()
    expect(page.locator("[data-send]")).to_be_visible()
    assert too_wide(page) == []
    page.locator("[data-send]").click()
    expect(page.locator("[data-saved]")).to_be_visible()
    assert too_wide(page) == []


@pytest.mark.parametrize("band", "ABCD")
def test_nothing_moves_unless_it_is_wanted(live: Live, band: str) -> None:
    page = opened(live, band)
    page.evaluate(WATCH)
    for motion, moves in {"reduce": False, "no-preference": True}.items():
        page.emulate_media(reduced_motion=motion)
        page.locator("[data-skip]").click()
        page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        assert page.evaluate("window.moved") == moves


def test_in_high_contrast_a_chosen_answer_and_the_buttons_are_seen(live: Live) -> None:
    page = opened(live, forced_colors="active")
    paint = "(element) => getComputedStyle(element).backgroundColor"
    for item, codes in {"q1": "ab", "q2": "ab", "q3": "ab", "q4": "12"}.items():
        chosen, other = (page.locator(f"label[for={item}-{code}]") for code in codes)
        chosen.click()
        assert chosen.evaluate(paint) != other.evaluate(paint)
        marks = {page.locator(f".progress .{state}").first.evaluate(paint) for state in ("done", "now") if item != "q1"}
        assert item == "q1" or len(marks) == 2
        page.locator("[data-next]").click()
    assert page.locator("[data-next]").evaluate("(element) => getComputedStyle(element).borderTopStyle") == "solid"


def test_each_question_says_where_it_stands(live: Live) -> None:
    page = opened(live, "C")
    told = page.get_by_role("status").first
    expect(told).to_have_text("Vraag 1 van 5.")
    for number in range(2, 6):
        page.locator("[data-skip]").click()
        expect(told).to_have_text(f"Vraag {number} van 5.")
    page.locator("[data-skip]").click()
    expect(told).to_be_empty()


def test_answers_of_which_one_is_chosen_are_one_stop_of_the_keyboard(live: Live) -> None:
    page = opened(live)
    page.locator(".now legend .speak").focus()
    stops = []
    for _stop in range(3):
        page.keyboard.press("Tab")
        stops.append(focused(page))
    assert stops == ["q1-a", "btn quiet", "btn"]
    page.locator(".now legend .speak").click()
    page.locator("#q1-a").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("spoken.at(-1)") == "Onveilig", "the arrow keys say each answer"


def test_how_many_may_be_chosen_is_said_with_the_question(live: Live) -> None:
    page = opened(live)
    page.locator("[data-skip]").click()
    expect(page.locator(".question.now")).to_have_accessible_description("Kies er hoogstens 2.")
    page.locator("label[for=q2-b]").click()
    assert page.locator("#q2-b").evaluate("(box) => box.labels[0].innerText") == "Bus"
