"""Bad input gets a clear answer: whatever is sent to whichever door, no crash, no trace, but a sentence."""

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, got_request_exception
from hypothesis import HealthCheck, given, seed, settings
from werkzeug.wrappers import Response

from dialogue.consultations.models import Consultation, State
from dialogue.shared.actor import MUNICIPALITY_WIDE, Role
from dialogue.shared.database import db
from tests.builders import Cast, a_consultation, a_signal, a_staff_member, responses
from tests.pages import Page, Pages, check
from tests.promises import nonsense
from tests.promises.conftest import Records
from tests.promises.nonsense import Request
from tests.web.routes import doors

HOW_MANY = int(os.environ.get("BAD_REQUESTS", "3000"))
TRACES = re.compile(r"Traceback|(Value|Type|Key|Attribute|Unicode|Overflow|Integrity)\w{0,9}Error|sqlite3|\.py\b")
HERE = re.compile(r"(http://localhost(:\d+)?)?/(?![/\\])", re.IGNORECASE)  # a path, also where Werkzeug adds the host
READABLE = ("text/html", "application/json", "text/plain")


class House:
    """An installation with one record of each kind: it takes a request, and is as new after every change."""

    def __init__(self, app: Flask, cookies: dict[str, str], file: str) -> None:
        self.app, self.cookies, self.crashes = app, cookies, []
        self._watch, self._seed = sqlite3.connect(file), sqlite3.connect(":memory:")
        self._watch.backup(self._seed)
        self._version = self._now()
        self.checked: set[tuple[str, int]] = set()
        got_request_exception.connect(self._crashed, app)

    def answer(self, request: Request) -> tuple[Response, bool]:
        """What is answered, and whether anything was written."""
        self.crashes.clear()
        self.app.config["WTF_CSRF_ENABLED"] = request.with_token
        response = Response.from_app(self.app, request.environ(self.cookies[request.who]), buffered=True)
        changed = self._now() != self._version
        if changed:
            db.session.rollback()
            self._seed.backup(self._watch)
            self._version = self._now()
        return response, changed

    def close(self) -> None:
        self._watch.close()
        self._seed.close()

    def _now(self) -> int:
        return self._watch.execute("PRAGMA data_version").fetchone()[0]

    def _crashed(self, _app: Flask, exception: Exception) -> None:
        self.crashes.append(exception)


@pytest.fixture
def house(app: Flask, cast: Cast, records: Records, pages: Pages) -> Iterator[House]:
    """Everybody who sends: nobody, Ada, Cora, and somebody with every role."""
    responses(db.session.get(Consultation, records["consultation_id"]), 12)
    a_consultation(cast.mobility, "Spelen", state=State.DRAFT)
    a_signal(a_consultation(cast.mobility, "Speeltijd", state=State.CLOSED), "Er is te weinig schaduw.")
    every = [(role, None if role in MUNICIPALITY_WIDE else cast.mobility) for role in Role]
    mighty = a_staff_member(cast.town, "Mighty", *every)
    found = {"nobody": ""}
    for name, person in (("ada", cast.ada), ("cora", cast.cora), ("mighty", mighty)):
        cookie = pages.as_(person).client.get_cookie("dialogue")
        assert cookie
        found[name] = f"dialogue={cookie.value}"
    db.session.rollback()
    house = House(app, found, str(app.extensions["dialogue"].settings.database))
    yield house
    house.close()


def fields_of_forms(house: House, records: Records) -> dict[str, dict[str, list[str]]]:
    """Per endpoint, the fields of the forms that our own pages show for it, with values that may be chosen."""
    adapter, found = house.app.url_map.bind("localhost"), {}
    for door in doors(house.app):
        if door.method != "GET" or door.endpoint == "static":
            continue
        path = door.address(records | records.get(door.endpoint.split(".")[0], {})).encode()
        response, _changed = house.answer(Request(door, "mighty", "GET", path))
        if response.status_code != 200 or "html" not in response.content_type:
            continue
        page = Page(response)
        for form in page.all("form", method="post"):
            buttons = {b.get("formaction") for b in form.iter("button")} | {form.get("action") or path.decode()}
            for action in filter(None, buttons):
                endpoint = adapter.match(action.split("?")[0].split("#")[0], method="POST")[0]
                found.setdefault(endpoint, {}).update(_fields(form))
    return found


def _fields(form: Any) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for element in form.iter():
        name = element.get("name") if element.tag in ("input", "select", "textarea", "button") else None
        if name:
            values = [option.get("value", "") for option in element.iter("option")] or [element.get("value", "")]
            fields.setdefault(name, []).extend(value for value in values if value)
    return fields


def wrong_with(house: House, request: Request) -> str:
    """What is wrong with the answer to this request; '' when it is a good answer."""
    response, changed = house.answer(request)
    status, readable = response.status_code, response.mimetype in READABLE and not response.content_encoding
    text = response.get_data(as_text=True) if readable else ""
    if house.crashes or (status >= 500 and (status != 503 or "Retry-After" not in response.headers)):
        return f"{status} {house.crashes!r}"
    if TRACES.search(text):
        return f"a trace: {TRACES.search(text)}"
    if status < 400:
        away = response.headers.get("Location", "/")
        return "" if HERE.match(away) else f"sends to {away}"
    if changed:
        return f"{status}, and yet something was written"
    return "" if request.method == "HEAD" else _unclear(house, request, response, text)


def _unclear(house: House, request: Request, response: Response, text: str) -> str:
    status, asked_json = response.status_code, request.content_type == "application/json"
    if response.mimetype == "application/json":
        said = json.loads(text)
        return "" if said.get("error") or said.get("reasons") else f"{status} without an error: {text}"
    if response.mimetype == "text/plain":  # to a forged Host
        return "" if text.endswith(".") else f"{status}: no sentence: {text}"
    if asked_json and "<form" not in text:
        return f"{status}: a page for who sent JSON"
    if (request.door.endpoint, status) not in house.checked:
        house.checked.add((request.door.endpoint, status))
        try:
            check(Page(response), f"{request.method} {request.path!r}")
        except AssertionError as complaint:
            return f"{status}: not a good page: {complaint}"
    return "" if re.search(r"[a-z]{2}[.!?:]\s*<", text) else f"{status}: no sentence: {text[:300]}"


def test_whatever_is_sent_gets_a_clear_answer(house: House, records: Records) -> None:
    every_door, forms = list(doors(house.app)), fields_of_forms(house, records)
    each = settings(
        max_examples=max(1, HOW_MANY // len(every_door)),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    for number, door in enumerate(every_door):

        @seed(number)
        @each
        @given(nonsense.requests(door, sorted(house.cookies), records, forms))
        def send(request: Request) -> None:
            assert wrong_with(house, request) == ""

        send()
