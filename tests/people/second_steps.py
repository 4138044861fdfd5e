"""What the tests of the second step share: a phone with an app, and coming in with a password."""

import re

import pyotp

from dialogue.people import apps, recovery
from dialogue.people.models import StaffMember
from dialogue.shared.clock import now
from dialogue.shared.database import writing
from tests.builders import PASSWORD, actor_of
from tests.pages import Page, Pages

OVERVIEW = "/desk/account/sign-in"


def with_app(person: StaffMember) -> pyotp.TOTP:
    """Give this person an app that was turned on an hour ago; returns the phone."""
    phone = pyotp.TOTP(pyotp.random_base32())
    with writing():
        apps.turn_on(actor_of(person), person, phone.secret, int(now().timestamp()) // 30 - 120)
    return phone


def with_codes(person: StaffMember) -> list[str]:
    """Give this person recovery codes."""
    codes = recovery.new_codes()
    with writing():
        recovery.replace(actor_of(person), person.id, codes)
    return codes


def turn_on(pages: Pages) -> tuple[pyotp.TOTP, Page]:
    """Turn the app on as a person does; returns the phone and the page that follows."""
    page = pages.post(f"{OVERVIEW}/app/start")
    phone = pyotp.TOTP("".join(page.all("p", class_="secret")[0].itertext()).replace(" ", ""))
    return phone, pages.post(f"{OVERVIEW}/app", {"code": code_of(phone)})


def code_of(phone: pyotp.TOTP, moved: int = 0) -> str:
    """What the phone shows now, or so many half minutes later."""
    return str(phone.generate_otp(int(now().timestamp()) // 30 + moved))


def sign_in(pages: Pages, person: StaffMember, *, status: int = 200, **data: str) -> Page:
    """With address and password."""
    return pages.post("/sign-in", {"email": person.email, "password": PASSWORD, **data}, status=status)


def give_code(pages: Pages, code: str, *, status: int = 200, **data: str) -> Page:
    return pages.post("/sign-in/second-step", {"code": code, **data}, status=status)


def path(page: Page) -> str:
    return str(page.response.request.path)


def is_in(pages: Pages) -> bool:
    """Whether somebody is signed in on this browser."""
    return pages.client.get(OVERVIEW).status_code == 200


def codes_on(page: Page) -> list[str]:
    """The recovery codes that a page shows."""
    return re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}", page.text)
