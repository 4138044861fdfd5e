"""Nobody gets in: every address × method × role × department × municipality; nothing unexpected, nothing untested."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dialogue.ledger.queries import head
from dialogue.people import team
from dialogue.people.models import Department, StaffMember
from dialogue.shared.actor import MUNICIPALITY_WIDE, Role
from dialogue.shared.database import db, writing
from tests.builders import (
    Cast,
    a_staff_member,
    actor_of,
    save,
)
from tests.pages import Pages
from tests.promises.conftest import Records
from tests.web.routes import Door, guarded

WITHIN = {"band", "kind", "code", "item", "language", "name", "option", "year"}  # these choose within a record
OF_THE_TOWN = {"place_id", "partner_id"}  # every department of the municipality shares these
EVERYBODYS = {"person_id", "department_id", "membership_id", "invitation_id"}  # only the administrator's


def address(door: Door, records: Records) -> str:
    """The address of the record of mobility behind this door."""
    return door.address(records | records.get(door.endpoint.split(".")[0], {}))


def roles(app: Flask, door: Door) -> frozenset[Role]:
    allowed: frozenset[Role] = app.view_functions[door.endpoint].allowed  # type: ignore[attr-defined]
    return allowed


def with_record(app: Flask, *except_: str) -> list[Door]:
    """Guarded doors that lead to one record, other than those with a part named in `except_`."""
    found = [door for door in guarded(app) if set(door.rule.arguments) - WITHIN]
    return [door for door in found if not set(door.rule.arguments) & set(except_)]


def everything(department: Department) -> list[tuple[Role, Department | None]]:
    """All roles there are."""
    return [(role, None if role in MUNICIPALITY_WIDE else department) for role in Role]


def refused(client: Any, doors: list[Door], records: Records) -> dict[str, int]:
    """What was answered at each door, where that was not: there is no such page."""
    answers = {}
    for door in doors:
        response = client.open(address(door, records), method=door.method)
        if response.status_code != 404:
            answers[f"{door.method} {door.rule}"] = response.status_code
    return answers


def test_every_part_of_every_address_is_known_here(app: Flask, records: Records) -> None:
    known = set(records) | WITHIN | {"key"}
    unknown = {f"{door.rule}" for door in guarded(app) if not door.rule.arguments <= known}
    assert unknown == set()


@pytest.mark.parametrize("role", list(Role))
def test_without_the_role_a_door_stays_shut(app: Flask, pages: Pages, cast: Cast, records: Records, role: Role) -> None:
    scope = None if role in MUNICIPALITY_WIDE else cast.mobility
    client = pages.as_(a_staff_member(cast.town, f"Only {role}", (role, scope), email=f"{role}@only.example")).client
    shut = [door for door in guarded(app) if roles(app, door) and role not in roles(app, door)]
    answers = {f"{d.method} {d.rule}": client.open(address(d, records), method=d.method).status_code for d in shut}
    assert {door: code for door, code in answers.items() if code != 403} == {}
    assert len(shut) > 3


def test_somebody_without_any_role_reads_nothing_of_children(
    app: Flask, pages: Pages, cast: Cast, records: Records
) -> None:
    client = pages.as_(a_staff_member(cast.town, "Nobody")).client
    open_ = [door for door in with_record(app) if not roles(app, door) and door.method == "GET"]
    answers = {str(door.rule): client.get(address(door, records)).status_code for door in open_}
    allowed = {rule for rule in answers if "place_id" in rule or "partner_id" in rule}
    assert {rule: code for rule, code in answers.items() if code < 400 and rule not in allowed} == {}


def test_records_of_another_municipality_are_not_there_whatever_the_roles(
    app: Flask, pages: Pages, cast: Cast, records: Records
) -> None:
    sport = save(Department(municipality_id=cast.other_town.id, name="Sport"))
    mighty = a_staff_member(cast.other_town, "Mighty", *everything(sport))
    before = head()
    assert refused(pages.as_(mighty).client, with_record(app), records) == {}
    db.session.rollback()
    assert head() == before


def test_records_of_another_department_are_not_there_for_maker_reader_and_decider(
    app: Flask, pages: Pages, cast: Cast, records: Records
) -> None:
    doors = with_record(app, *OF_THE_TOWN, *EVERYBODYS, "dossier_id")
    own = {Role.MAKER, Role.READER, Role.DECIDER}
    doors = [door for door in doors if not roles(app, door) or roles(app, door) & own]
    before = head()
    assert refused(pages.as_(cast.cleo).client, doors, records) == {}
    db.session.rollback()
    assert head() == before


def test_the_right_person_comes_in_so_these_tests_can_fail(
    app: Flask, pages: Pages, cast: Cast, records: Records
) -> None:
    mighty = a_staff_member(cast.town, "Mighty", *everything(cast.mobility))
    client = pages.as_(mighty).client
    answers = {
        str(door.rule): client.get(address(door, records)).status_code for door in guarded(app) if door.method == "GET"
    }
    assert {rule: code for rule, code in answers.items() if code >= 500} == {}
    reached = [rule for rule, code in answers.items() if code in (200, 302)]
    assert len(reached) > 0.85 * len(answers), {rule: code for rule, code in answers.items() if code not in (200, 302)}


def test_a_disabled_person_is_out_everywhere_at_once(app: Flask, pages: Pages, cast: Cast, records: Records) -> None:
    client = pages.as_(cast.ada).client
    with writing():
        team.disable(actor_of(cast.ines), cast.ada)
    for door in guarded(app):
        response = client.open(address(door, records), method=door.method)
        assert (response.status_code, response.location.split("?")[0]) == (302, "/sign-in"), (
            f"{door.method} {door.rule}"
        )


def test_fields_outside_a_form_never_change_a_row(app: Flask, pages: Pages, cast: Cast) -> None:
    pages.as_(cast.ines).client.post(
        "/desk/team/municipality",
        data={
            "name": "Oudenhove", "slug": "gekaapt", "country": "NL", "is_example": "1", "id": "2",
            "help_name": "Awel", "help_number": "102", "help_url": "https://awel.be",
            "help_checked_on": "2026-03-01", "exit_url": "https://weer.be", "smallest_group": "10",
        },
    )  # fmt: skip
    db.session.rollback()
    db.session.refresh(cast.town)
    assert (cast.town.slug, cast.town.country, cast.town.is_example) == ("oudenhove", "BE", False)
    assert (
        db.session.scalars(select(StaffMember.municipality_id).where(StaffMember.name == "Ines")).one() == cast.town.id
    )
