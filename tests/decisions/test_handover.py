"""All tasks of one person to another one, in one act: nothing stays behind, nothing else goes along, and back again."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from dialogue.decisions import measure_services
from dialogue.decisions.handover import MOVES
from dialogue.decisions.handover_models import HandOver
from dialogue.decisions.handover_queries import KINDS, tasks_of
from dialogue.decisions.models import Measure
from dialogue.duties.models import Duty
from dialogue.duties.services import owe
from dialogue.ledger.models import Entry
from dialogue.people.models import StaffMember
from dialogue.shared.clock import now, today
from dialogue.shared.database import Base, db, writing
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of, change, refresh, save
from tests.pages import Pages

# Columns that say who did something, or whose something is by nature; all others say who must do something.
FACTS = ("by_id", "staff_member_id", "from_id", "to_id")


@pytest.fixture
def measure(cast: Cast) -> Measure:
    """A measure that Ben sees to, with its duty."""
    decision = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben)
    with writing():
        return measure_services.plan(
            actor_of(cast.ben), decision, "Schoolstraat", cast.ben.id, today() + timedelta(days=9)
        )


@pytest.fixture
def everything(cast: Cast, measure: Measure) -> list[str]:
    """One of each kind that names Ben; what he replaces and cannot be handed over is not in it."""
    place = {"municipality_id": cast.town.id, "department_id": cast.mobility.id, "owner_id": cast.ben.id}
    with writing():
        duty = owe("test", "decision", "signal:99", subject="Antwoord", due=today() + timedelta(days=3), **place)
    week = {"deputy_from": today(), "deputy_until": today() + timedelta(days=7)}
    change(cast.ada, deputy_id=cast.ben.id, **week)
    change(cast.sam, deputy_id=cast.ben.id, **week)
    return [f"measure:{measure.id}", f"duty:{duty.id}", f"deputy:{cast.ada.id}"]


def at(person: StaffMember) -> str:
    return f"/desk/colleagues/{person.id}/hand-over"


def keys(person: StaffMember) -> list[str]:
    db.session.rollback()
    return [task.key for task in tasks_of(refresh(person))]


def count(model: type[Any]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_it_is_read_as_a_list_before_it_goes(cast: Cast, everything: list[str], pages: Pages) -> None:
    page = pages.as_(cast.cora).get(f"{at(cast.ben)}?to={cast.cleo.id}")
    for words in (
        "Schoolstraat",
        "Antwoord",
        "Ada",
        "Deze 3 taken gaan naar Cleo",
        "Dat gaat niet mee: Sam kiest zelf",
    ):
        assert words in page.text
    assert "Cleo krijgt ze, Ben heeft ze dan niet meer. beslisser · Mobiliteit" in page.text
    assert keys(cast.ben) == everything


def test_all_of_it_goes_in_one_act_and_nothing_stays_behind(
    cast: Cast, measure: Measure, everything: list[str], pages: Pages
) -> None:
    pages.as_(cast.cora).post(at(cast.ben), {"to": cast.cleo.id, "tasks": everything})
    assert (keys(cast.ben), keys(cast.cleo)) == ([], everything)
    owned = select(func.count()).select_from(Duty).where(Duty.owner_id == cast.ben.id, Duty.kept_at.is_(None))
    assert db.session.scalar(owned) == 0  # the duty of the measure went along
    assert refresh(measure).owner_id == cast.cleo.id
    assert (refresh(cast.ada).deputy_id, refresh(cast.sam).deputy_id) == (cast.cleo.id, cast.ben.id)
    verbs = list(db.session.scalars(select(Entry.verb)))
    assert {"measure.handed_over", "duty.handed_over", "person.deputy_named", "tasks.handed_over"} <= set(verbs)


def test_every_row_that_makes_a_person_responsible_is_handed_over(cast: Cast) -> None:
    naming = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "staff_member" for key in column.foreign_keys)
        and not column.name.endswith(FACTS)
    }
    assert naming == {"measure.owner_id", "duty.owner_id", "staff_member.deputy_id"}
    assert set(KINDS) == {"measure", "duty", "deputy"}


def test_it_can_be_given_back_without_what_the_other_had_before(
    cast: Cast, measure: Measure, everything: list[str], pages: Pages
) -> None:
    with writing():
        own = measure_services.plan(actor_of(cast.cora), measure.decision, "Fietspad", cast.cleo.id, today())
    cora = pages.as_(cast.cora)
    cora.post(at(cast.ben), {"to": cast.cleo.id, "tasks": everything})
    with writing():
        measure_services.finish(actor_of(cast.cleo), db.session.get_one(Measure, measure.id), today())
    done = db.session.scalars(select(HandOver)).one()
    assert "2 taken zijn nu van Ben" in cora.post(f"/desk/hand-overs/{done.id}/back").text
    assert (keys(cast.ben), keys(cast.cleo)) == (everything[1:], [f"measure:{own.id}"])
    assert "al teruggegeven" in cora.post(f"/desk/hand-overs/{done.id}/back", status=422).text
    assert count(HandOver) == 2


def test_a_list_that_changed_meanwhile_is_read_again(cast: Cast, everything: list[str], pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    page = cora.post(at(cast.ben), {"to": cast.cleo.id, "tasks": everything[:1]}, status=422)
    assert "De lijst is intussen veranderd" in page.text
    assert [one.get("value") for one in page.all("input", name="tasks")] == everything
    assert page.all("input", name="to", value=str(cast.cleo.id))
    assert (keys(cast.ben), count(HandOver)) == (everything, 0)


@pytest.mark.parametrize("wrong", ["self", "disabled", "nothing"])
def test_who_cannot_take_it_is_refused(cast: Cast, everything: list[str], pages: Pages, wrong: str) -> None:
    change(cast.cleo, disabled_at=now())
    giver = cast.ines if wrong == "nothing" else cast.ben
    to = {"self": cast.ben, "disabled": cast.cleo, "nothing": cast.ada}[wrong]
    pages.as_(cast.cora).post(at(giver), {"to": to.id, "tasks": keys(giver)}, status=422)
    assert (keys(cast.ben), count(HandOver)) == (everything, 0)


def test_of_who_left_it_is_handed_over_too(cast: Cast, everything: list[str], pages: Pages) -> None:
    change(cast.ben, disabled_at=now())
    pages.as_(cast.cora).post(at(cast.ben), {"to": cast.cleo.id, "tasks": everything})
    assert keys(cast.cleo) == everything


def test_nobody_becomes_their_own_deputy(cast: Cast, everything: list[str], pages: Pages) -> None:
    pages.as_(cast.cora).post(at(cast.ben), {"to": cast.ada.id, "tasks": everything})
    assert refresh(cast.ada).deputy_id is None
    assert keys(cast.ben) == []


def test_one_that_fails_leaves_all_where_it_was(
    cast: Cast, everything: list[str], pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(MOVES, "deputy", broken)
    pages.as_(cast.cora).client.post(at(cast.ben), data={"to": cast.cleo.id, "tasks": everything})
    assert (keys(cast.ben), keys(cast.cleo)) == (everything, [])


def test_only_the_coordinator_of_the_town_hands_over(cast: Cast, everything: list[str], pages: Pages) -> None:
    sent = {"to": cast.cleo.id, "tasks": everything}
    pages.as_(cast.ben).post(at(cast.ben), sent, status=403)
    pages.as_(cast.odette).post(at(cast.ben), sent, status=404)
    pages.as_(cast.cora).post(at(cast.ben), sent | {"to": cast.odette.id}, status=404)
    assert keys(cast.ben) == everything


def test_the_database_keeps_what_was_handed_over(cast: Cast) -> None:
    save(HandOver(municipality_id=cast.town.id, from_id=1, to_id=2, what=[], by_id=cast.cora.id, at=now()))
    for wrong in ("UPDATE hand_over SET to_id = 3", "DELETE FROM hand_over"):
        with pytest.raises(DatabaseError), writing() as session:
            session.execute(text(wrong))
