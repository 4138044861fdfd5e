"""The pages of duties: whose they are, filters, putting off with a reason, the history, and the coordinator's rule."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dialogue.decisions.models import Measure
from dialogue.duties import services
from dialogue.duties.models import Duty, DutyWishes, LateRule
from dialogue.duties.queries import PAGE, duty
from dialogue.ledger.models import Entry
from dialogue.shared.actor import Role
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_consultation, a_decision, a_signal, a_staff_member, refresh, save
from tests.pages import Page, Pages

INDEX = "/desk/duties"


def owe(cast: Cast, object_: str = "signal:1", days: int = 30, kind: str = "decision", **values: Any) -> Duty:
    fields: dict[str, Any] = {"municipality_id": cast.town.id, "department_id": cast.mobility.id}
    fields |= {"subject": f"Over {object_}", "due": today() + timedelta(days=days)}
    with writing():
        services.owe("test", kind, object_, **fields | values)
    return duty(kind, object_)


def listed(page: Page) -> list[str]:
    links = ["".join(link.itertext()) for item in page.all("li") for link in item.iter("a")]
    return [words for words in links if words.startswith("Over")]


def test_an_empty_list_says_how_a_duty_comes_about(pages: Pages, cast: Cast) -> None:
    assert "Een plicht ontstaat vanzelf" in pages.as_(cast.ada).get(INDEX).text


def test_everybody_sees_their_own_and_those_of_their_department_by_day(pages: Pages, cast: Cast) -> None:
    owe(cast, "signal:1", 20)
    owe(cast, "signal:2", 5)
    owe(cast, "signal:3", department_id=cast.youth.id)
    owe(cast, "measure:4", 40, kind="measure", department_id=cast.youth.id, owner_id=cast.ada.id)
    owe(cast, "measure:5", 50, kind="measure", owner_id=cast.ben.id)
    ada = pages.as_(cast.ada)
    assert listed(ada.get(INDEX)) == ["Over signal:2", "Over signal:1", "Over measure:4"]
    assert listed(ada.get(f"{INDEX}?whose=department")) == [
        "Over signal:2", "Over signal:1", "Over measure:4", "Over measure:5",
    ]  # fmt: skip
    assert listed(ada.get(f"{INDEX}?whose=town")) == listed(ada.get(INDEX))
    assert len(listed(pages.as_(cast.cora).get(INDEX))) == 5


def test_filters_count_and_choose_by_state(pages: Pages, cast: Cast) -> None:
    owe(cast, "signal:1", -3)
    owe(cast, "signal:2", 3)
    owe(cast, "signal:3", 60)
    owe(cast, "signal:4", 3)
    owe(cast, "signal:4", 9, because="De bus rijdt om.")
    owe(cast, "signal:5")
    with writing():
        services.keep("test", "decision", "signal:5")
    ada = pages.as_(cast.ada)
    for state, words, expected in [
        ("late", "te laat (1)", ["Over signal:1"]),
        ("soon", "binnenkort (1)", ["Over signal:2"]),
        ("ahead", "later (1)", ["Over signal:3"]),
        ("extended", "uitgesteld (1)", ["Over signal:4"]),
        ("kept", "gehouden (1)", ["Over signal:5"]),
    ]:
        page = ada.get(f"{INDEX}?state={state}")
        assert words in page.text
        assert listed(page) == expected, state
    assert "alles wat open is (4)" in page.text
    assert "Hier is niets" in ada.get(f"{INDEX}?state=cancelled").text


def test_a_long_list_goes_on_by_key(pages: Pages, cast: Cast) -> None:
    save(*[
        Duty(municipality_id=cast.town.id, department_id=cast.mobility.id, kind="decision", object=f"signal:{n}",
             subject=f"Over {n}", due=today() + timedelta(days=n // 2))
        for n in range(PAGE + 5)
    ])  # fmt: skip
    ada = pages.as_(cast.ada)
    page = ada.get(INDEX)
    (more,) = [link for link in page.links() if "after=" in link]
    assert len(listed(page)) == PAGE
    assert listed(ada.get(more)) == [f"Over {n}" for n in range(PAGE, PAGE + 5)]


@pytest.mark.parametrize(
    "query", ["after=x", "after=2026-13-40.1", "after=٣.1", "state=x", "whose=x", "after=9999-12-31.999999999"]
)
def test_an_odd_address_gives_a_list_all_the_same(pages: Pages, cast: Cast, query: str) -> None:
    assert pages.as_(cast.cora).get(f"{INDEX}?{query}").status == 200


def test_a_duty_tells_who_what_and_its_history(pages: Pages, cast: Cast) -> None:
    with writing():
        services.owe(
            "test", "decision", "signal:1", municipality_id=cast.town.id, department_id=cast.mobility.id,
            subject="Te snel.", due=date(2099, 3, 1),
        )  # fmt: skip
    page = pages.as_(cast.ben).get(f"{INDEX}/{duty('decision', 'signal:1').id}")
    for words in ("Te snel.", "Mobiliteit", "beloofd tegen 1 maart 2099", "vanzelf", "Ga ernaartoe"):
        assert words in page.text


def test_putting_off_needs_a_later_day_and_a_reason_and_keeps_the_first_promise(pages: Pages, cast: Cast) -> None:
    found = owe(cast, days=-2)
    ben, address = pages.as_(cast.ben), f"{INDEX}/{found.id}/extend"
    assert "Vul dit in." in ben.post(address, {"due": "2099-01-01"}, status=422).text
    assert "een dag die nog komt" in ben.post(address, {"due": str(today()), "because": "x"}, status=422).text
    assert "binnen het jaar" in ben.post(address, {"due": "2099-01-01", "because": "x"}, status=422).text
    later = today() + timedelta(days=20)
    page = ben.post(address, {"due": str(later), "because": "De bus rijdt om."})
    for words in ("uitgesteld", "2 dagen te laat", "De bus rijdt om.", "Ben"):
        assert words in page.text
    refresh(found)
    assert (found.due, found.promised) == (later, today() - timedelta(days=2))
    assert db.session.scalars(select(Entry.verb).order_by(Entry.sequence.desc())).first() == "duty.extended"


def test_a_measure_and_a_round_get_the_new_day_too(pages: Pages, cast: Cast) -> None:
    signal = a_signal(a_consultation(cast.mobility))
    decision = a_decision(signal, cast.ben)
    measure = save(
        Measure(decision_id=decision.id, department_id=cast.mobility.id, owner_id=cast.ada.id, title="x", due=today())
    )
    later = today() + timedelta(days=30)
    for kind, object_ in (("measure", f"measure:{measure.id}"), ("feedback", f"wave:{signal.wave_id}")):
        found = owe(cast, object_, 1, kind)
        pages.as_(cast.cora).post(f"{INDEX}/{found.id}/extend", {"due": str(later), "because": "Het regent."})
    assert refresh(measure).due == later
    assert refresh(signal.wave).hear_back_by == later


def test_what_was_kept_cannot_be_put_off(pages: Pages, cast: Cast) -> None:
    found = owe(cast)
    with writing():
        services.keep("test", "decision", "signal:1")
    ben = pages.as_(cast.ben)
    assert "Uitstellen" not in ben.get(f"{INDEX}/{found.id}").text
    answer = ben.post(
        f"{INDEX}/{found.id}/extend", {"due": str(today() + timedelta(days=99)), "because": "x"}, status=422
    )
    assert "al afgelopen" in answer.text


def test_a_reader_sees_but_does_not_put_off_and_others_find_nothing(pages: Pages, cast: Cast) -> None:
    found = owe(cast)
    reader = pages.as_(a_staff_member(cast.town, "Lu", (Role.READER, cast.mobility)))
    assert "Uitstellen" not in reader.get(f"{INDEX}/{found.id}").text
    reader.post(f"{INDEX}/{found.id}/extend", {}, status=403)
    for stranger in (cast.cleo, cast.odette, cast.sam):
        pages.as_(stranger).get(f"{INDEX}/{found.id}", status=404)


def test_a_concern_is_seen_by_the_safeguarding_contact_only_and_never_put_off(pages: Pages, cast: Cast) -> None:
    found = owe(cast, "concern:ff", kind="concern", department_id=None)
    sam = pages.as_(cast.sam)
    assert listed(sam.get(INDEX)) == ["Over concern:ff"]
    sam.post(f"{INDEX}/{found.id}/extend", {}, status=403)
    pages.as_(cast.cora).get(f"{INDEX}/{found.id}", status=404)
    assert listed(pages.as_(cast.cora).get(INDEX)) == []


def test_the_coordinator_chooses_when_everybody_sees_what_is_late(app: Flask, pages: Pages, cast: Cast) -> None:
    cora = pages.as_(cast.cora)
    cora.post(f"{INDEX}/late-rule", {"days": "2"})
    assert db.session.scalars(select(LateRule.shown_after)).one() == 2
    for wrong in ("31", "-1", "x", ""):
        cora.post(f"{INDEX}/late-rule", {"days": wrong}, status=422)
    pages.as_(cast.ben).post(f"{INDEX}/late-rule", {"days": "0"}, status=403)


def test_reminders_are_chosen_by_each_person(pages: Pages, cast: Cast) -> None:
    ben = pages.as_(cast.ben)
    ben.post(f"{INDEX}/wishes/reminders", {})
    assert db.session.get(DutyWishes, cast.ben.id).reminders is False
    ben.post(f"{INDEX}/wishes/reminders", {"reminders": "y"})
    db.session.rollback()
    assert db.session.get(DutyWishes, cast.ben.id).reminders is True


def test_the_menu_counts_what_is_late_for_me(pages: Pages, cast: Cast) -> None:
    owe(cast, "signal:1", -1)
    owe(cast, "signal:2", 9)
    item = next(a for a in pages.as_(cast.ben).get("/desk").all("a", href=INDEX))
    assert "".join("".join(item.itertext()).split()) == "Plichten1"
