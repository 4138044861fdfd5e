"""Ben, alderman, makes his sign-in safe: app, recovery code, passkey, remembered device and a link in a mail."""

import re
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pyotp
import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect

from dialogue import create_app
from dialogue.people import links
from dialogue.shared.clock import now
from dialogue.shared.database import db
from tests.builders import PASSWORD, Cast, a_consultation, a_signal
from tests.conftest import settings_in
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey
SIZES = [(390, 844), (1360, 860)]


@pytest.fixture
def app(instance: Path, port: int) -> Iterator[Flask]:
    """A browser makes passkeys for a name, never for a number: this machine by its name."""
    app = create_app(settings_in(instance, f"http://localhost:{port}"))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def address(live: Live) -> str:
    return live.url.replace("127.0.0.1", "localhost")


def with_finger(page: Page) -> tuple[Any, str]:
    """A phone with a fingerprint reader in this browser; returns the way to talk to it."""
    wires = page.context.new_cdp_session(page)
    wires.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = wires.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return wires, made["authenticatorId"]


def set_verified(finger: tuple[Any, str], verified: bool) -> None:
    wires, id_ = finger
    wires.send("WebAuthn.setUserVerified", {"authenticatorId": id_, "isUserVerified": verified})


def give_password(page: Page, address: str, cast: Cast) -> None:
    page.goto(f"{address}/sign-in")
    assert_clean(page)
    page.get_by_label("E-mailadres").fill(cast.ben.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Meld aan", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")


def later(phone: pyotp.TOTP, half_minutes: int = 0) -> str:
    """The code of so many half minutes later: one too early or too late is still right, so three can follow at once."""
    left = 30 - now().timestamp() % 30
    if half_minutes < 0 and left < 3:
        sleep(left)
    return str(phone.generate_otp(int(now().timestamp()) // 30 + half_minutes))


def scan(page: Page, tmp_path: Path) -> pyotp.TOTP:
    """What a phone sees when it looks at the screen."""
    picture = tmp_path / "qr.png"
    page.locator(".app-qr").screenshot(path=picture)
    (code,) = zxingcpp.read_barcodes(Image.open(picture))
    phone = pyotp.parse_uri(code.text)
    assert isinstance(phone, pyotp.TOTP)
    return phone


def turn_on_the_app(page: Page, address: str, tmp_path: Path) -> tuple[pyotp.TOTP, list[str]]:
    page.goto(f"{address}/desk/account")
    assert_clean(page)
    page.get_by_role("link", name="Tweede stap").click()
    assert_clean(page)
    page.get_by_role("button", name="Zet aan").click()
    assert_clean(page)
    phone = scan(page, tmp_path)
    page.get_by_label("De code die de app nu toont").fill(later(phone, -1))
    page.get_by_role("button", name="Zet aan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je herstelcodes")
    assert_clean(page)
    codes = page.locator(".codes li").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar als bestand").click()
    assert codes[9] in Path(download.value.path()).read_text()
    page.get_by_role("button", name="Ik heb ze bewaard").click()
    return phone, codes


def make_a_passkey(page: Page, address: str) -> None:
    page.goto(f"{address}/desk/account/sign-in")
    page.get_by_role("link", name="Maak een toegangssleutel").click()
    assert_clean(page)
    page.get_by_label("Hoe noem je deze toegangssleutel?").fill("Mijn telefoon")
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Maak de toegangssleutel").click()
    expect(page.get_by_text("Je kan je nu aanmelden met deze toegangssleutel.")).to_be_visible()
    assert_clean(page)


def come_in_with_a_code(page: Page, address: str, cast: Cast, phone: pyotp.TOTP) -> None:
    """A wrong code says so; the right one lets Ben in."""
    give_password(page, address, cast)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nog één stap")
    assert_clean(page)
    page.get_by_label("Code van je telefoon").fill("000000")
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_text("Deze code klopt niet")).to_be_visible()
    assert_clean(page)
    page.get_by_label("Code van je telefoon").fill(later(phone))
    page.get_by_role("button", name="Ga verder").click()
    expect(page).to_have_url(f"{address}/desk")


def come_in_with_a_recovery_code(page: Page, address: str, cast: Cast, code: str) -> None:
    give_password(page, address, cast)
    page.get_by_text("Ik heb mijn telefoon niet bij me").click()
    assert_clean(page)
    page.get_by_label("Herstelcode").fill(code.lower())
    page.get_by_role("button", name="Gebruik een herstelcode").click()
    expect(page.get_by_text("Je hebt nog 9 herstelcodes.")).to_be_visible()


def come_in_with_a_passkey(page: Page, address: str, finger: tuple[Any, str]) -> None:
    """Another finger says so; the right one lets Ben in."""
    set_verified(finger, False)
    page.get_by_role("button", name=re.compile("vinger")).click()
    expect(page.get_by_text("Dat lukte niet.")).to_be_visible()
    assert_clean(page)
    set_verified(finger, True)
    page.get_by_role("button", name=re.compile("vinger")).click()
    expect(page).to_have_url(f"{address}/desk")


def be_remembered(page: Page, address: str, cast: Cast, phone: pyotp.TOTP) -> None:
    """On a device that is remembered the password is enough, the next time."""
    give_password(page, address, cast)
    page.get_by_label("Onthoud dit toestel tot").check()
    page.get_by_label("Hoe noem je dit toestel?").fill("Mijn telefoon")
    assert_clean(page)
    page.get_by_label("Code van je telefoon").fill(later(phone, 1))
    page.get_by_role("button", name="Ga verder").click()
    expect(page).to_have_url(f"{address}/desk")
    page.goto(f"{address}/desk/account/sign-in")
    expect(page.get_by_text("dit toestel", exact=True)).to_be_visible()
    assert_clean(page)
    sign_out(page)
    give_password(page, address, cast)
    expect(page).to_have_url(f"{address}/desk")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_an_alderman_makes_signing_in_safe(
    live: Live, address: str, cast: Cast, tmp_path: Path, width: int, height: int
) -> None:
    page = live.browser_page(width, height)
    finger = with_finger(page)
    give_password(page, address, cast)
    expect(page).to_have_url(f"{address}/desk")
    phone, codes = turn_on_the_app(page, address, tmp_path)
    sign_out(page)
    come_in_with_a_code(page, address, cast, phone)
    sign_out(page)
    come_in_with_a_recovery_code(page, address, cast, codes[0])
    make_a_passkey(page, address)
    sign_out(page)
    come_in_with_a_passkey(page, address, finger)
    sign_out(page)
    be_remembered(page, address, cast, phone)
    sign_out(page)

    signal = a_signal(a_consultation(cast.mobility), "De auto's rijden te snel.")
    decision = f"/desk/decisions/signal/{signal.id}"
    page.goto(links.link_for(cast.ben, decision))
    expect(page).to_have_url(address + decision)
    page.goto(f"{address}/desk")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")
    assert live.troubles == []


def test_without_script_password_and_code_are_enough(live: Live, address: str, cast: Cast, tmp_path: Path) -> None:
    page = live.browser_page(js=False)
    page.goto(f"{address}/sign-in")
    expect(page.get_by_role("button", name=re.compile("vinger"))).to_be_hidden()
    page.get_by_label("E-mailadres").fill(cast.ben.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Meld aan", exact=True).click()
    page.goto(f"{address}/desk/account/sign-in")
    page.get_by_role("button", name="Zet aan").click()
    phone = scan(page, tmp_path)
    page.get_by_label("De code die de app nu toont").fill(later(phone, -1))
    page.get_by_role("button", name="Zet aan").click()
    page.get_by_role("button", name="Ik heb ze bewaard").click()
    page.get_by_role("button", name="Afmelden").click()
    page.get_by_label("E-mailadres").fill(cast.ben.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Meld aan", exact=True).click()
    page.get_by_label("Code van je telefoon").fill(later(phone))
    page.get_by_role("button", name="Ga verder").click()
    expect(page).to_have_url(f"{address}/desk")
