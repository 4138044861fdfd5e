"""Passkeys: made, used and removed; and every lie that a browser or a thief could tell is refused."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dialogue import create_app
from dialogue.ledger.models import Entry
from dialogue.people import passkeys, recovery, team
from dialogue.people.models import Passkey, SignInStep
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.web.limits import InMemory
from tests.builders import PASSWORD, Cast, actor_of, save
from tests.conftest import settings_in
from tests.pages import Page, Pages
from tests.people.authenticator import SoftKey
from tests.people.second_steps import OVERVIEW, code_of, codes_on, give_code, is_in, path, sign_in, with_app

ELSEWHERE = "https://dialogue.evil.example"


@dataclass
class Keyring:
    """Ada's browser and the passkey she made on it."""

    ada: Pages
    key: SoftKey
    page: Page


def add(browser: Pages, key: SoftKey, *, status: int = 200, old: str = PASSWORD, **lies: Any) -> Page:
    """Make a passkey as a browser does."""
    options = browser.client.post(f"{OVERVIEW}/passkeys/begin").get_data(as_text=True)
    data = {"name": "Mijn telefoon", "old": old, "credential": key.make(options, **lies)}
    return browser.post(f"{OVERVIEW}/passkeys/new", data, status=status)


def use(browser: Pages, key: SoftKey, *, status: int = 200, next: str = "", **lies: Any) -> Page:
    """Sign in with a passkey as a browser does."""
    options = browser.client.post("/sign-in/passkey/begin").get_data(as_text=True)
    return browser.post("/sign-in/passkey", {"credential": key.use(options, **lies), "next": next}, status=status)


@pytest.fixture
def keyring(pages: Pages, cast: Cast) -> Keyring:
    ada, key = pages.as_(cast.ada), SoftKey()
    return Keyring(ada, key, add(ada, key))


def stored() -> Passkey:
    db.session.rollback()
    return db.session.scalars(select(Passkey)).one()


def test_a_passkey_is_named_and_listed_and_brings_recovery_codes(keyring: Keyring) -> None:
    assert len(codes_on(keyring.page)) == recovery.HOW_MANY
    text = keyring.ada.get(OVERVIEW).text
    assert "Mijn telefoon" in text
    assert "nog niet gebruikt" in text


def test_a_passkey_is_asked_to_be_discoverable_and_to_verify_its_person(keyring: Keyring) -> None:
    chosen = keyring.key.options["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
    assert keyring.key.options["rp"]["id"] == "localhost"


def test_a_passkey_lets_in_without_address_or_password(app: Flask, keyring: Keyring) -> None:
    browser = Pages(app)
    assert path(use(browser, keyring.key, next="/desk/account")) == "/desk/account"
    assert "allowCredentials" not in keyring.key.options or keyring.key.options["allowCredentials"] == []
    assert stored().used_on == today()
    assert stored().sign_count == 1


def test_a_passkey_is_a_second_step_after_the_password(app: Flask, cast: Cast, keyring: Keyring) -> None:
    browser = Pages(app)
    page = sign_in(browser, cast.ada, next="/desk/account")
    assert path(page) == "/sign-in/second-step"
    assert not is_in(browser)
    assert path(use(browser, keyring.key)) == "/desk/account"
    assert len(keyring.key.options["allowCredentials"]) == 1


def test_the_passkey_of_another_is_no_second_step(app: Flask, cast: Cast, keyring: Keyring) -> None:
    with_app(cast.ben)
    browser = Pages(app)
    sign_in(browser, cast.ben)
    use(browser, keyring.key, status=422)
    assert not is_in(browser)


def test_who_goes_back_can_use_any_passkey_again(app: Flask, cast: Cast, keyring: Keyring) -> None:
    with_app(cast.ben)
    browser = Pages(app)
    sign_in(browser, cast.ben)
    browser.get("/sign-in")
    use(browser, keyring.key)
    assert is_in(browser)


@pytest.mark.parametrize(
    "lie",
    [
        {"verified": False},
        {"origin": ELSEWHERE},
        {"origin": "http://localhost:8080"},
        {"origin": "https://localhost"},
        {"site": "evil.example"},
        {"challenge": "AAAA"},
        {"handle": "AAAA"},
    ],
)
def test_a_use_that_is_not_right_in_every_part_is_refused(app: Flask, keyring: Keyring, lie: dict[str, Any]) -> None:
    browser = Pages(app)
    assert re.search(r"data-trouble>Dat lukte niet", use(browser, keyring.key, status=422, **lie).html)
    assert not is_in(browser)


@pytest.mark.parametrize("lie", [{"verified": False}, {"origin": ELSEWHERE}, {"site": "evil.example"}])
def test_a_new_passkey_that_is_not_right_in_every_part_is_refused(
    pages: Pages, cast: Cast, lie: dict[str, Any]
) -> None:
    assert "niet gemaakt" in add(pages.as_(cast.ada), SoftKey(), status=422, **lie).text
    assert passkeys.of(cast.ada.id) == []


def test_the_address_comes_from_the_settings_never_from_the_host_header(pages: Pages, cast: Cast) -> None:
    ada = pages.as_(cast.ada)
    answer = ada.client.post(f"{OVERVIEW}/passkeys/begin", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.json["rp"]["id"] == "localhost"
    asked = pages.client.post("/sign-in/passkey/begin", headers={"Host": "127.0.0.1"}).json
    assert asked["rpId"] == "localhost"


def test_a_challenge_works_once_also_when_it_failed(app: Flask, keyring: Keyring) -> None:
    browser = Pages(app)
    options = browser.client.post("/sign-in/passkey/begin").get_data(as_text=True)
    browser.post("/sign-in/passkey", {"credential": keyring.key.use(options, verified=False)}, status=422)
    browser.post("/sign-in/passkey", {"credential": keyring.key.use(options)}, status=422)
    use(browser, keyring.key)
    sent = keyring.key.use(options)
    browser.post("/sign-out")
    browser.post("/sign-in/passkey", {"credential": sent}, status=422)
    assert db.session.scalars(select(SignInStep).where(SignInStep.kind == "passkey")).all() == []


def test_what_one_browser_sent_does_not_work_in_another(app: Flask, keyring: Keyring) -> None:
    options = Pages(app).client.post("/sign-in/passkey/begin").get_data(as_text=True)
    thief = Pages(app)
    thief.client.post("/sign-in/passkey/begin")
    thief.post("/sign-in/passkey", {"credential": keyring.key.use(options)}, status=422)


def test_a_copy_of_the_key_is_noticed_by_its_counter(app: Flask, keyring: Keyring) -> None:
    use(Pages(app), keyring.key)
    keyring.key.count = 0  # the copy does not know of the use before
    use(Pages(app), keyring.key, status=422)
    assert stored().sign_count == 1


def test_two_uses_at_once_cannot_both_move_the_counter(keyring: Keyring) -> None:
    from dialogue.shared.errors import Refused

    with writing():
        passkeys.note_use(stored_id := db.session.scalars(select(Passkey.id)).one(), 0, 5)
    with pytest.raises(Refused), writing():
        passkeys.note_use(stored_id, 0, 6)


def test_a_disabled_person_comes_in_with_no_passkey(app: Flask, cast: Cast, keyring: Keyring) -> None:
    with writing():
        team.disable(actor_of(cast.ines), cast.ada)
    unknown, known = use(Pages(app), SoftKey(), status=422, handle="AAAA"), use(Pages(app), keyring.key, status=422)
    assert unknown.text == known.text


@pytest.mark.parametrize("sent", ["", "null", "[]", "{}", '{"rawId": 3}', "x" * 30_000, '{"rawId":"AA","response":[]}'])
def test_nonsense_is_refused_with_a_sentence(app: Flask, pages: Pages, cast: Cast, sent: str) -> None:
    pages.client.post("/sign-in/passkey/begin")
    pages.post("/sign-in/passkey", {"credential": sent}, status=422)
    ada = pages.as_(cast.ada)
    ada.client.post(f"{OVERVIEW}/passkeys/begin")
    ada.post(f"{OVERVIEW}/passkeys/new", {"name": "x", "old": PASSWORD, "credential": sent}, status=422)


def test_making_one_asks_for_the_password(pages: Pages, cast: Cast) -> None:
    add(pages.as_(cast.ada), SoftKey(), status=422, old="helemaal mis")
    assert passkeys.of(cast.ada.id) == []


def test_the_challenge_of_one_person_does_not_serve_another(pages: Pages, cast: Cast) -> None:
    ada, ben = pages.as_(cast.ada), pages.as_(cast.ben)
    options = ada.client.post(f"{OVERVIEW}/passkeys/begin").get_data(as_text=True)
    with ada.client.session_transaction() as session:
        token = session["passkey"]
    with ben.client.session_transaction() as session:
        session["passkey"] = token
    data = {"name": "x", "old": PASSWORD, "credential": SoftKey().make(options)}
    ben.post(f"{OVERVIEW}/passkeys/new", data, status=422)


def test_the_same_passkey_is_not_kept_twice(keyring: Keyring) -> None:
    assert "kennen we al" in add(keyring.ada, keyring.key, status=422).text
    assert keyring.key.options["excludeCredentials"]


def test_removing_one_asks_for_the_password_and_then_it_works_no_more(app: Flask, keyring: Keyring) -> None:
    door = f"{OVERVIEW}/passkeys/{stored().id}/remove"
    assert "Mijn telefoon" in keyring.ada.get(door).text
    keyring.ada.post(door, {"old": "helemaal mis"}, status=422)
    use(Pages(app), keyring.key)
    assert "werkt niet meer" in keyring.ada.post(door, {"old": PASSWORD}).text
    use(Pages(app), keyring.key, status=422)


def test_nobody_removes_the_passkey_of_another(pages: Pages, cast: Cast, keyring: Keyring) -> None:
    door = f"{OVERVIEW}/passkeys/{stored().id}/remove"
    pages.as_(cast.ben).post(door, {"old": PASSWORD}, status=404)
    pages.as_(cast.ines).get(door, status=404)
    assert stored()


def test_making_and_removing_stand_in_the_ledger(keyring: Keyring, cast: Cast) -> None:
    keyring.ada.post(f"{OVERVIEW}/passkeys/{stored().id}/remove", {"old": PASSWORD})
    db.session.rollback()
    verbs = list(db.session.scalars(select(Entry.verb).order_by(Entry.sequence)))
    assert verbs == ["person.passkey_added", "person.recovery_codes_made", "person.passkey_removed"]


def test_with_an_app_and_a_passkey_either_will_do(app: Flask, cast: Cast, keyring: Keyring) -> None:
    phone = with_app(cast.ada)
    for step in (lambda browser: give_code(browser, code_of(phone)), lambda browser: use(browser, keyring.key)):
        browser = Pages(app)
        sign_in(browser, cast.ada)
        step(browser)
        assert is_in(browser)


def test_a_stranger_cannot_fill_the_database_with_beginnings(app: Flask, pages: Pages, cast: Cast) -> None:
    app.extensions["dialogue.limits"] = InMemory()
    answers = [pages.client.post("/sign-in/passkey/begin").status_code for _ in range(125)]
    assert answers.count(200) == 120
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://dialogue.example.be", True),
        ("https://Dialogue.example.be", True),
        ("http://localhost:5000", True),
        ("http://dialogue.example.be", False),
        ("http://127.0.0.1:5000", False),
        ("https://192.0.2.7", False),
        ("https://[2001:db8::1]", False),
    ],
)
def test_passkeys_need_https_and_a_name(instance: Any, address: str, expected: bool) -> None:
    app = create_app(settings_in(instance, address))
    with app.app_context():
        assert passkeys.possible() is expected


def test_on_an_address_without_passkeys_the_page_says_what_to_do(instance: Any) -> None:
    app = create_app(settings_in(instance, "http://127.0.0.1:5000"))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    from tests.builders import the_cast

    with app.app_context():
        cast = the_cast()
        assert "code van je telefoon" in Pages(app).as_(cast.ada).get(f"{OVERVIEW}/passkeys/new").text
        assert "data-passkey" not in Pages(app).get("/sign-in").html
        db.session.remove()
        db.engine.dispose()


def test_the_database_refuses_the_same_passkey_for_two_people(keyring: Keyring, cast: Cast) -> None:
    from sqlalchemy.exc import IntegrityError

    mine = stored()
    values = {"public_key": mine.public_key, "sign_count": 0, "name": "x", "added_on": today()}
    with pytest.raises(IntegrityError):
        save(Passkey(staff_member_id=cast.ben.id, credential_id=mine.credential_id, **values))
