"""What waits for a person, in which order, and how far a round is along the thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

STEPS = ("asked", "said", "heard", "decided", "done", "told")
FAR = date.max


@dataclass(frozen=True)
class Task:
    """One thing that waits: its step in the thread, words, where to do it, and by when (None: no day)."""

    step: str
    title: str
    about: str
    verb: str
    endpoint: str
    values: Mapping[str, int] = field(default_factory=dict)
    due: date | None = None

    def days_late(self, today: date) -> int:
        """Days past the day it was owed; 0 when it is not late."""
        return max((today - self.due).days, 0) if self.due else 0


def worst_first(tasks: list[Task]) -> list[Task]:
    """Late ones first, then by day, then along the thread."""
    return sorted(tasks, key=lambda task: (task.due or FAR, STEPS.index(task.step), task.title))


@dataclass(frozen=True)
class Progress:
    """Counts of one round, from which its place in the thread follows."""

    opened: bool
    closed: bool
    said: int = 0
    unread: int = 0
    signals: int = 0
    decided: int = 0
    measures: int = 0
    measures_done: int = 0
    told: int = 0


def reached(progress: Progress) -> int:
    """How many steps (0–6) of the thread are finished; a step counts only when those before it do."""
    steps = (
        progress.opened,
        progress.closed and progress.said > 0,
        progress.signals > 0 and progress.unread == 0,
        progress.decided >= progress.signals,
        progress.measures_done >= progress.measures,
        progress.told >= progress.signals,
    )
    finished = 0
    for step in steps:
        if not step:
            break
        finished += 1
    return finished
