"""Where more than one answer may be chosen, neither a few who chose one nor a few who did not can be computed back."""

from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogue.questions.kinds import KINDS
from dialogue.results import several
from dialogue.results.audit import SMALL
from dialogue.results.disclosure import Answers, Question, disclose
from tests.items import several_choices
from tests.promises.attack import Known, bounds_of, exactly

CODES = "abcde"
Row = tuple[str, int, str, str, int]
thorough = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def an_item(kind: str, most: int = 3) -> dict[str, Any]:
    return several_choices(kind=kind, most=most)


def a_class(item: dict[str, Any], random: Random) -> list[Row]:
    """Raw tallies of one question: some children choose much, some little, some nothing."""
    kind, most = KINDS[item["kind"]], item["config"]["most"]
    weights = [random.choice([0, 1, 2, 10, 60]) + 0.001 for _ in CODES]
    tallies: Counter[str] = Counter()
    size = random.choice([10, 12, 20, 45, 80])
    for _ in range(size):
        chosen = list(dict.fromkeys(random.choices(CODES, weights, k=random.choice([1, 2, most, 12]))))[:most]
        value = random.choice(["+".join(chosen)] * 9 + ["?"])
        tallies.update(kind.tallied(item, value))
    return [("B", 0, "", "", size), *(("B", 0, "q1", code, count) for code, count in tallies.items())]


def shown_of(item: dict[str, Any], rows: list[Row]) -> Answers:
    counted = KINDS[item["kind"]].counted(item)
    question = Question("q1", counted.one, counted.positive, counted)
    return disclose(rows, {}, {"B": [question]}).items["B"]["q1"]


def attack(item: dict[str, Any], rows: list[Row]) -> dict[str, tuple[float, float]]:
    """The groups of one to four that a solver can tell from nobody, or from five."""
    answers, raw = shown_of(item, rows), Counter({code: n for _, _, key, code, n in rows if key})
    n, most = answers.answered, item["config"]["most"]
    if not n:
        return {}
    has: dict[str, list[str]] = {code: [f"first {code}", f"later {code}"] for code in CODES}
    cells = [name for code in CODES for name in (*has[code], f"without {code}")]
    known = [exactly([*has[code], f"without {code}"], n) for code in CODES]
    known += [
        exactly([f"first {code}" for code in CODES], n),
        Known(frozenset(name for code in CODES for name in has[code]), n, most * n),
    ]
    groups: dict[str, tuple[list[str], int]] = {}
    for code, count in answers.cells.items():
        own, first = code[-1], code != code[-1]
        names = [f"first {own}"] if first else has[own]
        rest = [f"without {own}", f"later {own}"] if first else [f"without {own}"]
        if count is not None:
            known.append(exactly(names, count))
        groups[f"with {code}"], groups[f"without {code}"] = (names, raw[code]), (rest, n - raw[code])
    found = {}
    for name, (group, size) in groups.items():
        low, high = bounds_of(group, cells, known)
        if size in SMALL and (low > 1e-4 or high < 5 - 1e-4):
            found[name] = (low, high)
    return found


@thorough
@given(st.integers(0, 10**9), st.sampled_from(["several_choices", "order"]), st.sampled_from([2, 3]))
def test_a_solver_computes_back_no_small_group(seed: int, kind: str, most: int) -> None:
    item = an_item(kind, most)
    assert attack(item, a_class(item, Random(seed))) == {}


@thorough
@given(st.integers(0, 10**9), st.sampled_from(["several_choices", "order"]))
def test_no_one_to_four_is_shown_either_way(seed: int, kind: str) -> None:
    item = an_item(kind)
    answers = shown_of(item, a_class(item, Random(seed)))
    for count in answers.cells.values():
        if count is not None:
            assert not {count, answers.answered - count} & set(SMALL)
            assert answers.answered >= 50 or count <= 0.9 * answers.answered


def test_the_attack_is_not_blind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(several, "_is_open", lambda ticks, code: True)
    item = an_item("order", 2)
    assert sum(bool(attack(item, a_class(item, Random(seed)))) for seed in range(60)) > 5


def test_each_answer_is_a_table_of_its_own() -> None:
    tallies = [("B", 0, "", "", 60), ("B", 0, "q1", "*", 60), ("B", 0, "q1", "a", 57), ("B", 0, "q1", "b", 30)]
    tallies += [("B", 0, "q1", "c", 3), ("B", 0, "q1", "d", 20)]
    answers = shown_of(an_item("several_choices"), tallies)
    assert answers.answered == 60
    assert answers.cells == {"a": None, "b": 30, "c": None, "d": 20, "e": 0}
    assert (answers.positive, answers.most, answers.places) == (None, "", {})


def test_fewer_than_ten_who_chose_are_not_shown() -> None:
    tallies = [("B", 0, "", "", 30), ("B", 0, "q1", "*", 9), ("B", 0, "q1", "a", 9), ("B", 0, "q1", "?", 21)]
    answers = shown_of(an_item("several_choices"), tallies)
    assert answers.answered == 0
    assert set(answers.cells.values()) == {None}
