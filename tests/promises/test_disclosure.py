"""Small groups stay hidden (promises.md, 3): random towns are disclosed, and a solver tries to compute back."""

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogue.results import audit, disclosure
from dialogue.results.audit import SMALL
from dialogue.results.disclosure import Disclosed, Question, disclose, rounded
from tests.promises.attack import attack, bounds_of, exactly

TREE = {1: 0, 2: 0, 11: 1, 12: 1, 13: 1, 21: 2, 22: 2, 221: 22}
QUESTIONS = [Question("q1", tuple("abcd"), frozenset("cd")), Question("q2", tuple("xy"))]
POSITIVE = {question.key: question.positive for question in QUESTIONS}
ASKED = dict.fromkeys("ABCD", QUESTIONS)
Rows = list[tuple[str, int, str, str, int]]
thorough = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def a_town(random: Random, *, size: int = 40) -> Rows:
    """Raw tallies as the box fills them: each child once, in a band, at a place, answering or not."""
    tallies: Counter[tuple[str, int, str, str]] = Counter()
    for band in random.sample("ABCD", random.choice([1, 1, 2, 4])):
        for place in random.sample([0, *TREE], random.randint(1, 6)):
            weights = [random.choice([0, 1, 1, 4, 30]) for _ in "abcd?"] + [1]
            for _ in range(random.randint(0, size)):
                tallies[band, place, "", ""] += 1
                for question in QUESTIONS:
                    choices = [*question.options, "?", ""]
                    chosen = random.choices(choices, [1] * len(choices) if question.key == "q2" else weights)[0]
                    tallies[band, place, question.key, chosen] += 1
    return [(*cell, count) for cell, count in tallies.items()]


towns = st.builds(
    lambda seed, size: a_town(Random(seed), size=size), st.integers(0, 10**9), st.sampled_from([12, 40, 120])
)


def where(shown: Disclosed, place: int) -> int:
    return shown.counted_with.get(place, place)


def above(place: int) -> list[int]:
    return [TREE[place], *above(TREE[place])] if place else []


@thorough
@given(towns)
def test_a_solver_computes_back_no_hidden_cell(tallies: Rows) -> None:
    assert attack(disclose(tallies, TREE, ASKED), POSITIVE) == {}


@thorough
@given(towns)
def test_no_cell_of_one_to_four_is_shown(tallies: Rows) -> None:
    for items in disclose(tallies, TREE, ASKED).items.values():
        for answers in items.values():
            shown = [count for count in answers.cells.values() if count is not None]
            parts = [
                p
                for g in answers.places.values()
                if g.positive is not None
                for p in (g.positive, g.answered - g.positive)
            ]
            assert not {*shown, *parts} & set(SMALL)


@thorough
@given(towns, st.sampled_from([3, 10, 15, 25]))
def test_every_group_has_ten_and_the_total_is_their_sum(tallies: Rows, smallest: int) -> None:
    shown = disclose(tallies, TREE, ASKED, smallest)
    least = max(10, smallest)
    groups = [*shown.bands.values(), *shown.places.values()]
    assert all(count >= least for count in groups)
    assert shown.responses == sum(shown.bands.values()) == sum(shown.places.values())


@thorough
@given(towns)
def test_answers_by_place_and_band_are_of_ten_or_of_nobody(tallies: Rows) -> None:
    shown = disclose(tallies, TREE, ASKED)
    crossed = [band for band, items in shown.items.items() if any(answers.places for answers in items.values())]
    sizes: Counter[tuple[str, int]] = Counter()
    for band, place, item, _, count in tallies:
        if not item and band in shown.bands:
            sizes[band, where(shown, place)] += count
    assert all(count >= 10 for (band, _), count in sizes.items() if band in crossed and count)
    assert len(shown.bands) <= 1 or all(shown.bands[band] >= 200 for band in crossed)


@thorough
@given(towns)
def test_a_place_counts_with_one_above_it(tallies: Rows) -> None:
    for place, home in disclose(tallies, TREE, ASKED).counted_with.items():
        assert home in above(place)


def test_nine_children_are_not_there() -> None:
    nine = [("B", 1, "", "", 9), ("B", 1, "q1", "a", 9)]
    assert disclose(nine, TREE, ASKED) == Disclosed()


def test_nearly_all_the_same_in_a_small_group_gives_no_figures() -> None:
    tallies = [("B", 1, "", "", 30), ("B", 1, "q1", "a", 28), ("B", 1, "q1", "b", 2)]
    answers = disclose(tallies, TREE, ASKED).items["B"]["q1"]
    assert answers.most == "a"
    assert set(answers.cells.values()) == {None}
    assert answers.positive is None


def test_nearly_all_the_same_in_a_big_group_is_a_figure() -> None:
    tallies = [("B", 1, "", "", 100), ("B", 1, "q1", "a", 94), ("B", 1, "q1", "b", 6)]
    assert disclose(tallies, TREE, ASKED).items["B"]["q1"].cells["a"] == 94


def test_a_place_with_nine_counts_with_its_parent_and_never_leaves_one_alone() -> None:
    tallies = [("B", 11, "", "", 9), ("B", 12, "", "", 30), ("B", 2, "", "", 20)]
    shown = disclose(tallies, TREE, ASKED)
    assert shown.places == {0: 29, 12: 30}  # 9 alone at the top would be the difference of total and places
    assert shown.counted_with == {11: 0, 2: 0}


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (1, "<5"), (4, "<5"), (5, "± 5"), (37, "± 35"), (38, "± 40"), (182, "± 180"), (1206, "± 1\u00a0210")],
)
def test_counts_are_rounded_before_they_are_shown(number: int, words: str) -> None:
    assert rounded(number) == words


# The attack is not blind: each of these broken defences must be caught.


def caught(tries: int = 60) -> int:
    return sum(bool(attack(disclose(a_town(Random(seed), size=40), TREE, ASKED), POSITIVE)) for seed in range(tries))


def test_hiding_only_the_small_cells_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_is_open", lambda table, target: True)
    assert caught() > 20


def test_groups_of_one_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "SMALLEST_GROUP", 1)
    small = sum(
        min(disclose(a_town(Random(seed), size=12), TREE, ASKED, 1).places.values(), default=10) < 10
        for seed in range(30)
    )
    assert small > 10


def test_leaving_a_lone_remainder_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "whole_groups", lambda sizes, tree, least: {place: [place] for place in sizes})
    small = sum(
        min(disclose(a_town(Random(seed), size=12), TREE, ASKED).places.values(), default=10) < 10 for seed in range(30)
    )
    assert small > 10


def test_the_solver_finds_what_a_pupil_could_subtract() -> None:
    known = [exactly(["a", "b", "c"], 30), exactly(["a"], 20), exactly(["b"], 7)]
    assert bounds_of(["c"], ["a", "b", "c"], known) == pytest.approx((3, 3))
