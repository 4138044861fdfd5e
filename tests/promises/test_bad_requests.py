"""Bad input gets a clear answer: whatever is sent to whichever door, no crash, no trace, but a sentence."""

import json
import os
import re

import pytest
from hypothesis import HealthCheck, given, seed, settings
from werkzeug.wrappers import Response

from tests.databases import ON_POSTGRESQL
from tests.pages import Page, check
from tests.promises import nonsense
from tests.promises.conftest import Records
from tests.promises.house import House, fields_of_forms
from tests.promises.nonsense import Request
from tests.promises.processes import ROOT
from tests.promises.test_doors import HEALTH
from tests.web.routes import doors

HOW_MANY = int(os.environ.get("BAD_REQUESTS", "500" if ON_POSTGRESQL else "2000"))
TRACES = re.compile(r"Traceback|(Value|Type|Key|Attribute|Unicode|Overflow|Integrity)\w{0,9}Error|sqlite3|\.py\b")
HERE = re.compile(r"(http://localhost(:\d+)?)?/(?![/\\])", re.IGNORECASE)  # a path, also where Werkzeug adds the host
READABLE = ("text/html", "application/json", "text/plain")


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
    if asked_json and request.door.endpoint.startswith("child."):  # a form may answer with a page whatever it was sent
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


def test_every_name_that_a_page_reads_from_its_address_is_tried() -> None:
    code = "\n".join(path.read_text() for path in (ROOT / "dialogue").rglob("*.py"))
    assert set(re.findall(r"\bargs\.get(?:list)?\(\s*[\"'](\w+)", code)) <= set(nonsense.SEARCHED)


@pytest.mark.parametrize("odd", ["-1", "1" + "0" * 20, "\ud800"])
def test_no_page_breaks_on_an_odd_place_to_go_on_from(house: House, records: Records, odd: str) -> None:
    query, found = nonsense.encoded([(name, odd) for name in nonsense.SEARCHED if name != "lang"]), {}
    for door in doors(house.app):
        if door.method == "GET" and door.endpoint != HEALTH:
            path = door.address(records | records.get(door.endpoint.split(".")[0], {})).encode()
            if wrong := wrong_with(house, Request(door, "mighty", "GET", path, query)):
                found[door.endpoint] = wrong
    assert found == {}
