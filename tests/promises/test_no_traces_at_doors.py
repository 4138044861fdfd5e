"""Whatever children and everybody open or send: no cookie, no session, no address for other sites, no copy kept."""

from typing import Any

import pytest
from flask import g

from dialogue import ANYBODY
from tests.promises.house import House, Records, fields_of_forms, typed
from tests.promises.nonsense import FORM, JSON, Request
from tests.web.routes import doors

KEPT = {"no-store", "no-cache"}  # what a browser may do with a page: nothing, or ask each time whether it is still so
THE_SAME_FOR_ALL = {"child.words", "child.help_words", "child.sound", "public.photo", "public.sound"}
TABLETS = {"child.tablet", "child.tablet_sheet", "child.cards"}  # others come after this child


def traces(response: Any, endpoint: str, method: str) -> list[str]:
    """What a visitor leaves behind by this answer, in its browser or on the way."""
    headers, kept = response.headers, response.headers["Cache-Control"]
    may_be_kept = method == "GET" and endpoint not in TABLETS
    found = {
        "a cookie": "Set-Cookie" in headers,
        "a session": "Cookie" in headers.get("Vary", ""),
        "where it was": headers["Referrer-Policy"] != "no-referrer",
        "a copy": kept != "no-store" and not (may_be_kept and (kept in KEPT or endpoint in THE_SAME_FOR_ALL)),
    }
    return [trace for trace, is_there in found.items() if is_there]


@pytest.mark.parametrize("who", ["nobody", "mighty"])
def test_no_door_of_children_or_everybody_leaves_a_trace(house: House, records: Records, who: str) -> None:
    forms, found, answered = fields_of_forms(house, records), {}, 0
    for door in doors(house.app):
        room = door.endpoint.split(".")[0]
        if room not in ANYBODY:
            continue
        path = door.address(records | records.get(room, {})).encode()
        sent = [(FORM, typed(forms, door.endpoint)), (JSON, b"{}")] if door.method == "POST" else [("", b"")]
        for kind, body in sent:
            g.pop("actor", None)  # in the tests all requests share one context
            response, _changed = house.answer(Request(door, who, door.method, path, b"", kind, body))
            answered += response.status_code < 400
            if left := traces(response, door.endpoint, door.method):
                found[f"{door.method} {door.rule} {kind}"] = left
    assert found == {}
    assert answered > 25, "pages, not refusals: this test can fail"
