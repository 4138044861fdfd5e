"""What a measure needs and how far it is: steps, a partner, money, plan codes, and who says so."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from dialogue.decisions import carrying_services as services
from dialogue.decisions.carrying import Means, MeasureStep
from dialogue.decisions.measure_services import plan
from dialogue.decisions.models import Measure, MeasureState
from dialogue.decisions.progress import MOST_STEPS, Progress, progress_of
from dialogue.ledger.models import Entry
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import Refused
from tests.builders import Cast, a_consultation, a_decision, a_partner, a_signal, actor_of, change, refresh, save
from tests.decisions.test_plan import taken_in
from tests.pages import Pages

SOON = today() + timedelta(days=30)
MEASURE = {"title": "Een zebrapad", "due": SOON.isoformat()}
NEEDS = {"helper": "Scholengroep Zuid", "budget": "± € 12.000", "note": "verf en borden", "plan_codes": "AP-1"}


@pytest.fixture
def measure(cast: Cast) -> Measure:
    """Ada sees to it that a zebra crossing comes."""
    decision = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben)
    with writing():
        return plan(actor_of(cast.ada), decision, "Een zebrapad", cast.ada.id, SOON)


def at(measure: Measure, verb: str = "") -> str:
    return f"/desk/measures/{measure.id}{verb}"


def seen(pages: Pages, measure: Measure) -> str:
    """What the form of its needs sends along unseen."""
    return pages.get(at(measure, "/needs")).all("input", name="seen")[0].get("value") or ""


def a_step(measure: Measure, what: str = "Borden bestellen", **values: Any) -> MeasureStep:
    return save(MeasureStep(measure_id=measure.id, what=what, due=SOON, **values))


def test_a_measure_is_planned_with_all_it_needs(cast: Cast, measure: Measure, pages: Pages) -> None:
    partner = a_partner(cast.town)
    page = pages.as_(cast.ada).post(
        f"/desk/measures/new/{measure.decision_id}", MEASURE | NEEDS | {"owner": cast.ada.id}
    )
    newest = db.session.scalars(select(Means)).one()
    assert (newest.partner_id, newest.partner_name) == (partner.id, "")
    assert (newest.budget_cents, newest.budget_about, newest.plan_codes) == (1_200_000, True, ["AP-1"])
    for words in ("Scholengroep Zuid", "12.000 (verf en borden)", "AP-1"):
        assert words in page.text.replace("\N{NO-BREAK SPACE}", " ")


def test_who_is_no_partner_of_ours_helps_by_name(cast: Cast, measure: Measure, pages: Pages) -> None:
    a_partner(cast.other_town, "De Buren")
    ada = pages.as_(cast.ada)
    ada.post(at(measure, "/needs"), {"helper": "de buren"})
    means = refresh(measure).means
    assert (means.partner_id, means.helper) == (None, "de buren")
    assert ada.get(at(measure, "/needs")).all("input", name="helper", value="de buren")
    a_partner(cast.town, "De Buren")
    ada.post(at(measure, "/needs"), {"helper": "de buren", "seen": seen(ada, measure)})
    assert refresh(measure).means.helper == "De Buren"


@pytest.mark.parametrize("typed", ["1,200", "1.20", "veel", "-3"])
def test_an_amount_that_is_not_understood_is_refused_and_stays(
    cast: Cast, measure: Measure, pages: Pages, typed: str
) -> None:
    page = pages.as_(cast.ada).post(at(measure, "/needs"), NEEDS | {"budget": typed}, status=422)
    assert "een komma voor de centen" in page.text
    assert page.all("input", name="budget", value=typed)
    assert page.all("input", name="helper", value="Scholengroep Zuid")
    assert refresh(measure).means is None


def test_an_amount_is_shown_again_as_it_can_be_typed(cast: Cast, measure: Measure, pages: Pages) -> None:
    pages.as_(cast.ada).post(at(measure, "/needs"), NEEDS)
    assert pages.as_(cast.ada).get(at(measure, "/needs?lang=en")).all("input", name="budget", value="± € 12.000")


def test_plan_codes_of_a_measure_come_from_the_list(cast: Cast, measure: Measure, pages: Pages) -> None:
    ada = pages.as_(cast.ada)
    ada.post(at(measure, "/needs"), NEEDS)
    taken_in(cast.cora)
    assert "XX" in ada.post(at(measure, "/needs"), {"plan_codes": "XX"}, status=422).text
    ada.post(at(measure, "/needs"), {"plan_codes": "ap-1, BD-1", "seen": seen(ada, measure)})
    assert refresh(measure).means.plan_codes == ["AP-1", "BD-1"]


def test_steps_tell_how_far_a_measure_is(cast: Cast, measure: Measure, pages: Pages) -> None:
    ada = pages.as_(cast.ada)
    for what in ("Borden bestellen", "Verven", "Openen"):
        ada.post(at(measure, "/step"), {"what": what, "step_due": SOON.isoformat()})
    [first, *_others] = refresh(measure).steps
    page = ada.post(f"/desk/steps/{first.id}/do")
    assert "1 van 3 stappen klaar" in page.text
    assert f"door {cast.ada.name}" in page.text
    assert (refresh(measure).state, progress_of(measure)) == (MeasureState.BUSY, Progress(33, False, 1, 3))
    assert "0 van 3 stappen klaar" in ada.post(f"/desk/steps/{first.id}/undo").text
    assert "0 van 2 stappen klaar" in ada.post(f"/desk/steps/{first.id}/remove").text
    verbs = list(db.session.scalars(select(Entry.verb)))
    assert {f"measure.step_{end}" for end in ("added", "done", "undone", "removed")} <= set(verbs)


def test_a_step_without_words_or_day_is_asked_again(cast: Cast, measure: Measure, pages: Pages) -> None:
    page = pages.as_(cast.ada).post(at(measure, "/step"), {"what": "Verven", "step_due": "ooit"}, status=422)
    assert page.all("input", name="what", value="Verven")
    assert refresh(measure).steps == []


def test_what_a_person_says_is_shown_as_that(cast: Cast, measure: Measure, pages: Pages) -> None:
    a_step(measure)
    page = pages.as_(cast.ada).post(at(measure, "/stated"), {"percent": "60"})
    assert "60 % klaar, zegt wie ervoor zorgt" in page.text
    assert "De ene stap telt niet mee" in page.text
    assert progress_of(refresh(measure)) == Progress(60, True, 0, 1)
    assert "0 van 1 stap klaar" in pages.as_(cast.ada).post(at(measure, "/stated"), {"percent": ""}).text


@pytest.mark.parametrize("percent", ["101", "-1", "veel"])
def test_more_than_all_of_it_cannot_be_done(cast: Cast, measure: Measure, pages: Pages, percent: str) -> None:
    page = pages.as_(cast.ada).post(at(measure, "/stated"), {"percent": percent}, status=422)
    assert page.all("input", name="percent", value=percent)
    assert refresh(measure).means is None


def test_the_rule_and_the_database_refuse_more_than_all_of_it_too(cast: Cast, measure: Measure) -> None:
    with pytest.raises(Refused), writing():
        services.state(actor_of(cast.ada), measure, 101)
    said = {"stated": 101, "stated_by_id": cast.ada.id, "stated_on": today()}
    with pytest.raises(IntegrityError):
        save(Means(measure_id=measure.id, plan_codes=[], **said))


@pytest.mark.parametrize(
    "state",
    [{"state": MeasureState.DONE, "done_on": today()}, {"state": MeasureState.DROPPED, "dropped_because": "Te duur."}],
)
def test_what_has_ended_has_no_steps_to_change(
    cast: Cast, measure: Measure, pages: Pages, state: dict[str, Any]
) -> None:
    step = a_step(measure)
    change(measure, **state)
    ada = pages.as_(cast.ada)
    assert "al klaar of gestopt" in ada.post(f"/desk/steps/{step.id}/do", status=422).text
    assert "al klaar of gestopt" in ada.post(at(measure, "/stated"), {"percent": "5"}, status=422).text
    assert progress_of(refresh(measure)) is None


def test_a_measure_has_no_endless_steps(cast: Cast, measure: Measure) -> None:
    for number in range(MOST_STEPS):
        a_step(measure, str(number))
    with pytest.raises(Refused, match="tweede maatregel"), writing():
        services.add_step(actor_of(cast.ada), refresh(measure), "nog een", SOON)


def test_other_departments_change_nothing(cast: Cast, measure: Measure, pages: Pages) -> None:
    step = a_step(measure)
    for person in (cast.cleo, cast.odette):
        client = pages.as_(person).client
        for address in (
            at(measure, "/needs"),
            at(measure, "/stated"),
            f"/desk/steps/{step.id}/do",
            "/desk/steps/999/do",
        ):
            assert client.post(address, data={"percent": "9"}).status_code == 404
    assert refresh(step).done_on is None


def test_who_changes_what_a_measure_needs_second_sees_both(cast: Cast, measure: Measure, pages: Pages) -> None:
    ada, cora, needs = pages.as_(cast.ada), pages.as_(cast.cora), at(measure, "/needs")
    before = seen(cora, measure)
    ada.post(needs, {"helper": "De buurt", "budget": "100", "seen": seen(ada, measure)})
    page = cora.post(needs, {"helper": "De school", "budget": "100", "seen": before}, status=422)
    assert "Iemand anders bewaarde dit intussen" in page.text
    assert "Hier staat nu: De buurt" in page.text
    assert page.all("input", name="helper", value="De school")
    assert refresh(measure).means.helper == "De buurt"
    again = page.all("input", name="seen")[0].get("value")
    cora.post(needs, {"helper": "De school", "budget": "100", "seen": again})
    assert refresh(measure).means.helper == "De school"
