"""The coordinator's colleagues: a deputy named for who is away, where that may not be, and the end of it."""

from datetime import timedelta
from typing import Any

import pytest

from dialogue.people.models import StaffMember
from dialogue.shared.clock import now, pinned, today
from tests.builders import Cast, change, refresh
from tests.pages import Pages


def deputy(person: StaffMember, **changes: Any) -> dict[str, Any]:
    return {"deputy": person.id, "begins": today(), "ends": today() + timedelta(days=7)} | changes


def at(person: StaffMember, verb: str = "") -> str:
    return f"/desk/colleagues/{person.id}{verb}"


def test_the_coordinator_names_a_deputy_and_both_read_it(cast: Cast, pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    assert at(cast.ben) in cora.get("/desk/colleagues").links()
    assert "Ada vervangt Ben van" in cora.post(at(cast.ben, "/deputy"), deputy(cast.ada)).text
    assert "vervangen door Ada" in cora.get("/desk/colleagues").text
    assert "Ada vervangt je van" in pages.as_(cast.ben).get("/desk/account").text
    assert "Je vervangt Ben tot en met" in pages.as_(cast.ada).get("/desk/account").text
    cora.post(at(cast.ben, "/deputy/end"))
    assert refresh(cast.ben).deputy_id is None
    assert "Je vervangt" not in pages.as_(cast.ada).get("/desk/account").text


def test_days_to_come_are_read_and_days_that_are_over_are_not(cast: Cast, pages: Pages) -> None:
    later = {"begins": today() + timedelta(days=3)}
    pages.as_(cast.cora).post(at(cast.ben, "/deputy"), deputy(cast.ada) | later)
    assert "vervang je Ben" in pages.as_(cast.ada).get("/desk/account").text
    with pinned(now() + timedelta(days=8)):
        assert "vervang je" not in pages.as_(cast.ada).get("/desk/account").text
        assert "Ada vervangt" not in pages.as_(cast.ben).get("/desk/account").text
        assert pages.as_(cast.cora).get(at(cast.ben)).all("select", name="deputy")


def test_childrens_worries_and_keys_are_not_lent_by_the_coordinator(cast: Cast, pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    for person in (cast.sam, cast.ines):
        assert "kiest zelf wie vervangt" in cora.get(at(person)).text
        cora.post(at(person, "/deputy"), deputy(cast.cora), status=422)
        assert refresh(person).deputy_id is None


@pytest.mark.parametrize(("begins", "ends"), [(0, -1), (-9, -2)])
def test_days_that_are_wrong_are_refused_and_stay_in_the_form(cast: Cast, pages: Pages, begins: int, ends: int) -> None:
    first, last = today() + timedelta(days=begins), today() + timedelta(days=ends)
    page = pages.as_(cast.cora).post(at(cast.ben, "/deputy"), deputy(cast.ada, begins=first, ends=last), status=422)
    assert page.all("input", name="ends", value=last.isoformat())
    assert "De laatste dag" in page.text


def test_one_person_is_replaced_by_one_at_a_time(cast: Cast, pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    cora.post(at(cast.ben, "/deputy"), deputy(cast.ada))
    assert "Ada vervangt al" in cora.post(at(cast.ben, "/deputy"), deputy(cast.cleo), status=422).text
    assert "Ada vervangt al" in pages.as_(cast.ben).post("/desk/account/deputy", deputy(cast.cleo), status=422).text
    assert refresh(cast.ben).deputy_id == cast.ada.id


@pytest.mark.parametrize("wrong", ["self", "foreign", "disabled"])
def test_only_a_colleague_who_can_sign_in_stands_in(cast: Cast, pages: Pages, wrong: str) -> None:
    change(cast.cleo, disabled_at=now())
    chosen = {"self": cast.ben, "foreign": cast.odette, "disabled": cast.cleo}[wrong]
    pages.as_(cast.cora).post(at(cast.ben, "/deputy"), deputy(chosen), status=422)
    assert refresh(cast.ben).deputy_id is None


def test_only_coordinators_get_in(cast: Cast, pages: Pages) -> None:
    pages.as_(cast.ada).get("/desk/colleagues", status=403)
    pages.as_(cast.ada).post(at(cast.ben, "/deputy"), deputy(cast.ada), status=403)
    pages.as_(cast.odette).post(at(cast.ben, "/deputy"), deputy(cast.odette), status=404)
