"""What journeys of staff share: signing in, the two sizes they are walked at, and when a page is good."""

import pytest
from playwright.sync_api import Page

from dialogue.people.models import StaffMember
from tests.builders import PASSWORD
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live

SIZES = pytest.mark.parametrize(("width", "height"), [(390, 844), (1360, 860)])
# A microphone that hums.
HUM = """navigator.mediaDevices.getUserMedia = async () => {
  const audio = new AudioContext(), tone = audio.createOscillator(), out = audio.createMediaStreamDestination();
  tone.connect(out); tone.start(); return out.stream; };"""


def sign_in(
    live: Live, person: StaffMember, address: str, width: int, height: int, *, js: bool = True, before: str = ""
) -> Page:
    """This page, opened by this person; `before` is a script that runs before those of each page."""
    page = live.browser_page(width, height, js=js)
    if before:
        page.add_init_script(before)
    page.goto(f"{live.url}/sign-in?next={address}")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Meld aan").click()
    return page


def fits(page: Page) -> bool:
    """Whether nothing stands outside the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def is_good(page: Page) -> None:
    """No barriers, and nothing outside the screen."""
    assert_clean(page)
    assert fits(page)


def looks_well(page: Page, *, js: bool) -> None:
    """The same; without script nothing can look for barriers."""
    assert fits(page)
    if js:
        assert_clean(page)
