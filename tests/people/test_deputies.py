"""Deputies: what they may do, and until when."""

from datetime import timedelta

from flask import Flask

from dialogue.people import accounts, services
from dialogue.shared.actor import Role
from dialogue.shared.clock import now, pinned, today
from dialogue.shared.database import writing
from tests.builders import Cast, actor_of


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
