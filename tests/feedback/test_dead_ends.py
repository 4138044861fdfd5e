"""Everything children said is counted once, with why it has no answer yet; whatever happens, it adds up."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dialogue.answering.models import Reading
from dialogue.consultations.models import State, Wave
from dialogue.decisions.models import Body, Outcome
from dialogue.decisions.rules import Verdict
from dialogue.decisions.services import decide
from dialogue.duties.queries import late
from dialogue.duties.services import owe
from dialogue.feedback.dead_ends import report, stages
from dialogue.feedback.fates import Fate, Unit, whole_percents
from dialogue.feedback.queries import coverage
from dialogue.feedback.rules import Part
from dialogue.feedback.services import why_not_told
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_consultation, a_contribution, a_decision, a_signal, actor_of, refresh, save
from tests.feedback.histories import TEXTS, History
from tests.feedback.telling import tell
from tests.pages import Pages

STEPS = 40


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.integers(0, 2**32))
def test_whatever_happens_everything_said_is_counted_once(app: object, seed: int) -> None:
    history = History(seed)
    for _ in range(STEPS):
        history.step()
    db.session.rollback()
    found, counted = report(history.town.id), history.counted()
    assert {key: n for key, n in found.cells.items() if n} == {key: n for key, n in counted.items() if n}
    for unit in (Unit.WORDS, Unit.TICKS, Unit.SIGNALS):
        assert sum(found.shares(unit).values()) == (100 if found.total(unit) else 0)
    waiting = coverage(history.town.id).counts[Part.WAITING]
    signals = found.counts(Unit.SIGNALS)
    assert waiting == signals[Fate.NO_PROPOSAL] + signals[Fate.UNDECIDED]
    assert sum(found.of([one.id]).total(Unit.SIGNALS) for one in history.departments) == len(stages(history.town.id))


@given(some.dictionaries(some.sampled_from(Fate), some.integers(0, 10**7)))
def test_whole_percents_add_up_to_a_hundred(counts: dict[Fate, int]) -> None:
    shares = whole_percents(counts)
    assert sum(shares.values()) == (100 if any(counts.values()) else 0)
    assert all(abs(share - 100 * counts[fate] / sum(counts.values())) < 1 for fate, share in shares.items())


def test_everybody_reads_how_far_each_signal_is_by_the_same_query(cast: Cast, pages: Pages) -> None:
    asked = a_consultation(cast.mobility)
    for title in ("Een.", "Twee."):
        a_signal(asked, title)
    a_decision(a_signal(asked, "Drie."), cast.ben)
    text = pages.get("/m/oudenhove/what-happened").text
    counts = report(cast.town.id).counts(Unit.SIGNALS)
    assert (counts[Fate.NO_PROPOSAL], counts[Fate.UNTOLD]) == (2, 1)
    assert "Geen voorstel: 2" in text
    assert "Niet terugverteld: 1" in text


def test_a_round_that_only_feeds_a_signal_of_another_is_answered_with_it(cast: Cast) -> None:
    asked = a_consultation(cast.mobility, state=State.CLOSED)
    earlier = asked.waves[0]
    words = a_contribution(asked, reading=Reading.CODED)
    later = save(Wave(consultation_id=asked.id, number=2, state=State.CLOSED, opened_at=earlier.opened_at))
    signal = a_signal(asked, "Nog eens.", words, wave_id=later.id)
    assert "Nog niet elk signaal kreeg een bericht." in why_not_told(refresh(earlier))
    decision = a_decision(signal, cast.ben)
    with writing():
        tell(actor_of(cast.ada), refresh(decision), TEXTS)
    assert why_not_told(refresh(earlier)) == []


def test_what_was_late_and_then_put_under_study_stays_late(cast: Cast) -> None:
    signal = a_signal(a_consultation(cast.mobility))
    owed = {"municipality_id": cast.town.id, "department_id": cast.mobility.id, "subject": "Te snel."}
    with writing():
        owe("test", "decision", f"signal:{signal.id}", due=today() - timedelta(days=9), **owed)
    until = today() + timedelta(days=60)
    verdict = Verdict(Outcome.UNDER_STUDY, "We meten.", "Het is druk.", Body.COLLEGE, today(), until)
    with writing():
        decide(actor_of(cast.ben), [refresh(signal)], verdict)
    assert [duty.object for duty in late(cast.town.id, today())] == [f"signal:{signal.id}"]
