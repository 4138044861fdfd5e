"""Where a signal stands, who writes about it, and when a round has been answered.

Coverage counts every signal exactly once: it is done, yes, no, under study or waiting, by its latest decision, or
withdrawn with a reason.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import mean
from typing import TypeGuard

from flask_babel import gettext as _

from dialogue.consultations.models import State
from dialogue.decisions.models import Decision, Measure, MeasureState, Outcome
from dialogue.decisions.turn_models import ReadBy
from dialogue.duties.models import Duty
from dialogue.feedback.models import Message
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import CALENDAR
from dialogue.signals.models import EarlierSentence, Signal, SignalChange

WRITERS = (Role.MAKER, Role.READER, Role.DECIDER)


class Part(StrEnum):
    """What became of a signal, as it is counted."""

    DONE = "done"
    YES = "yes"
    NO = "no"
    STUDY = "study"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"  # the signal itself, with a reason: no answer, and never left out of the total


_PART_OF = {
    Outcome.ADOPTED: Part.YES,
    Outcome.PARTLY: Part.YES,
    Outcome.UNDER_WAY: Part.YES,
    Outcome.NOT_ADOPTED: Part.NO,
    Outcome.UNDER_STUDY: Part.STUDY,
    Outcome.NOT_OURS: Part.STUDY,
    Outcome.CARRIED_OUT: Part.DONE,
}


def part_of(decision: Decision | None) -> Part:
    """The one part in which a signal with this (latest) decision is counted."""
    if decision is None:
        return Part.WAITING
    part = _PART_OF[decision.outcome]
    return Part.DONE if part == Part.YES and all_done(decision.measures) else part


def all_done(measures: Iterable[Measure]) -> bool:
    """Whether something was promised, and all that was not dropped is done and proven."""
    kept = [measure for measure in measures if measure.state != MeasureState.DROPPED]
    return bool(kept) and all(measure.state == MeasureState.DONE and measure.proofs for measure in kept)


def _is_owed(duty: Duty | None) -> TypeGuard[Duty]:
    return duty is not None and not duty.kept_at and not duty.cancelled_at


@dataclass(frozen=True)
class Chain:
    """One signal with all that followed: its latest decision, the message, the duty to decide, and who read it.

    `sentences`: the words on which was decided, where it was worded anew since; the latest first.
    """

    signal: Signal
    decision: Decision | None = None
    message: Message | None = None
    duty: Duty | None = None
    withdrawn: SignalChange | None = None
    readers: Sequence[ReadBy] = ()
    sentences: Sequence[EarlierSentence] = ()

    @property
    def part(self) -> Part:
        return Part.WITHDRAWN if self.withdrawn else part_of(self.decision)

    @property
    def made_on(self) -> date:
        return self.signal.made_at.astimezone(CALENDAR).date()

    @property
    def days(self) -> int | None:
        """Days from the signal to the decision; None while it waits."""
        return max((self.decision.decided_on - self.made_on).days, 0) if self.decision else None

    @property
    def done(self) -> list[Measure]:
        """The measures that were carried out."""
        return [m for m in self.decision.measures if m.state == MeasureState.DONE] if self.decision else []

    @property
    def ahead(self) -> list[Measure]:
        """The measures that are still to come, the first one first."""
        still = (MeasureState.PLANNED, MeasureState.BUSY)
        coming = [m for m in self.decision.measures if m.state in still] if self.decision else []
        return sorted(coming, key=lambda measure: measure.due)

    @property
    def dropped(self) -> list[Measure]:
        """The measures that will not be carried out, each with its reason."""
        return [m for m in self.decision.measures if m.state == MeasureState.DROPPED] if self.decision else []

    @property
    def reopened(self) -> bool:
        """Whether this was decided and is owed an answer again: then the old decision stands meanwhile."""
        return _is_owed(self.duty) and self.decision is not None and self.part != Part.STUDY

    def late(self, today: date) -> bool:
        """Whether this signal should have been decided, or its study finished, before `today`."""
        return _is_owed(self.duty) and self.part in (Part.WAITING, Part.STUDY) and self.duty.promised < today


@dataclass(frozen=True)
class Coverage:
    """Every signal of a municipality and period, once."""

    chains: Sequence[Chain]

    @property
    def total(self) -> int:
        return len(self.chains)

    @property
    def counts(self) -> dict[Part, int]:
        """How many signals stand in each part; they add up to the total."""
        counted = dict.fromkeys(Part, 0)
        for chain in self.chains:
            counted[chain.part] += 1
        return counted

    @property
    def average_days(self) -> int | None:
        """Average number of days from signal to decision, over the signals that were decided."""
        days = [chain.days for chain in self.chains if chain.days is not None]
        return round(mean(days)) if days else None


def may_write(actor: Actor, department_id: int) -> bool:
    """Whether this person may write and publish the messages of this department."""
    return actor.has_any(*WRITERS, department_id=department_id) or actor.sees_all


def why_not_all_told(state: State, signals: Collection[int], told: Collection[int], unread: int) -> list[str]:
    """Reasons why a round does not count as answered; `signals` and `told` are signal ids."""
    reasons = []
    if state != State.CLOSED:
        reasons.append(_("De ronde is niet gesloten, of ze is al beantwoord."))
    if unread:
        reasons.append(_("Nog niet alles is gelezen."))
    if not signals:
        reasons.append(_("Er is nog geen signaal."))
    if set(signals) - set(told):
        reasons.append(_("Nog niet elk signaal kreeg een bericht."))
    return reasons
