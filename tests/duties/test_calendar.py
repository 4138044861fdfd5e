"""Duties in a person's own calendar: whoever has the address reads them, everybody else finds nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select, text

from dialogue.duties import services
from dialogue.duties.models import DutyWishes
from dialogue.duties.queries import duty
from dialogue.ledger.models import Entry
from dialogue.shared.clock import now, today
from dialogue.shared.database import db, writing
from tests.builders import Cast, actor_of, change
from tests.pages import Pages

WISHES = "/desk/duties/wishes"


def owe(cast: Cast, object_: str = "signal:1", **values: Any) -> None:
    fields: dict[str, Any] = {"municipality_id": cast.town.id, "department_id": cast.mobility.id}
    fields |= {"subject": "De auto's; rijden, te snel\\n.", "due": today() + timedelta(days=9)}
    with writing():
        services.owe("test", "decision", object_, **fields | values)


def new_address(client: Pages) -> str:
    page = client.post(f"{WISHES}/calendar")
    (field,) = page.all("input", id="link")
    return str(field.get("value")).removeprefix("http://localhost")


def events(pages: Pages, address: str) -> list[Any]:
    response = pages.client.get(address)
    assert response.status_code == 200, response.status_code
    return list(Calendar.from_ical(response.data).walk("VEVENT"))


def test_the_address_gives_a_day_for_every_open_duty(app: Flask, pages: Pages, cast: Cast) -> None:
    owe(cast)
    owe(cast, "signal:2", department_id=cast.youth.id)
    (event,) = events(pages, new_address(pages.as_(cast.ben)))
    assert event.decoded("dtstart") == today() + timedelta(days=9)
    assert type(event.decoded("dtstart")) is date
    assert str(event["summary"]) == "Een antwoord beslissen: De auto's; rijden, te snel\\n."
    assert str(event["url"]) == f"http://localhost/desk/duties/{duty('decision', 'signal:1').id}"


def test_a_duty_keeps_its_name_when_it_is_put_off_and_goes_when_it_is_kept(pages: Pages, cast: Cast) -> None:
    owe(cast)
    address = new_address(pages.as_(cast.ben))
    (before,) = events(pages, address)
    with writing():
        found = duty("decision", "signal:1")
        services.extend(actor_of(cast.cora), found, today() + timedelta(days=20), "De bus rijdt om.")
    (after,) = events(pages, address)
    assert before["uid"] == after["uid"]
    assert after.decoded("dtstart") == today() + timedelta(days=20)
    assert "Eerst beloofd" in str(after["description"])
    with writing():
        services.keep("test", "decision", "signal:1")
    assert events(pages, address) == []


def test_a_new_address_ends_the_old_one_and_so_does_stopping(pages: Pages, cast: Cast) -> None:
    ben = pages.as_(cast.ben)
    old = new_address(ben)
    new = new_address(ben)
    assert [pages.client.get(one).status_code for one in (old, new)] == [404, 200]
    ben.post(f"{WISHES}/calendar/end")
    assert pages.client.get(new).status_code == 404
    verbs = db.session.scalars(
        select(Entry.verb).where(Entry.object == f"person:{cast.ben.id}").order_by(Entry.sequence)
    ).all()
    assert verbs == ["calendar.made", "calendar.made", "calendar.ended"]


def test_it_needs_no_session_gives_none_and_is_kept_nowhere(pages: Pages, cast: Cast) -> None:
    answer = pages.client.get(new_address(pages.as_(cast.ben)))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("token", ["x", "A" * 43, "..", "%00", "é", "x" * 3000])
def test_a_stranger_finds_nothing(pages: Pages, cast: Cast, token: str) -> None:
    new_address(pages.as_(cast.ben))
    assert pages.client.get(f"/calendar/{token}.ics").status_code == 404


def test_guessing_is_slowed_down(pages: Pages, cast: Cast) -> None:
    answers = [pages.client.get(f"/calendar/guess{number}.ics").status_code for number in range(125)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_disabled_person_has_no_calendar(pages: Pages, cast: Cast) -> None:
    address = new_address(pages.as_(cast.ben))
    change(cast.ben, disabled_at=now())
    assert pages.client.get(address).status_code == 404


def test_the_database_keeps_no_address(pages: Pages, cast: Cast) -> None:
    secret = new_address(pages.as_(cast.ben)).rpartition("/")[2].removesuffix(".ics")
    kept = db.session.scalars(select(DutyWishes.calendar_hash)).one()
    assert kept
    assert len(kept) == 32
    raw = b"".join(str(row).encode() for row in db.session.execute(text("SELECT * FROM duty_wishes")))
    pieces = [secret[begin : begin + 8].encode() for begin in range(len(secret) - 8)]
    assert not [piece for piece in pieces if piece in raw or piece in kept]


def test_the_address_is_shown_once(pages: Pages, cast: Cast) -> None:
    ben = pages.as_(cast.ben)
    secret = new_address(ben)
    assert secret not in ben.get(WISHES).html
    assert "Maak een nieuw adres" in ben.get(WISHES).text
