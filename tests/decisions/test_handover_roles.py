"""Roles that go along when tasks are handed over: those that were ticked, within what the one who does it may give."""

import pytest
from sqlalchemy import select

from dialogue.decisions.handover_models import HandOver
from dialogue.ledger.models import Entry
from dialogue.people.models import Membership, StaffMember
from dialogue.people.team import give_role
from dialogue.shared.actor import Role
from dialogue.shared.database import db, writing
from tests.builders import Cast, actor_of, refresh
from tests.pages import Pages


def roles(person: StaffMember) -> set[Role]:
    db.session.rollback()
    return set(db.session.scalars(select(Membership.role).where(Membership.staff_member_id == person.id)))


def key(person: StaffMember, role: Role) -> str:
    found = select(Membership).where(Membership.staff_member_id == person.id, Membership.role == role)
    return f"role:{db.session.scalars(found).one().id}"


def at(person: StaffMember) -> str:
    return f"/desk/colleagues/{person.id}/hand-over"


def give(actor: StaffMember, person: StaffMember, role: Role) -> None:
    with writing():
        give_role(actor_of(actor), refresh(person), role, None)


def test_only_the_roles_that_were_ticked_go_along_and_the_other_has_them_no_more(cast: Cast, pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    page = cora.get(f"{at(cast.ada)}?to={cast.ben.id}")
    assert "Welke rollen gaan mee?" in page.text
    assert {one.get("value") for one in page.all("input", name="roles")} == {
        key(cast.ada, Role.MAKER),
        key(cast.ada, Role.READER),
    }
    page = cora.post(at(cast.ada), {"to": cast.ben.id, "roles": key(cast.ada, Role.READER)})
    assert "1 rol is nu van Ben." in page.text
    assert (roles(cast.ada), roles(cast.ben)) == ({Role.MAKER}, {Role.READER, Role.DECIDER})
    verbs = {(entry.verb, entry.object) for entry in db.session.scalars(select(Entry))}
    taken = ("person.role_taken", f"person:{cast.ada.id}")
    assert {taken, ("person.role_given", f"person:{cast.ben.id}")} <= verbs


def test_roles_go_back_with_the_tasks(cast: Cast, pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    cora.post(at(cast.ada), {"to": cast.ben.id, "roles": [key(cast.ada, Role.READER), key(cast.ada, Role.MAKER)]})
    done = db.session.scalars(select(HandOver)).one()
    assert "2 rollen zijn nu van Ada." in cora.post(f"/desk/hand-overs/{done.id}/back").text
    assert (roles(cast.ada), roles(cast.ben)) == ({Role.MAKER, Role.READER}, {Role.DECIDER})


def test_nobody_gives_themselves_a_role_not_even_back(cast: Cast, pages: Pages) -> None:
    cora, sent = pages.as_(cast.cora), {"to": cast.cora.id, "roles": key(cast.ben, Role.DECIDER)}
    assert not cora.get(f"{at(cast.ben)}?to={cast.cora.id}").all("input", name="roles")
    assert "De lijst is intussen veranderd" in cora.post(at(cast.ben), sent, status=422).text
    assert (roles(cast.ben), roles(cast.cora)) == ({Role.DECIDER}, {Role.COORDINATOR})


@pytest.mark.parametrize("administers", [False, True])
def test_the_role_of_coordinator_goes_along_only_when_an_administrator_does_it(
    cast: Cast, pages: Pages, *, administers: bool
) -> None:
    give(cast.ines, cast.ada, Role.COORDINATOR)
    if administers:
        give(cast.ines, cast.cora, Role.ADMINISTRATOR)
    cora, sent = pages.as_(cast.cora), {"to": cast.ben.id, "roles": key(cast.ada, Role.COORDINATOR)}
    page = cora.get(f"{at(cast.ada)}?to={cast.ben.id}")
    assert ("Dit mag Ben nog niet: coördinator" in page.text) is not administers
    cora.post(at(cast.ada), sent, status=200 if administers else 422)
    assert (Role.COORDINATOR in roles(cast.ben)) is administers


@pytest.mark.parametrize("role", [Role.SAFEGUARDING, Role.ADMINISTRATOR])
def test_worries_of_children_and_the_keys_never_go_along(cast: Cast, pages: Pages, role: Role) -> None:
    give(cast.ines, cast.cora, Role.ADMINISTRATOR)
    holder = cast.sam if role == Role.SAFEGUARDING else cast.ines
    pages.as_(cast.cora).post(at(holder), {"to": cast.ben.id, "roles": key(holder, role)}, status=422)
    assert roles(holder) == {role}


def test_a_role_of_another_person_does_not_go_along(cast: Cast, pages: Pages) -> None:
    sent = {"to": cast.ben.id, "roles": key(cast.cleo, Role.MAKER)}
    pages.as_(cast.cora).post(at(cast.ada), sent, status=422)
    assert Role.MAKER in roles(cast.cleo)


def test_who_lost_a_role_is_out_of_its_pages_at_once(cast: Cast, pages: Pages) -> None:
    ben = pages.as_(cast.ben)
    ben.get("/desk/decisions/mine")
    pages.as_(cast.cora).post(at(cast.ben), {"to": cast.cleo.id, "roles": key(cast.ben, Role.DECIDER)})
    ben.get("/desk/decisions/mine", status=403)
