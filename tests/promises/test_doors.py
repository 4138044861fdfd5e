"""Every door, whatever one knocks with: nobody is sent away from the site, no method slips by, nothing is untested."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.wrappers import Response

from dialogue.answering.letterbox import read
from dialogue.consultations.models import State
from dialogue.decisions.models import Measure
from dialogue.feedback.models import PARTS, Message, MessageText
from dialogue.people.models import Department
from dialogue.shared.actor import MUNICIPALITY_WIDE, Role
from dialogue.shared.clock import now, today
from tests.answering.sendings import a_body, letter_count, letters
from tests.builders import (
    Cast,
    a_consultation,
    a_contribution,
    a_decision,
    a_partner,
    a_place,
    a_signal,
    a_staff_member,
    responses,
    save,
)
from tests.pages import Pages
from tests.promises.house import House, Records
from tests.promises.nonsense import FORM, Request
from tests.web.routes import Door, doors, guarded

EVIL = "evil.example"
FORGED = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Server": EVIL,
    "X-Forwarded-Prefix": f"//{EVIL}",
    "X-Original-Url": f"https://{EVIL}/",
    "X-Rewrite-Url": f"https://{EVIL}/",
    "X-Host": EVIL,
    "Forwarded": f"host={EVIL};proto=gopher",
    "Referer": f"https://{EVIL}/",
    "Origin": f"https://{EVIL}",
}
OVERRIDES = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "DELETE", "X-Method-Override": "PUT"}
CANARY = "kanarie van elders"
NOTES_EVERY_LOOK = {"answering.concern"}  # a concern is never read unseen: the ledger knows who looked
HEALTH = "health.healthz"  # says 503: nothing here was made by a migration
ASKS_WHERE_TO = {"people.sign_in"}  # keeps what was asked for in a field, and looks at it afterwards


def address(door: Door, records: Records) -> str:
    return door.address(records | records.get(door.endpoint.split(".")[0], {}))


def mighty(cast: Cast, department: Department, **values: Any) -> Any:
    every = [(role, None if role in MUNICIPALITY_WIDE else department) for role in Role]
    return a_staff_member(cast.town, "Mighty", *every, **values)


def forged(door: Door, who: str, records: Records) -> Request:
    """A request in which everything points elsewhere."""
    path, form = address(door, records).encode(), f"next=https%3A%2F%2F{EVIL}&_method=DELETE".encode()
    query = f"next=https://{EVIL}/&next=//{EVIL}&back=//{EVIL}&return_to=//{EVIL}&_method=POST".encode()
    posts = door.method == "POST"
    return Request(door, who, door.method, path, query, FORM if posts else "", form if posts else b"", FORGED)


def leads_away(response: Response) -> bool:
    to = urlsplit(response.headers.get("Location", "/"))
    return to.netloc not in ("", "localhost") or EVIL in to.path


def test_every_page_stays_what_it_is_whatever_is_forged(app: Flask, house: House, records: Records) -> None:
    found = {}
    for door in doors(app):
        if door.method == "GET":
            response, changed = house.answer(forged(door, "mighty", records))
            repeats = EVIL.encode() in response.get_data() and door.endpoint not in ASKS_WHERE_TO
            wrong = leads_away(response) or repeats or (changed and door.endpoint not in NOTES_EVERY_LOOK)
            if wrong or response.status_code not in (200, 302, 303, 404, 503 if door.endpoint == HEALTH else 200):
                found[door.endpoint] = (response.status_code, response.headers.get("Location"), changed, repeats)
    assert found == {}


def test_no_form_and_no_stranger_is_sent_away_from_the_site(app: Flask, house: House, records: Records) -> None:
    asked = [forged(door, "nobody", records) for door in doors(app)]
    asked += [forged(door, "mighty", records) for door in doors(app) if door.method == "POST"]
    away = [f"{one.who} {one.method} {one.door.rule}" for one in asked if leads_away(house.answer(one)[0])]
    assert away == []


def test_a_forged_host_is_believed_by_no_door(app: Flask, house: House, records: Records) -> None:
    for door in doors(app):
        sent = Request(door, "mighty", door.method, address(door, records).encode(), headers={"Host": EVIL})
        refused, changed = house.answer(sent)
        assert (refused.status_code, changed) == (400, False), f"{door.method} {door.rule}"
        assert EVIL not in refused.get_data(as_text=True)


def test_no_other_method_slips_by_the_guard(app: Flask, house: House, records: Records) -> None:
    for door in guarded(app):
        path = address(door, records).encode()
        for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"):
            if not (method == "HEAD" and door.endpoint in NOTES_EVERY_LOOK):
                allowed, changed = house.answer(Request(door, "mighty", method, path, headers=OVERRIDES))
                assert not changed, f"{method} {door.rule} wrote"
                assert allowed.status_code in ((200, 302, 404, 405) if method in ("HEAD", "OPTIONS") else (405,))
            response, _ = house.answer(Request(door, "nobody", method, path, headers=OVERRIDES))
            assert response.status_code in (302, 405), f"{method} {door.rule}: {response.status_code}"


def the_same_elsewhere(department: Department, by: Any) -> None:
    """Something of every kind that another department keeps to itself, each with the canary in it."""
    town = by.municipality
    consultation = a_consultation(department, CANARY, purpose=CANARY, still_open=CANARY, state=State.CLOSED)
    signal = a_signal(consultation, CANARY, a_contribution(consultation, f"{CANARY} zegt een kind"))
    decision = a_decision(signal, by, what=CANARY, reason=CANARY)
    planned = {"owner_id": by.id, "due": today(), "department_id": department.id}
    texts = [MessageText(edition=1, language="nl", parts=dict.fromkeys(PARTS, CANARY))]
    save(
        Measure(decision_id=decision.id, title=CANARY, **planned),
        Message(decision_id=decision.id, edition=0, versions=texts, written_by_id=by.id, written_at=now()),
    )
    responses(consultation, 12)
    a_consultation(department, f"{CANARY} open")
    if town.name != "Oudenhove":
        a_place(town, f"{CANARY} school")
        a_partner(town, f"{CANARY} scholen")


def tells(client: Any, app: Flask, records: Records) -> dict[str, int]:
    """The pages, exports and choices behind guarded doors that name something of elsewhere."""
    found = {}
    for door in guarded(app):
        if door.method == "GET":
            response = client.get(address(door, records), query_string={"q": "kanarie", "find": "kanarie"})
            if CANARY.encode() in response.get_data():
                found[door.endpoint] = response.status_code
    return found


def test_nothing_of_another_town_is_on_any_page_in_any_choice_or_export(
    app: Flask, pages: Pages, cast: Cast, records: Records
) -> None:
    the_same_elsewhere(save(Department(municipality_id=cast.other_town.id, name=f"{CANARY} dienst")), cast.odette)
    assert tells(pages.as_(mighty(cast, cast.mobility)).client, app, records) == {}
    assert CANARY in pages.as_(cast.odette).get("/desk/consultations").text, "it sings where it may"


def test_nothing_of_another_department_is_on_any_page_in_any_choice_or_export(
    app: Flask, pages: Pages, cast: Cast, records: Records
) -> None:
    the_same_elsewhere(cast.youth, cast.cleo)
    own = [(role, cast.mobility) for role in (Role.MAKER, Role.READER, Role.DECIDER)]
    client = pages.as_(a_staff_member(cast.town, "Own", *own)).client
    assert tells(client, app, records) == {}
    assert CANARY in pages.as_(cast.cleo).get("/desk/consultations").text, "it sings where it may"


def test_a_letter_comes_in_where_it_was_sent_whatever_else_stands_in_it(app: Flask, pages: Pages, cast: Cast) -> None:
    here, school = a_consultation(cast.mobility), a_place(cast.town)
    sport = save(Department(municipality_id=cast.other_town.id, name="Sport"))
    there, away = a_consultation(sport, "Sporten", bands="C"), a_place(cast.other_town, "Ver weg")
    wave, theirs = here.waves[-1].id, there.waves[-1]
    body, own = a_body(here), f"/p/{school.code}/{here.code}/B/nl"
    for path in (f"/p/{away.code}/{here.code}/B/nl", f"/p/{school.code}/{there.code}/C/nl"):
        assert 400 <= pages.client.post(path, json=body).status_code < 500, path
    assert pages.client.post(own, json=body | {"instrument": theirs.instruments[-1].sha256}).status_code >= 400
    assert letter_count() == 0
    more = {
        "place": away.id,
        "wave": theirs.id,
        "wave_id": theirs.id,
        "municipality_id": cast.other_town.id,
        "band": "C",
    }
    assert pages.client.post(own, json=body | more).status_code in (201, 422)
    assert pages.client.post(own, json=a_body(here, master=bytes(32))).status_code == 201
    place_id = school.id
    for letter in letters():
        inside = read(letter.body, letter.tag)
        assert inside
        assert (letter.wave_id, inside["place"], inside["band"]) == (wave, place_id, "B")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_there_are_doors_of_both_kinds(app: Flask, method: str) -> None:
    assert sum(door.method == method for door in doors(app)) > 40
