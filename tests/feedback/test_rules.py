"""Where a signal stands, and how all of them are counted."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dialogue.consultations.models import State
from dialogue.decisions.models import Decision, Measure, MeasureState, Outcome, Proof
from dialogue.duties.models import Duty
from dialogue.feedback.periods import CALENDAR, PLAN, SCHOOL, period, period_of, periods
from dialogue.feedback.rules import Chain, Coverage, Part, part_of, why_not_all_told
from dialogue.shared.plain import hard_to_read
from dialogue.signals.models import Signal


@pytest.fixture(autouse=True)
def _language(app: object) -> None:
    """Reasons are translated: rules speak a language."""


def a_measure(state: MeasureState, *, proven: bool = True) -> Measure:
    return Measure(id=1, title="Paaltjes.", due=date(2026, 6, 1), state=state, proofs=[Proof()] if proven else [])


def a_chain(outcome: Outcome | None, states: list[MeasureState]) -> Chain:
    signal = Signal(made_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    measures = [a_measure(state) for state in states]
    decision = outcome and Decision(outcome=outcome, decided_on=date(2026, 3, 11), measures=measures)
    return Chain(signal, decision)


@given(some.lists(some.tuples(some.none() | some.sampled_from(Outcome), some.lists(some.sampled_from(MeasureState)))))
def test_the_parts_of_the_coverage_add_up_to_all_signals(
    history: list[tuple[Outcome | None, list[MeasureState]]],
) -> None:
    covered = Coverage([a_chain(*one) for one in history])
    assert sum(covered.counts.values()) == covered.total == len(history)
    assert covered.counts[Part.WAITING] == sum(outcome is None for outcome, _ in history)
    assert covered.counts[Part.NO] == sum(outcome == Outcome.NOT_ADOPTED for outcome, _ in history)


def test_a_yes_is_done_only_when_all_that_was_promised_is_done_and_proven() -> None:
    done, planned = a_measure(MeasureState.DONE), a_measure(MeasureState.PLANNED)
    unproven, dropped = a_measure(MeasureState.DONE, proven=False), a_measure(MeasureState.DROPPED)
    assert part_of(Decision(outcome=Outcome.ADOPTED, measures=[done, dropped])) == Part.DONE
    for measures in ([], [dropped], [done, planned], [done, unproven]):
        assert part_of(Decision(outcome=Outcome.ADOPTED, measures=measures)) == Part.YES


def test_a_no_stays_a_no_whatever_is_done() -> None:
    assert part_of(Decision(outcome=Outcome.NOT_ADOPTED, measures=[a_measure(MeasureState.DONE)])) == Part.NO


def test_the_average_counts_days_from_signal_to_decision_and_leaves_out_what_waits() -> None:
    covered = Coverage([a_chain(Outcome.ADOPTED, []), a_chain(None, [])])
    assert covered.average_days == 10
    assert Coverage([a_chain(None, [])]).average_days is None


def test_only_an_undecided_signal_past_its_day_is_late() -> None:
    duty = Duty(due=date(2026, 3, 20))
    waiting = Chain(Signal(), None, None, duty)
    assert waiting.late(date(2026, 3, 21))
    assert not waiting.late(date(2026, 3, 20))
    assert not Chain(Signal(), Decision(outcome=Outcome.PARTLY), None, duty).late(date(2026, 3, 21))


@pytest.mark.parametrize(
    ("outcome", "kept", "again"),
    [(None, False, False), (Outcome.PARTLY, True, False), (Outcome.UNDER_STUDY, False, False),
     (Outcome.PARTLY, False, True), (Outcome.NOT_ADOPTED, False, True)],
)  # fmt: skip
def test_what_was_decided_and_is_owed_again_is_reopened(outcome: Outcome | None, kept: bool, again: bool) -> None:
    duty = Duty(due=date(2026, 3, 20), kept_at=datetime(2026, 3, 1, tzinfo=UTC) if kept else None)
    assert Chain(Signal(), Decision(outcome=outcome) if outcome else None, None, duty).reopened is again


def test_a_study_past_its_day_is_late_for_everybody_to_see() -> None:
    study = Decision(outcome=Outcome.UNDER_STUDY, under_study_until=date(2026, 3, 20))
    chain = Chain(Signal(), study, None, Duty(due=date(2026, 3, 20)))
    assert chain.late(date(2026, 3, 21))
    assert not chain.late(date(2026, 3, 20))


@pytest.mark.parametrize(
    ("state", "signals", "told", "unread"),
    [(State.OPEN, [1], [1], 0), (State.CLOSED, [1], [1], 1), (State.CLOSED, [1, 2], [1], 0), (State.CLOSED, [], [], 0)],
)
def test_a_round_is_not_answered_while_something_waits(
    state: State, signals: list[int], told: list[int], unread: int
) -> None:
    assert why_not_all_told(state, signals, told, unread)


def test_a_round_is_answered_when_all_is_read_and_told() -> None:
    assert why_not_all_told(State.CLOSED, [1, 2], [2, 1], 0) == []


def test_long_sentences_and_words_are_pointed_out() -> None:
    assert hard_to_read("Er komen paaltjes. Dat is veilig.") == []
    assert "16 woorden" in hard_to_read("een " * 16)[0]
    assert "verkeersveiligheid" in hard_to_read("Wij willen verkeersveiligheid.")[0]


def test_a_school_year_runs_from_september_to_august() -> None:
    assert period_of(SCHOOL, date(2027, 8, 31)) == period_of(SCHOOL, date(2026, 9, 1)) == period(SCHOOL, 2026)
    assert period_of(SCHOOL, date(2026, 8, 31)).name == "2025–2026"
    assert [one.year for one in periods(SCHOOL, date(2024, 10, 1), date(2026, 2, 1))] == [2025, 2024]


def test_plan_years_are_six_and_begin_in_2026() -> None:
    assert period_of(PLAN, date(2030, 5, 5)).name == "2026–2031"
    assert period(PLAN, 2027) is None


@pytest.mark.parametrize(("kind", "year"), [("moon", 2026), (CALENDAR, 10**20), (SCHOOL, -1)])
def test_odd_periods_do_not_exist(kind: str, year: int) -> None:
    assert period(kind, year) is None
