"""People in the database: deputies, invitations, roles, sessions; and what the ledger keeps of them."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from dialogue.ledger.models import Entry
from dialogue.ledger.queries import verify
from dialogue.people import accounts, attempts, passwords, queries, services, team, towns
from dialogue.people.models import Department, Invitation, StaffMember, StaffSession
from dialogue.people.rules import NO_PASSWORD
from dialogue.shared.actor import Role
from dialogue.shared.clock import now, pinned, today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound, Refused
from tests.builders import PASSWORD, PASSWORD_HASH, Cast, actor_of, refresh, save


def stand_in(cast: Cast) -> None:
    """Ada stands in for Ben this week."""
    with writing():
        accounts.name_deputy(actor_of(cast.ben), cast.ben, cast.ada, today(), today() + timedelta(days=6))


def test_a_deputy_may_do_what_the_other_may_and_keeps_the_own_roles(app: Flask, cast: Cast) -> None:
    own = services.actor_for(cast.ada).grants
    stand_in(cast)
    actor = services.actor_for(cast.ada)
    assert actor.staff_id == cast.ada.id
    assert actor.grants == own | {(Role.DECIDER, cast.mobility.id)}


def test_after_the_last_day_the_deputy_may_do_nothing_more(app: Flask, cast: Cast) -> None:
    stand_in(cast)
    with pinned(now() + timedelta(days=8)):
        assert not services.actor_for(cast.ada).has(Role.DECIDER)


def test_a_deputy_of_a_deputy_gets_nothing(app: Flask, cast: Cast) -> None:
    stand_in(cast)
    with writing():
        accounts.name_deputy(actor_of(cast.ada), cast.ada, cast.cora, today(), today())
    grants = services.actor_for(cast.cora).grants
    assert (Role.MAKER, cast.mobility.id) in grants
    assert (Role.DECIDER, cast.mobility.id) not in grants


def test_an_ended_replacement_ends_at_once(app: Flask, cast: Cast) -> None:
    stand_in(cast)
    with writing():
        accounts.end_deputy(actor_of(cast.ben), cast.ben)
    assert not services.actor_for(cast.ada).has(Role.DECIDER)


def invite(cast: Cast, email: str = "noor@oudenhove.example", role: Role = Role.READER) -> tuple[Invitation, str]:
    department = cast.mobility if role == Role.READER else None
    with writing():
        return team.invite(actor_of(cast.ines), "Noor", email, role, department)


def test_the_database_keeps_the_hash_of_a_link_not_the_link(app: Flask, cast: Cast) -> None:
    invitation, token = invite(cast)
    assert token.encode() not in invitation.token_hash
    assert queries.invitation_by_hash(services.hashed_token(token)) == invitation


def test_who_joins_gets_the_role_of_the_invitation(app: Flask, cast: Cast) -> None:
    invitation, _token = invite(cast)
    with writing():
        noor = team.join(invitation, PASSWORD_HASH)
    assert [(m.role, m.department_id) for m in noor.memberships] == [(Role.READER, cast.mobility.id)]
    assert noor.municipality_id == cast.town.id


def test_a_link_works_once(app: Flask, cast: Cast) -> None:
    invitation, token = invite(cast)
    with writing():
        team.join(invitation, PASSWORD_HASH)
    with pytest.raises(NotFound):
        queries.invitation_by_hash(services.hashed_token(token))


def test_a_link_works_for_seven_days(app: Flask, cast: Cast) -> None:
    _invitation, token = invite(cast)
    with pinned(now() + timedelta(days=6, hours=23)):
        assert queries.invitation_by_hash(services.hashed_token(token))
    with pinned(now() + timedelta(days=7, seconds=1)), pytest.raises(NotFound):
        queries.invitation_by_hash(services.hashed_token(token))


def test_a_withdrawn_link_does_not_work(app: Flask, cast: Cast) -> None:
    invitation, token = invite(cast)
    with writing():
        team.withdraw(actor_of(cast.ines), invitation)
    with pytest.raises(NotFound):
        queries.invitation_by_hash(services.hashed_token(token))


def test_a_new_link_for_the_same_person_replaces_the_old(app: Flask, cast: Cast) -> None:
    _first, old = invite(cast)
    _second, new = invite(cast, email="NOOR@oudenhove.example")
    with pytest.raises(NotFound):
        queries.invitation_by_hash(services.hashed_token(old))
    assert queries.invitation_by_hash(services.hashed_token(new))


def test_somebody_in_the_list_is_not_invited_again(app: Flask, cast: Cast) -> None:
    with pytest.raises(Refused, match="staat al in de lijst"):
        invite(cast, email=cast.ada.email)


def test_the_address_of_another_town_is_refused_without_saying_whose_it_is(app: Flask, cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        invite(cast, email=cast.odette.email)
    assert "Odette" not in str(refusal.value)


def test_a_link_for_a_forgotten_password_changes_the_password_and_nothing_else(app: Flask, cast: Cast) -> None:
    grants = services.actor_for(cast.ben).grants
    with writing():
        invitation, _token = team.new_link(actor_of(cast.ines), cast.ben)
        services.start_session(cast.ben.id)
    with writing():
        team.join(invitation, "$new")
    assert refresh(cast.ben).password_hash == "$new"
    assert services.actor_for(cast.ben).grants == grants
    assert db.session.scalar(select(func.count()).select_from(StaffSession)) == 0


def test_a_role_taken_away_does_not_come_back_with_an_old_link(app: Flask, cast: Cast) -> None:
    with writing():
        invitation, _token = team.new_link(actor_of(cast.ines), cast.ben)
    with writing():
        team.take_role(actor_of(cast.ines), cast.ben.memberships[0])
    with writing():
        team.join(invitation, "$new")
    assert refresh(cast.ben).memberships == []


def test_a_disabled_person_cannot_come_back_with_a_link(app: Flask, cast: Cast) -> None:
    with writing():
        invitation, _token = team.new_link(actor_of(cast.ines), cast.ben)
        team.disable(actor_of(cast.ines), cast.ben)
    with pytest.raises(Refused, match="werkt niet meer"), writing():
        team.join(invitation, "$new")


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


def test_a_password_fits_its_own_hash_only(app: Flask) -> None:
    assert passwords.fits(PASSWORD, PASSWORD_HASH)
    assert not passwords.fits(PASSWORD + " ", PASSWORD_HASH)
    assert not passwords.fits("\ud800", PASSWORD_HASH)
    assert not passwords.fits("", None)
    assert not passwords.fits(NO_PASSWORD, NO_PASSWORD)


def test_an_unknown_address_costs_the_same_work(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from dialogue.people import signing_in

    done = []
    real = passwords._hasher.verify

    class Counting:
        hash = passwords._hasher.hash

        def verify(self, *args: str) -> bool:
            done.append(args)
            return real(*args)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    save(StaffMember(municipality_id=cast.town.id, name="Nog niet", email="nog@niet.be", password_hash=NO_PASSWORD))
    for email in (cast.ada.email, "niemand@nergens.be", "nog@niet.be"):
        signing_in.identify(email, "helemaal mis")
    assert len(done) == 3


def test_at_most_two_hashes_are_made_at_once(app: Flask) -> None:
    assert [passwords._turn.acquire(blocking=False) for _ in range(3)] == [True, True, False]
    for _ in range(2):
        passwords._turn.release()


def test_failures_delay_longer_and_longer_and_a_success_forgets_them() -> None:
    counted = attempts.Attempts()
    with pinned(now()):
        for _ in range(6):
            counted.failed("ada")
        assert counted.seconds_to_wait("ada") == 8
        assert counted.seconds_to_wait("ben") == 0
        counted.succeeded("ada")
        assert counted.seconds_to_wait("ada") == 0


def test_after_the_wait_the_next_try_is_free_again() -> None:
    counted = attempts.Attempts()
    start = now()
    with pinned(start):
        for _ in range(50):
            counted.failed("ada")
        assert counted.seconds_to_wait("ada") == 60
    with pinned(start + timedelta(seconds=61)):
        assert counted.seconds_to_wait("ada") == 0


def test_failures_of_an_hour_ago_are_forgotten() -> None:
    counted = attempts.Attempts()
    start = now()
    with pinned(start):
        for _ in range(50):
            counted.failed("ada")
    with pinned(start + timedelta(hours=1)):
        counted.failed("ada")
        assert counted.seconds_to_wait("ada") == 0


def test_somebody_who_tries_many_addresses_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "MOST_ACCOUNTS", 10)
    counted = attempts.Attempts()
    for number in range(100):
        counted.failed(str(number))
    assert len(counted._failures) == 10


def test_sessions_that_ended_are_swept_away(app: Flask, cast: Cast) -> None:
    with pinned(now() - timedelta(days=30)), writing():
        services.start_session(cast.ada.id)
    with writing():
        services.start_session(cast.ben.id)
        services.forget_old_sessions()
    assert db.session.scalar(select(func.count()).select_from(StaffSession)) == 1
