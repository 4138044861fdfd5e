"""The pages of those who propose, decide and carry out, and who gets in."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from dialogue.decisions import measure_services
from dialogue.decisions.models import Decision, Measure, Outcome, Proof, Proposal
from dialogue.decisions.queries import current_decision
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of, refresh
from tests.pages import Pages

PROPOSAL = {"outcome": "partly", "what": "Een zebrapad.", "reason": "Een brug is te duur."}
DECISION = PROPOSAL | {"body": "college", "decided_on": today().isoformat(), "changes_practice": "y"}


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")


def at(signal: Signal, verb: str = "") -> str:
    return f"/desk/decisions/signal/{signal.id}{verb}"


def count(model: type[Any]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_without_signals_the_overview_says_what_to_do_first(cast: Cast, pages: Pages) -> None:
    assert "Lees eerst wat kinderen schreven" in pages.as_(cast.ada).get("/desk/decisions").text


def test_a_signal_moves_from_proposal_to_decision(cast: Cast, signal: Signal, pages: Pages) -> None:
    ada, ben = pages.as_(cast.ada), pages.as_(cast.ben)
    assert "Wacht op een voorstel “Ik durf niet oversteken.”" in ada.get("/desk/decisions").text
    assert "Het wacht nu op een besluit" in ada.post(at(signal, "/propose"), PROPOSAL).text
    assert "Wacht op een besluit “Ik durf niet oversteken.”" in ben.get("/desk/decisions").text
    prefilled = ben.get(at(signal, "/decide"))
    assert prefilled.all("input", name="outcome", value="partly", checked="")
    assert "Een brug is te duur." in prefilled.text
    assert "Een zebrapad." in ben.post(at(signal, "/decide"), DECISION).text
    decision = current_decision(signal.id)
    assert decision is not None
    assert (decision.outcome, decision.recorded_by_id) == (Outcome.PARTLY, cast.ben.id)


def test_a_failed_proposal_keeps_what_was_typed(cast: Cast, signal: Signal, pages: Pages) -> None:
    page = pages.as_(cast.ada).post(at(signal, "/propose"), PROPOSAL | {"reason": " "}, status=422)
    assert "Een zebrapad." in page.text
    assert page.all("input", name="outcome", value="partly", checked="")
    assert count(Proposal) == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": ""}, "Vul dit in"),
        ({"reason": "\u200b"}, "Waarom?"),
        ({"outcome": "perhaps"}, "Wat is er beslist?"),
        ({"outcome": ""}, "Wat is er beslist?"),
        ({"decided_on": (today() + timedelta(days=1)).isoformat()}, "Deze dag moet nog komen"),
        ({"decided_on": "12 maart"}, "Op welke dag?"),
        ({"outcome": "under_study"}, "Kies de dag waarop het antwoord er is"),
        ({"outcome": "not_ours"}, "Schrijf aan wie je het doorgaf"),
        ({"changes_practice": ""}, "Vink aan wat er verandert"),
        ({"outcome": "carried_out"}, "toon dat"),
        ({"document_uri": "javascript:alert(1)"}, "begint met https://"),
        ({"body": "burgemeester"}, "Wie besliste?"),
        ({"what": "x" * 601}, "hoogstens 600 tekens"),
    ],
)
def test_a_decision_that_misses_something_says_so_at_the_field_and_keeps_the_rest(
    cast: Cast, signal: Signal, pages: Pages, change: dict[str, str], words: str
) -> None:
    data = {name: value for name, value in (DECISION | {"budget": "€ 1.200"} | change).items() if value}
    page = pages.as_(cast.ben).post(at(signal, "/decide"), data, status=422)
    assert words in page.text
    assert page.all("input", name="budget", value="€ 1.200")
    assert count(Decision) == 0


def test_fields_outside_the_form_change_nothing(cast: Cast, signal: Signal, pages: Pages) -> None:
    more = {"recorded_by_id": cast.cora.id, "municipality_id": cast.other_town.id, "invented": "1"}
    pages.as_(cast.ben).post(at(signal, "/decide"), DECISION | more)
    decision = db.session.scalars(select(Decision)).one()
    assert (decision.recorded_by_id, decision.municipality_id) == (cast.ben.id, cast.town.id)
    assert not decision.invented


def test_details_that_belong_to_another_outcome_are_not_kept(cast: Cast, signal: Signal, pages: Pages) -> None:
    more = {"under_study_until": (today() + timedelta(days=9)).isoformat(), "passed_to": "De Lijn"}
    pages.as_(cast.ben).post(at(signal, "/decide"), DECISION | more | {"plan_codes": "AP-3.2; ACT-17,,"})
    decision = db.session.scalars(select(Decision)).one()
    assert (decision.under_study_until, decision.passed_to) == (None, "")
    assert decision.plan_codes == ["AP-3.2", "ACT-17"]


def test_ticked_signals_of_the_same_consultation_are_answered_too(cast: Cast, signal: Signal, pages: Pages) -> None:
    other = a_signal(signal.consultation, "Er is geen zebrapad.")
    page = pages.as_(cast.ben).get(at(signal, "/decide"))
    assert page.all("input", name="signals", value=str(other.id))
    pages.as_(cast.ben).post(at(signal, "/decide"), DECISION | {"signals": [other.id]})
    assert current_decision(other.id) == current_decision(signal.id) is not None


def test_signals_of_another_consultation_are_refused(cast: Cast, signal: Signal, pages: Pages) -> None:
    other = a_signal(a_consultation(cast.mobility, "Spelen"), "Meer schommels.")
    page = pages.as_(cast.ben).post(at(signal, "/decide"), DECISION | {"signals": [other.id]}, status=422)
    assert "dezelfde bevraging" in page.text
    assert count(Decision) == 0


def test_another_departments_signal_in_the_form_is_not_found(cast: Cast, signal: Signal, pages: Pages) -> None:
    foreign = a_signal(a_consultation(cast.youth, "Spelen"), "Meer schommels.")
    for ids in ([foreign.id], [999], ["x"]):
        pages.as_(cast.ben).post(at(signal, "/decide"), DECISION | {"signals": ids}, status=404)
    assert count(Decision) == 0


def test_a_decider_who_was_not_first_reads_so_and_keeps_the_text(cast: Cast, signal: Signal, pages: Pages) -> None:
    a_decision(signal, cast.cora)
    page = pages.as_(cast.ben).post(at(signal, "/decide"), DECISION | {"seen": "0"}, status=422)
    assert "Iemand noteerde intussen al een besluit" in page.text
    assert "Dit besluit staat er al" in page.text
    assert "Een brug is te duur." in page.text
    assert count(Decision) == 1


def test_a_proposal_withdrawn_meanwhile_is_a_clear_sentence(cast: Cast, signal: Signal, pages: Pages) -> None:
    ada = pages.as_(cast.ada)
    ada.post(at(signal, "/propose"), PROPOSAL)
    proposal = db.session.scalars(select(Proposal)).one()
    ada.post(f"/desk/decisions/proposal/{proposal.id}/withdraw")
    data = DECISION | {"seen": "0", "proposal": str(proposal.id)}
    page = pages.as_(cast.ben).post(at(signal, "/decide"), data, status=422)
    assert "Het voorstel is intussen ingetrokken" in page.text
    assert "al ingetrokken" in ada.post(f"/desk/decisions/proposal/{proposal.id}/withdraw", status=422).text
    pages.as_(cast.ben).post(at(signal, "/decide"), DECISION | {"seen": "0", "proposal": "0"})
    assert count(Decision) == 1


def test_a_corrected_decision_stays_to_be_read(cast: Cast, signal: Signal, pages: Pages) -> None:
    decision = a_decision(signal, cast.ben, plan_codes=["AP-3.2", "ACT-17"])
    ben, address = pages.as_(cast.ben), f"/desk/decisions/{decision.id}/correct"
    page = ben.get(address)
    assert decision.reason in page.text
    assert [one.get("value") for one in page.all("input", name="plan_codes")] == ["AP-3.2, ACT-17"]
    text = ben.post(address, DECISION | {"outcome": "not_adopted"}).text
    assert "verbeterd: dit geldt niet meer" in text
    assert decision.what in text
    assert "al verbeterd" in ben.post(address, DECISION, status=422).text
    assert ben.post(address, DECISION | {"reason": ""}, status=422)


def test_a_measure_is_planned_carried_out_and_proved(cast: Cast, signal: Signal, pages: Pages) -> None:
    decision = a_decision(signal, cast.ben)
    ada = pages.as_(cast.ada)
    data = {"title": "Zebrapad", "owner": cast.ben.id, "due": (today() - timedelta(days=1)).isoformat()}
    ada.post(f"/desk/measures/new/{decision.id}", data)
    measure = db.session.scalars(select(Measure)).one()
    address = f"/desk/measures/{measure.id}"
    assert "1 dag te laat" in ada.get("/desk/measures").text
    assert "bezig" in pages.as_(cast.ben).post(f"{address}/start").text
    ada.post(f"{address}/finish", {"done_on": (today() + timedelta(days=1)).isoformat()}, status=422)
    ada.post(f"{address}/finish", {"done_on": today().isoformat()})
    assert "nog zonder bewijs" in ada.get("/desk/measures").text
    proof = {"title": "Foto", "uri": "https://x.be/foto", "seen_on": today().isoformat()}
    bad = ada.post(f"{address}/proof", proof | {"uri": "javascript:x"}, status=422)
    assert bad.all("input", name="title", value="Foto")
    ada.post(f"{address}/proof", proof)
    assert count(Proof) == 1
    assert "nog zonder bewijs" not in ada.get("/desk/measures").text


def test_a_measure_is_planned_for_staff_of_the_municipality_only(cast: Cast, signal: Signal, pages: Pages) -> None:
    decision = a_decision(signal, cast.ben)
    for owner in (cast.odette.id, 999, "x", ""):
        data = {"title": "Zebrapad", "owner": owner, "due": today().isoformat()}
        pages.as_(cast.ada).post(f"/desk/measures/new/{decision.id}", data, status=422)
    assert count(Measure) == 0


def test_stopping_a_measure_asks_for_a_reason(cast: Cast, signal: Signal, pages: Pages) -> None:
    decision = a_decision(signal, cast.ben)
    with writing():
        measure = measure_services.plan(actor_of(cast.ada), decision, "Zebrapad", cast.ada.id, today())
    address = f"/desk/measures/{measure.id}/drop"
    pages.as_(cast.ada).post(address, {"because": ""}, status=422)
    assert "De straat verdwijnt." in pages.as_(cast.ada).post(address, {"because": "De straat verdwijnt."}).text


def test_the_doors_of_a_signal_open_for_the_right_people(cast: Cast, signal: Signal, pages: Pages) -> None:
    expected = {"Ada": (200, 403), "Ben": (200, 200), "Cleo": (404, 404), "Cora": (200, 200), "Odette": (404, 404)}
    for person in (cast.ada, cast.ben, cast.cleo, cast.cora, cast.odette):
        one, deciding = expected[person.name]
        pages.as_(person).get(at(signal), status=one)
        pages.as_(person).get(at(signal, "/decide"), status=deciding)


def test_only_deciders_of_the_department_and_coordinators_decide(cast: Cast, signal: Signal, pages: Pages) -> None:
    for person, status in ((cast.ada, 403), (cast.cleo, 404), (cast.odette, 404), (cast.sam, 403), (cast.ines, 403)):
        pages.as_(person).post(at(signal, "/decide"), DECISION, status=status)
    assert count(Decision) == 0
    pages.as_(cast.cora).post(at(signal, "/decide"), DECISION)
    assert count(Decision) == 1


def test_only_the_department_that_owes_the_signal_proposes(cast: Cast, pages: Pages) -> None:
    signal = a_signal(a_consultation(cast.mobility), "Meer schommels.", department_id=cast.youth.id)
    for person, status in ((cast.ada, 403), (cast.ben, 403), (cast.odette, 404), (cast.sam, 403)):
        pages.as_(person).post(at(signal, "/propose"), PROPOSAL, status=status)
    pages.as_(cast.cleo).post(at(signal, "/propose"), PROPOSAL)
    assert count(Proposal) == 1


@pytest.mark.parametrize("verb", ["", "/start", "/finish", "/drop", "/proof"])
def test_measures_of_others_are_not_found(cast: Cast, signal: Signal, pages: Pages, verb: str) -> None:
    decision = a_decision(signal, cast.ben)
    with writing():
        measure = measure_services.plan(actor_of(cast.ada), decision, "Zebrapad", cast.ada.id, today())
    data = {"done_on": today().isoformat(), "because": "x", "title": "x", "seen_on": today().isoformat()}
    for person in (cast.cleo, cast.odette, cast.ines):
        client = pages.as_(person)
        if verb:
            client.post(f"/desk/measures/{measure.id}{verb}", data, status=404)
        else:
            client.get(f"/desk/measures/{measure.id}", status=404)
    assert refresh(measure).state == "planned"


@pytest.mark.parametrize("address", ["/decide", ""])
def test_numbers_that_no_record_has_are_not_found(cast: Cast, pages: Pages, address: str) -> None:
    for number in (0, 999, 2**63, 10**20):
        pages.as_(cast.cora).get(f"/desk/decisions/signal/{number}{address}", status=404)
