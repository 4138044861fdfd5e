"""Invitations and links for a new password: once, for seven days, and never for more than was meant."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from dialogue.people import queries, services, team
from dialogue.people.models import StaffSession
from dialogue.shared.actor import Role
from dialogue.shared.clock import now, pinned
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound, Refused
from tests.builders import PASSWORD_HASH, Cast, actor_of, refresh
from tests.people.inviting import invite


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
