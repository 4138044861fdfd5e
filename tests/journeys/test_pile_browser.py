"""A pile of paper typed over in a real browser, by keys alone: two people, a mistake mended, a difference settled."""

import pytest
from playwright.sync_api import Page, expect

from dialogue.answering.letterbox import installation_key, unseal
from dialogue.consultations.models import Consultation
from dialogue.people.models import StaffMember
from dialogue.shared.actor import Role
from tests.answering.sendings import letters
from tests.builders import PASSWORD, Cast, a_choice, a_consultation, a_staff_member, own_words
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey
SHEETS = [("1", "Meer bomen"), ("2", ""), ("?", "Een zebrapad"), ("4", "Minder auto's"), ("3", "")]
CODES = ["a", "b", "?", "d", "c"]


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility, items=[a_choice(), own_words()])


@pytest.fixture
def bo(cast: Cast) -> StaffMember:
    """A colleague who types as second."""
    return a_staff_member(cast.town, "Bo", (Role.MAKER, cast.mobility), (Role.READER, cast.mobility))


def at_paper(live: Live, consultation: Consultation, person: StaffMember) -> Page:
    """Signed in, at the page of the round about paper; from here on only keys."""
    page = live.browser_page(1360, 860)
    page.goto(f"{live.url}/sign-in")
    page.fill("input[name=email]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk**")
    page.goto(f"{live.url}/desk/rounds/{consultation.waves[0].id}/paper")
    assert_clean(page)
    return page


def press(page: Page, words: str) -> None:
    """Go by Tab to what has these words, and press Enter there."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith(words):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never comes at {words!r} on {page.url}")


def type_sheet(page: Page, number: int, choice: str, words: str) -> None:
    """A full answer and Enter go on by themselves; the last Enter asks for the next sheet."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Formulier {number} van")
    expect(page.locator("#q1")).to_be_focused()
    page.keyboard.type(choice)
    expect(page.locator("#q2")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")


def type_all(page: Page, *sheets: tuple[str, str]) -> None:
    for number, (choice, words) in enumerate(sheets, start=1):
        type_sheet(page, number, choice, words)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Formulier {len(sheets) + 1} van")


def begin(page: Page, expected: str) -> None:
    """The form of a new pile, counted by hand, to be typed twice."""
    page.locator("#expected").focus()
    page.keyboard.type(expected)
    page.keyboard.press("Tab")
    expect(page.locator("#twice")).to_be_focused()
    page.keyboard.press("Space")
    press(page, "Begin te typen")


def test_two_people_type_a_pile_by_keys_alone(
    live: Live, cast: Cast, consultation: Consultation, bo: StaffMember
) -> None:
    ada = at_paper(live, consultation, cast.ada)
    begin(ada, "5")
    assert_clean(ada)
    type_all(ada, *SHEETS[:3], ("1", "Minder auto's"))
    press(ada, "Verbeter het vorige")
    expect(ada.locator("#q1")).to_have_value("1")
    assert_clean(ada)
    ada.keyboard.press("Control+A")
    ada.keyboard.type("4")
    press(ada, "Bewaar de verbetering")
    press(ada, "De stapel is klaar")
    expect(ada.get_by_text("Er ontbreekt 1 formulier.")).to_be_visible()
    assert_clean(ada)
    press(ada, "Typ verder")
    type_sheet(ada, 5, *SHEETS[4])

    second = at_paper(live, consultation, bo)
    press(second, "Typ als tweede")
    type_all(second, *SHEETS[:1], ("3", ""), *SHEETS[2:])

    press(ada, "De stapel is klaar")
    expect(ada.get_by_text("Dat klopt.")).to_be_visible()
    expect(ada.get_by_role("heading", name="1 verschil")).to_be_visible()
    assert_clean(ada)
    press(ada, "Verstuur de stapel")
    assert letters() == []
    ada.locator("#differ ~ form input[type=radio]").first.focus()
    ada.keyboard.press("Space")
    press(ada, "Bewaar")
    press(ada, "Verstuur de stapel")
    expect(ada.get_by_role("status")).to_contain_text("5 formulieren zitten in de brievenbus.")
    bodies = [unseal(installation_key(), letter.body, letter.tag) for letter in letters()]
    assert sorted(body["answers"]["q1"] for body in bodies) == sorted(CODES)
    assert sorted(said["text"] for body in bodies for said in body["words"]) == sorted(
        words for _, words in SHEETS if words
    )
