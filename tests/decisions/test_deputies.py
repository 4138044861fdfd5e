"""Who is away is replaced: on those days only, in those departments only, and always with both names."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogue.decisions.models import Decision
from dialogue.decisions.turn_models import Brought, ReadBy
from dialogue.decisions.turn_queries import replaced_in, waiting_for
from dialogue.duties.mailing import written
from dialogue.duties.models import Notice, NoticeKind
from dialogue.duties.queries import duty as find_duty
from dialogue.ledger.models import Entry
from dialogue.people import devices
from dialogue.people.models import StaffMember
from dialogue.people.services import actor_for
from dialogue.shared.clock import now, pinned, today
from dialogue.shared.database import db, writing
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_decision, a_signal, a_staff_member, change, save
from tests.decisions.test_turn import ALONE, ANSWER, MINE, at, count, due
from tests.pages import Pages


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")


@pytest.fixture
def dirk(cast: Cast) -> StaffMember:
    """Somebody without a role, who stands in for Ben from today on, for a week."""
    dirk = a_staff_member(cast.town, "Dirk")
    change(cast.ben, deputy_id=dirk.id, deputy_from=today(), deputy_until=today() + timedelta(days=7))
    return dirk


def signatures(verb: str) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Entry.actor).where(Entry.verb == verb).order_by(Entry.sequence)))


def test_a_deputy_decides_in_the_name_of_who_is_away(
    cast: Cast, signal: Signal, dirk: StaffMember, pages: Pages
) -> None:
    page = pages.as_(dirk).get(MINE)
    assert page.h1 == "“Ik durf niet oversteken.”"
    assert "Je antwoordt hier voor Ben, tot en met" in page.text
    pages.as_(dirk).post(at(signal, "decide"), ALONE)
    decision = db.session.scalars(select(Decision)).one()
    away = replaced_in(decision.id)
    assert away is not None
    assert (decision.recorded_by_id, away.id) == (dirk.id, cast.ben.id)
    assert signatures("decision.recorded") == [f"staff:{dirk.id} for staff:{cast.ben.id}"]
    assert signatures("signal.read") == [f"staff:{dirk.id} for staff:{cast.ben.id}"]
    assert "Genoteerd door Dirk voor Ben" in pages.as_(cast.ada).get(f"/desk/decisions/signal/{signal.id}").text
    told = pages.get(f"/m/{cast.town.slug}/signal/{signal.id}").text
    assert "vervanger van schepen van Mobiliteit" in told
    assert "Dirk" not in told


def test_what_a_deputy_brings_before_the_college_says_so(
    cast: Cast, signal: Signal, dirk: StaffMember, pages: Pages
) -> None:
    pages.as_(dirk).post(at(signal, "bring"), ANSWER)
    assert db.session.scalars(select(Brought.as_who)).one() == "vervanger van schepen van Mobiliteit"
    assert signatures("proposal.brought") == [f"staff:{dirk.id} for staff:{cast.ben.id}"]


def test_who_may_decide_anyway_does_it_in_their_own_name(cast: Cast, signal: Signal, pages: Pages) -> None:
    week = {"deputy_from": today(), "deputy_until": today() + timedelta(days=7)}
    change(cast.ben, deputy_id=cast.cora.id, **week)
    pages.as_(cast.cora).post(at(signal, "decide"), ALONE)
    assert signatures("decision.recorded") == [f"staff:{cast.cora.id}"]
    assert replaced_in(db.session.scalars(select(Decision.id)).one()) is None


@pytest.mark.parametrize("days", [-1, 8])
def test_before_the_first_day_and_after_the_last_a_deputy_is_nobody(
    cast: Cast, signal: Signal, dirk: StaffMember, pages: Pages, days: int
) -> None:
    with pinned(now() + timedelta(days=days)):
        pages.as_(dirk).get(MINE, status=403)
        pages.as_(dirk).post(at(signal, "decide"), ALONE, status=403)
        assert not actor_for(dirk).grants
    assert (count(Decision), count(ReadBy)) == (0, 0)


def test_the_first_and_the_last_day_count(cast: Cast, signal: Signal, dirk: StaffMember) -> None:
    for days in (0, 7):
        with pinned(now() + timedelta(days=days)):
            assert [one for one, _due in waiting_for(actor_for(dirk))] == [signal.id]


def test_a_deputy_decides_nothing_in_other_departments(
    cast: Cast, signal: Signal, dirk: StaffMember, pages: Pages
) -> None:
    foreign = a_signal(a_consultation(cast.youth), "Geen speelplein.")
    pages.as_(dirk).post(at(foreign, "decide"), ALONE, status=404)
    pages.as_(dirk).post(at(signal, "decide"), ALONE | {"signals": foreign.id}, status=404)
    assert count(Decision) == 0


def test_a_deputy_with_a_role_of_their_own_elsewhere_signs_for_the_right_one(
    cast: Cast, signal: Signal, pages: Pages
) -> None:
    week = {"deputy_from": today(), "deputy_until": today() + timedelta(days=7)}
    change(cast.ben, deputy_id=cast.cleo.id, **week)
    own = a_signal(a_consultation(cast.youth), "Geen speelplein.")
    pages.as_(cast.cleo).post(at(own, "decide"), ALONE)
    pages.as_(cast.cleo).post(at(signal, "decide"), ALONE)
    assert signatures("decision.recorded") == [f"staff:{cast.cleo.id}", f"staff:{cast.cleo.id} for staff:{cast.ben.id}"]


def test_who_reads_in_the_same_department_still_decides_for_somebody_else(
    cast: Cast, signal: Signal, pages: Pages
) -> None:
    week = {"deputy_from": today(), "deputy_until": today() + timedelta(days=7)}
    change(cast.ben, deputy_id=cast.ada.id, **week)
    pages.as_(cast.ada).post(at(signal, "decide"), ALONE)
    assert signatures("decision.recorded") == [f"staff:{cast.ada.id} for staff:{cast.ben.id}"]


def test_a_correction_by_a_deputy_bears_both_names_too(
    cast: Cast, signal: Signal, dirk: StaffMember, pages: Pages
) -> None:
    old = a_decision(signal, cast.ben)
    corrected = ALONE | {"decided_on": today().isoformat(), "body": "college"}
    pages.as_(dirk).post(f"/desk/decisions/{old.id}/correct", corrected)
    assert signatures("decision.corrected") == [f"staff:{dirk.id} for staff:{cast.ben.id}"]


def test_the_mail_of_a_deputy_leads_to_the_page_where_it_is_decided(cast: Cast, signal: Signal, pages: Pages) -> None:
    change(cast.ben, deputy_id=cast.cleo.id, deputy_from=today(), deputy_until=today() + timedelta(days=7))
    due(cast, signal, 3)
    duty = find_duty("decision", f"signal:{signal.id}")
    assert duty is not None
    notice = save(Notice(kind=NoticeKind.DIGEST, day=today(), duties=[duty.id], staff_member_id=cast.cleo.id))
    link = re.findall(r"http://localhost(/open/\S+)", written(notice, [duty]).text)[0]
    with writing():
        token = devices.remember("command", cast.cleo, "Mijn telefoon")
    pages.client.set_cookie(devices.cookie_name(), token)
    assert "Je antwoordt hier voor Ben" in pages.get(link).text
