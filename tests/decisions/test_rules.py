"""What a proposal, a decision and a measure must hold before they are kept."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from dialogue.decisions import measure_rules, rules
from dialogue.decisions.models import Body, Department, Measure, MeasureState, Outcome, Proposal
from dialogue.decisions.rules import Verdict
from dialogue.decisions.words import child_words, outcome_colour, outcome_words
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import now

TODAY = date(2026, 3, 12)
YES = Verdict(Outcome.ADOPTED, "Een schoolstraat.", "Het was onveilig.", Body.COLLEGE, TODAY, changes_practice=True)


def complaints(verdict: Verdict = YES, *, proven: bool = False, **changes: Any) -> set[str]:
    return set(rules.complaints(replace(verdict, **changes), TODAY, proven=proven))


def test_a_complete_decision_has_no_complaints() -> None:
    assert complaints() == set()


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_reason_is_compulsory_for_every_outcome_also_yes(outcome: Outcome) -> None:
    assert "reason" in complaints(outcome=outcome, reason=" \n")


def test_a_decision_is_not_taken_in_the_future() -> None:
    assert complaints(decided_on=TODAY + timedelta(days=1)) == {"decided_on"}


@pytest.mark.parametrize("until", [None, TODAY, TODAY - timedelta(days=1)])
def test_under_study_names_a_day_that_is_still_to_come(until: date | None) -> None:
    assert complaints(outcome=Outcome.UNDER_STUDY, under_study_until=until) == {"under_study_until"}
    assert complaints(outcome=Outcome.UNDER_STUDY, under_study_until=TODAY + timedelta(days=1)) == set()


def test_not_ours_names_who_it_was_passed_on_to() -> None:
    assert complaints(outcome=Outcome.NOT_OURS) == {"passed_to"}
    assert complaints(outcome=Outcome.NOT_OURS, passed_to="De Lijn") == set()


@pytest.mark.parametrize("outcome", [Outcome.ADOPTED, Outcome.PARTLY])
def test_yes_says_whether_policy_or_practice_changes(outcome: Outcome) -> None:
    assert complaints(outcome=outcome, changes_practice=False) == {"changes_practice"}
    assert complaints(outcome=outcome, changes_practice=False, changes_policy=True) == set()
    assert complaints(outcome=Outcome.NOT_ADOPTED, changes_practice=False) == set()


def test_carried_out_needs_a_document_or_a_proven_measure() -> None:
    assert complaints(outcome=Outcome.CARRIED_OUT) == {"document_title"}
    assert complaints(outcome=Outcome.CARRIED_OUT, document_title="Verslag") == set()
    assert complaints(outcome=Outcome.CARRIED_OUT, proven=True) == set()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://x.be", "//x.be", "x", "https://", "https://[", "https://a b"]
)
def test_documents_have_a_web_address(address: str) -> None:
    assert measure_rules.why_not_address(address)
    assert complaints(document_uri=address) == {"document_uri"}


def test_a_web_address_may_be_left_out() -> None:
    assert not measure_rules.why_not_address("")
    assert not measure_rules.why_not_address("https://besluiten.oudenhove.be/id/118")


def somebody(*grants: tuple[Role, int | None]) -> Actor:
    return Actor(7, "Iemand", 1, "nl", frozenset(grants))


def test_makers_readers_and_deciders_propose_and_only_deciders_and_coordinators_decide() -> None:
    for role in (Role.MAKER, Role.READER, Role.DECIDER):
        assert rules.may_propose(somebody((role, 1)), 1)
        assert not rules.may_propose(somebody((role, 2)), 1)
    assert not rules.may_decide(somebody((Role.MAKER, 1), (Role.READER, 1)), 1)
    assert rules.may_decide(somebody((Role.DECIDER, 1)), 1)
    assert rules.may_decide(somebody((Role.COORDINATOR, None)), 1)
    assert not rules.may_propose(somebody((Role.ADMINISTRATOR, None), (Role.SAFEGUARDING, None)), 1)


def test_the_owner_of_a_measure_says_how_far_it_is() -> None:
    assert measure_rules.may_carry_out(somebody((Role.READER, 2)), Measure(owner_id=7, department_id=1))
    assert not measure_rules.may_carry_out(somebody((Role.READER, 2)), Measure(owner_id=8, department_id=1))


def test_one_proposal_at_a_time() -> None:
    standing = Proposal(department=Department(name="Jeugd"))
    signal: Any = SimpleNamespace(id=1)
    assert "Jeugd" in rules.why_not_propose(signal, standing)[0]
    assert not rules.why_not_propose(signal, None)


def test_a_proposal_is_withdrawn_once_and_before_the_decision() -> None:
    assert not rules.why_not_withdraw(Proposal(), decided=False)
    assert "intussen beslist" in rules.why_not_withdraw(Proposal(), decided=True)[0]
    assert "al ingetrokken" in rules.why_not_withdraw(Proposal(withdrawn_at=now()), decided=False)[0]


def test_deciding_notices_a_colleague_who_was_first() -> None:
    signal: Any = SimpleNamespace(id=1, consultation_id=1)
    assert not rules.why_not_decide([signal], None, {1: None}, {1: None})
    assert not rules.why_not_decide([signal], None, {}, {1: 5})
    assert "Iemand noteerde" in rules.why_not_decide([signal], None, {1: None}, {1: 5})[0]
    withdrawn = Proposal(withdrawn_at=now())
    assert "intussen ingetrokken" in rules.why_not_decide([signal], withdrawn, {}, {1: None})[0]


def test_one_decision_answers_signals_of_one_consultation() -> None:
    signals: Any = [SimpleNamespace(id=1, consultation_id=1), SimpleNamespace(id=2, consultation_id=2)]
    assert rules.why_not_decide(signals, None, {}, {1: None, 2: None})


def test_a_measure_is_done_on_a_day_that_was() -> None:
    busy = Measure(state=MeasureState.BUSY)
    assert not measure_rules.why_not_finish(busy, TODAY, TODAY)
    assert measure_rules.why_not_finish(busy, None, TODAY)
    assert measure_rules.why_not_finish(busy, TODAY + timedelta(days=1), TODAY)
    assert measure_rules.why_not_finish(Measure(state=MeasureState.DONE), TODAY, TODAY)


def test_a_measure_stops_with_a_reason_and_can_begin_again() -> None:
    assert measure_rules.why_not_drop(Measure(state=MeasureState.BUSY), " ")
    assert not measure_rules.why_not_drop(Measure(state=MeasureState.BUSY), "Te duur.")
    assert measure_rules.why_not_drop(Measure(state=MeasureState.DONE), "Te duur.")
    assert not measure_rules.why_not_start(Measure(state=MeasureState.DROPPED))
    assert measure_rules.why_not_start(Measure(state=MeasureState.BUSY))


def test_proof_was_seen_already() -> None:
    assert measure_rules.why_not_prove("", TODAY + timedelta(days=1), TODAY)
    assert measure_rules.why_not_prove("javascript:x", TODAY, TODAY)
    assert not measure_rules.why_not_prove("https://x.be/foto.jpg", TODAY, TODAY)


def test_every_outcome_has_words_for_staff_and_for_children() -> None:
    assert [child_words(outcome) for outcome in Outcome] == [
        "Ja",
        "Ja, voor een stuk",
        "Nee",
        "We onderzoeken het",
        "We doen het al",
        "Niet van ons",
        "Het is gedaan",
    ]
    assert all(outcome_words(outcome) and outcome_colour(outcome) for outcome in Outcome)
