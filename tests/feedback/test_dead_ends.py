"""Everything children said is counted once, with why it has no answer yet; whatever happens, it adds up."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dialogue.feedback.dead_ends import report, stages
from dialogue.feedback.fates import Fate, Unit, whole_percents
from dialogue.feedback.queries import coverage
from dialogue.feedback.rules import Part
from dialogue.shared.database import db
from tests.feedback.histories import History

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
