"""How far a measure is: as somebody said, else as its steps tell; and what cannot be done to its steps."""

from dataclasses import dataclass

from flask_babel import gettext as _

from dialogue.decisions.models import Measure, MeasureState

STILL = (MeasureState.PLANNED, MeasureState.BUSY)
MOST_STEPS = 20


@dataclass(frozen=True)
class Progress:
    """How far a measure is, in percent; `stated`: a person said so, the steps were not counted."""

    percent: int
    stated: bool
    done: int
    steps: int


def progress_of(measure: Measure) -> Progress | None:
    """How far a measure is that still goes on; None where nothing tells."""
    if measure.state not in STILL:
        return None
    done, steps = sum(step.done_on is not None for step in measure.steps), len(measure.steps)
    if measure.means and measure.means.stated is not None:
        return Progress(measure.means.stated, stated=True, done=done, steps=steps)
    return Progress(100 * done // steps, stated=False, done=done, steps=steps) if steps else None


def why_not_change_steps(measure: Measure) -> list[str]:
    """Reasons why the steps of a measure, or how far it is, cannot be changed any more."""
    return [] if measure.state in STILL else [_("Deze maatregel is al klaar of gestopt.")]


def why_not_add_step(measure: Measure) -> list[str]:
    """Reasons why a measure cannot have one more step."""
    if len(measure.steps) >= MOST_STEPS:
        return [_("Een maatregel heeft hoogstens %(most)s stappen. Maak er een tweede maatregel van.", most=MOST_STEPS)]
    return why_not_change_steps(measure)


def why_not_state(measure: Measure, percent: int | None) -> list[str]:
    """Reasons why nobody can say that a measure is so far; None: count the steps."""
    if percent is not None and not 0 <= percent <= 100:
        return [_("Kies een getal van 0 tot 100.")]
    return why_not_change_steps(measure)
