"""Deciding and carrying out: duties, the ledger, and what the database itself refuses."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from dialogue.decisions import measure_services, services
from dialogue.decisions.measure_queries import measures_of
from dialogue.decisions.models import Body, Decision, Measure, MeasureState, Outcome
from dialogue.decisions.queries import (
    current_decision,
    decisions_of,
    get_decision,
    proposals_of,
    standing_proposal,
    undecided,
)
from dialogue.decisions.rules import Verdict
from dialogue.decisions.waiting_queries import waiting
from dialogue.duties.models import Duty
from dialogue.duties.queries import duty
from dialogue.duties.services import owe
from dialogue.ledger.models import Entry
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.signals.models import Signal
from dialogue.signals.services import make_signal
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of

NO = Verdict(Outcome.NOT_ADOPTED, "Er komt geen brug.", "Ze kost te veel.", Body.COLLEGE, today())
STUDY = replace(NO, outcome=Outcome.UNDER_STUDY, under_study_until=today() + timedelta(days=90))


@pytest.fixture
def signal(cast: Cast) -> Signal:
    """A signal that owes an answer."""
    consultation = a_consultation(cast.mobility)
    with writing():
        return make_signal(actor_of(cast.ada), consultation.waves[-1], {"nl": "Er moet een brug komen."})


def owed(signal: Signal) -> Duty:
    found = duty("decision", f"signal:{signal.id}")
    assert found is not None
    return found


def decide(cast: Cast, signal: Signal, verdict: Verdict = NO, **more: Any) -> Decision:
    with writing():
        return services.decide(actor_of(cast.ben), [db.session.merge(signal)], verdict, **more)


def verbs() -> list[str]:
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.sequence)))


def test_a_decision_keeps_the_duty_to_answer(cast: Cast, signal: Signal) -> None:
    decision = decide(cast, signal)
    assert owed(signal).kept_at is not None
    assert current_decision(signal.id) == decision
    assert verbs()[-2:] == ["decision.recorded", "duty.kept"]


def test_under_study_gives_the_duty_its_new_day(cast: Cast, signal: Signal) -> None:
    decide(cast, signal, STUDY)
    assert (owed(signal).kept_at, owed(signal).due) == (None, STUDY.under_study_until)
    decide(cast, signal)
    assert owed(signal).kept_at is not None


def test_one_decision_answers_several_signals(cast: Cast, signal: Signal) -> None:
    other = a_signal(signal.consultation, "De bus is te vol.")
    with writing():
        decision = services.decide(actor_of(cast.ben), [signal, other], NO)
    assert current_decision(other.id) == decision
    assert undecided(cast.town.id) == []


def test_a_decision_without_a_reason_is_refused_by_the_service_and_by_the_database(cast: Cast, signal: Signal) -> None:
    with pytest.raises(Refused):
        decide(cast, signal, replace(NO, reason=" "))
    with pytest.raises(IntegrityError):
        a_decision(signal, cast.ben, reason="  ")


@pytest.mark.parametrize("bad", [{"outcome": Outcome.UNDER_STUDY}, {"outcome": Outcome.NOT_OURS, "passed_to": " "}])
def test_the_database_refuses_study_without_a_day_and_passing_on_to_nobody(
    cast: Cast, signal: Signal, bad: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError):
        a_decision(signal, cast.ben, **bad)


@pytest.mark.parametrize("table", ["decision", "answered", "proof"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_database_never_changes_or_deletes_what_was_decided(
    cast: Cast, signal: Signal, table: str, verb: str
) -> None:
    decision = decide(cast, signal)
    with writing():
        measure = measure_services.plan(actor_of(cast.ada), decision, "Bord", cast.ada.id, today())
        measure_services.prove(actor_of(cast.ada), measure, "Foto", "", today())
    with pytest.raises(IntegrityError, match="append-only"), writing():
        column = next(iter(db.metadata.tables[table].columns)).name
        db.session.execute(text(verb.format(table, column, column)))


def test_a_correction_is_a_new_row_and_the_old_one_stays(cast: Cast, signal: Signal) -> None:
    first = decide(cast, signal)
    with writing():
        second = services.correct(actor_of(cast.ben), first, replace(NO, reason="De brug is te duur."))
    assert current_decision(signal.id) == second
    assert first.reason == "Ze kost te veel."
    assert decisions_of(cast.town.id) == [second]
    with pytest.raises(Refused), writing():
        services.correct(actor_of(cast.ben), first, NO)


def test_a_later_decision_takes_over(cast: Cast, signal: Signal) -> None:
    decide(cast, signal, replace(STUDY, decided_on=today() - timedelta(days=30)))
    later = decide(cast, signal)
    assert current_decision(signal.id) == later
    assert len(decisions_of(cast.town.id)) == 2
    assert decisions_of(cast.town.id, begins=today()) == [later]
    assert decisions_of(cast.town.id, ends=today() - timedelta(days=31)) == []


def test_a_second_proposal_waits_until_the_first_is_withdrawn(cast: Cast, signal: Signal) -> None:
    ada = actor_of(cast.ada)
    with writing():
        first = services.propose(ada, signal, Outcome.ADOPTED, "Een brug.", "Het is gevaarlijk.")
    with pytest.raises(Refused), writing():
        services.propose(ada, signal, Outcome.PARTLY, "Een pontje.", "Een brug is duur.")
    with writing():
        services.withdraw(ada, first)
    with writing():
        services.propose(ada, signal, Outcome.PARTLY, "Een pontje.", "Een brug is duur.")
    assert [proposal.what for proposal in proposals_of(signal.id)] == ["Een pontje.", "Een brug."]


def test_a_decided_proposal_no_longer_waits_and_cannot_be_withdrawn(cast: Cast, signal: Signal) -> None:
    with writing():
        proposal = services.propose(actor_of(cast.ada), signal, Outcome.ADOPTED, "Een brug.", "Gevaarlijk.")
    assert [row.proposal for row in waiting(actor_of(cast.ben))] == [proposal]
    decide(cast, signal, proposal=proposal)
    assert standing_proposal(signal.id) is None
    assert waiting(actor_of(cast.ben)) == []
    with pytest.raises(Refused, match="intussen beslist"), writing():
        services.withdraw(actor_of(cast.ada), proposal)


def test_a_proposal_withdrawn_meanwhile_stops_the_decision(cast: Cast, signal: Signal) -> None:
    with writing():
        proposal = services.propose(actor_of(cast.ada), signal, Outcome.ADOPTED, "Een brug.", "Gevaarlijk.")
    with writing():
        services.withdraw(actor_of(cast.ada), proposal)
    with pytest.raises(Refused, match="intussen ingetrokken"):
        decide(cast, signal, proposal=proposal)
    assert current_decision(signal.id) is None


def test_what_is_late_waits_first_and_what_is_under_study_waits_for_its_day(cast: Cast, signal: Signal) -> None:
    late = a_signal(signal.consultation, "Te laat.")
    with writing():
        owe(
            "system", "decision", f"signal:{late.id}", municipality_id=cast.town.id, department_id=cast.mobility.id,
            subject="Te laat.", due=today() - timedelta(days=2),
        )  # fmt: skip
    decide(cast, signal, STUDY)
    rows = waiting(actor_of(cast.ada))
    assert [(row.signal, row.due) for row in rows] == [
        (late, today() - timedelta(days=2)),
        (signal, STUDY.under_study_until),
    ]


def test_a_measure_is_owed_by_its_owner_until_it_is_done(cast: Cast, signal: Signal) -> None:
    ada, decision = actor_of(cast.ada), decide(cast, signal)
    with writing():
        measure = measure_services.plan(ada, decision, "Drempel", cast.cleo.id, today() + timedelta(days=9))
    found = duty("measure", f"measure:{measure.id}")
    assert found is not None
    assert (found.owner_id, found.due, found.kept_at) == (cast.cleo.id, today() + timedelta(days=9), None)
    for verb in (measure_services.start, lambda a, m: measure_services.finish(a, m, today())):
        with writing():
            verb(ada, db.session.get_one(Measure, measure.id))
    assert measure.state == MeasureState.DONE
    assert found.kept_at is not None


def test_a_stopped_measure_cancels_its_duty_with_the_reason_and_can_begin_again(cast: Cast, signal: Signal) -> None:
    ada, decision = actor_of(cast.ada), decide(cast, signal)
    with writing():
        measure = measure_services.plan(ada, decision, "Drempel", cast.ada.id, today())
        measure_services.drop(ada, measure, "De straat wordt afgebroken.")
    found = duty("measure", f"measure:{measure.id}")
    assert found is not None
    assert found.cancelled_because == "De straat wordt afgebroken."
    with writing():
        measure_services.start(ada, measure)
    assert (found.cancelled_at, measure.dropped_because) == (None, "")


def test_carried_out_is_believed_once_a_finished_measure_has_proof(cast: Cast, signal: Signal) -> None:
    ada, done = actor_of(cast.ada), replace(NO, outcome=Outcome.CARRIED_OUT, changes_practice=True)
    decision = decide(cast, signal)
    with writing():
        measure = measure_services.plan(ada, decision, "Drempel", cast.ada.id, today())
        measure_services.finish(ada, measure, today())
    with pytest.raises(Refused):
        decide(cast, signal, done)
    with writing():
        measure_services.prove(ada, db.session.get_one(Measure, measure.id), "Foto", "https://x.be/foto", today())
    assert decide(cast, signal, done).outcome == Outcome.CARRIED_OUT


def test_measures_are_seen_by_their_department_and_their_owner(cast: Cast, signal: Signal) -> None:
    decision = decide(cast, signal)
    with writing():
        mine = measure_services.plan(actor_of(cast.ada), decision, "Van Ada", cast.ada.id, today() + timedelta(days=5))
        hers = measure_services.plan(actor_of(cast.ada), decision, "Van Cleo", cast.cleo.id, today())
    assert measures_of(actor_of(cast.ben)) == ([hers, mine], [])
    assert measures_of(actor_of(cast.cleo)) == ([hers], [])
    assert measures_of(actor_of(cast.cora)) == ([hers, mine], [])
    assert measures_of(actor_of(cast.odette)) == ([], [])


def test_decisions_of_others_are_not_found(cast: Cast, signal: Signal) -> None:
    decision = decide(cast, signal)
    for person in (cast.cleo, cast.odette, cast.ines):
        with pytest.raises(NotFound):
            get_decision(actor_of(person), decision.id)
    assert get_decision(actor_of(cast.cora), decision.id) == decision


def test_a_correction_takes_along_what_was_promised(cast: Cast, signal: Signal) -> None:
    yes = decide(cast, signal, replace(NO, outcome=Outcome.ADOPTED, changes_practice=True))
    with writing():
        measure = measure_services.plan(actor_of(cast.ada), yes, "Een brug", cast.ada.id, today())
    with writing():
        better = services.correct(actor_of(cast.ben), yes, replace(NO, reason="De brug kost te veel."))
    assert better.measures == [measure]
    assert "measure.moved" in verbs()


def test_correcting_an_older_decision_leaves_the_promise_of_the_newest(cast: Cast, signal: Signal) -> None:
    old = decide(cast, signal, replace(NO, decided_on=today() - timedelta(days=9)))
    decide(cast, signal, STUDY)
    with writing():
        services.correct(actor_of(cast.ben), old, replace(NO, what="Geen brug.", decided_on=old.decided_on))
    assert owed(signal).kept_at is None
    assert owed(signal).due == STUDY.under_study_until
