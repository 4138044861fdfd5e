"""What comes first, and how far a round is."""

from dataclasses import replace
from datetime import date

import pytest

from dialogue.desk.rules import Progress, Task, reached, worst_first

TODAY = date(2026, 3, 10)
ALL = Progress(True, True, said=40, unread=0, signals=2, decided=2, measures=1, measures_done=1, told=2)


def a_task(title: str, due: date | None, step: str = "heard") -> Task:
    return Task(step, title, "", "Doe", "desk.today", due=due)


def test_what_is_late_comes_before_what_is_due_and_what_has_no_day_comes_last() -> None:
    tasks = [a_task("ooit", None), a_task("morgen", date(2026, 3, 11)), a_task("laat", date(2026, 3, 1))]
    assert [task.title for task in worst_first(tasks)] == ["laat", "morgen", "ooit"]


def test_days_late_are_counted_from_the_day_after() -> None:
    assert a_task("op tijd", TODAY).days_late(TODAY) == 0
    assert a_task("laat", date(2026, 3, 7)).days_late(TODAY) == 3


def test_a_round_that_is_told_back_has_all_six_steps() -> None:
    assert reached(ALL) == 6


@pytest.mark.parametrize(
    ("steps", "missing"),
    [
        (0, {"opened": False}),
        (1, {"closed": False}),
        (2, {"unread": 1}),
        (2, {"signals": 0}),
        (3, {"decided": 1}),
        (4, {"measures_done": 0}),
        (5, {"told": 1}),
    ],
)
def test_the_thread_stops_at_the_first_step_that_is_not_finished(steps: int, missing: dict[str, int]) -> None:
    assert reached(replace(ALL, **missing)) == steps
