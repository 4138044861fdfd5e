"""Departments, roles and sessions in the database; and what the ledger keeps of people."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from dialogue.ledger.models import Entry
from dialogue.ledger.queries import verify
from dialogue.people import accounts, queries, services, team, towns
from dialogue.people.models import Department, StaffSession
from dialogue.people.rules import NO_PASSWORD
from dialogue.shared.actor import Role
from dialogue.shared.clock import now, pinned
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound, Refused
from tests.builders import PASSWORD_HASH, Cast, actor_of, refresh, save
from tests.people.inviting import invite


def test_disabling_ends_every_session(app: Flask, cast: Cast) -> None:
    with writing():
        services.start_session(cast.ada.id)
        services.start_session(cast.ben.id)
        team.disable(actor_of(cast.ines), cast.ada)
    assert [row.staff_member_id for row in db.session.scalars(select(StaffSession))] == [cast.ben.id]
    assert cast.ada not in queries.staff_of(cast.town.id)
    assert cast.ada in queries.everybody(cast.town.id)


def test_the_last_administrator_cannot_be_disabled_or_lose_the_role(app: Flask, cast: Cast) -> None:
    with pytest.raises(Refused, match="enige beheerder"), writing():
        team.disable(actor_of(cast.ines), cast.ines)
    with pytest.raises(Refused, match="enige beheerder"), writing():
        team.take_role(actor_of(cast.ines), cast.ines.memberships[0])


@pytest.mark.parametrize("useless", [{"disabled_at": now()}, {"password_hash": NO_PASSWORD}])
def test_an_administrator_who_cannot_sign_in_does_not_count(app: Flask, cast: Cast, useless: dict[str, object]) -> None:
    with writing():
        team.give_role(actor_of(cast.ines), cast.cora, Role.ADMINISTRATOR, None)
        for field, value in useless.items():
            setattr(cast.cora, field, value)
    with pytest.raises(Refused, match="enige beheerder"), writing():
        team.disable(actor_of(cast.ines), cast.ines)


def test_with_two_administrators_one_can_go(app: Flask, cast: Cast) -> None:
    with writing():
        team.give_role(actor_of(cast.ines), cast.cora, Role.ADMINISTRATOR, None)
        team.disable(actor_of(cast.cora), cast.ines)
    assert refresh(cast.ines).disabled_at


def test_people_of_another_town_are_not_found(app: Flask, cast: Cast) -> None:
    elsewhere = save(Department(municipality_id=cast.other_town.id, name="Jeugd"))
    invitation, _token = invite(cast)
    for look in (
        lambda: queries.get_person(actor_of(cast.ines), cast.odette.id),
        lambda: queries.get_department(actor_of(cast.ines), elsewhere.id),
        lambda: queries.get_membership(actor_of(cast.ines), cast.odette.memberships[0].id),
        lambda: queries.get_invitation(actor_of(cast.odette), invitation.id),
        lambda: queries.get_person(actor_of(cast.ines), 2**30),
    ):
        with pytest.raises(NotFound):
            look()


def test_two_departments_cannot_have_the_same_name(app: Flask, cast: Cast) -> None:
    with pytest.raises(Refused, match="jeugd"), writing():
        towns.add_department(actor_of(cast.ines), "jeugd")
    with pytest.raises(Refused), writing():
        towns.rename_department(actor_of(cast.ines), cast.mobility, "Jeugd")
    with writing():
        towns.rename_department(actor_of(cast.ines), cast.youth, "JEUGD")
    assert refresh(cast.youth).name == "JEUGD"


def test_the_database_itself_refuses_a_smallest_group_under_ten(app: Flask, cast: Cast) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), writing():
        cast.town.smallest_group = 9


def test_every_change_of_the_team_stands_in_the_ledger_and_the_chain_holds(app: Flask, cast: Cast) -> None:
    ines = actor_of(cast.ines)
    invitation, _token = invite(cast)
    with writing():
        noor = team.join(invitation, PASSWORD_HASH)
    with writing():
        membership = team.give_role(ines, noor, Role.COORDINATOR, None)
        team.take_role(ines, membership)
        team.disable(ines, noor)
        team.enable(ines, noor)
        accounts.change_password(ines, noor, "$other")
    verbs = list(db.session.scalars(select(Entry.verb).order_by(Entry.sequence)))
    assert verbs == [
        "person.invited",
        "person.joined",
        "person.role_given",
        "person.role_taken",
        "person.disabled",
        "person.enabled",
        "person.password_changed",
    ]
    assert verify() is None


def test_sessions_that_ended_are_swept_away(app: Flask, cast: Cast) -> None:
    with pinned(now() - timedelta(days=30)), writing():
        services.start_session(cast.ada.id)
    with writing():
        services.start_session(cast.ben.id)
        services.forget_old_sessions()
    assert db.session.scalar(select(func.count()).select_from(StaffSession)) == 1
