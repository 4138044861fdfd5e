"""How far each department came along the six steps, with the records behind each count."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogue.consultations.models import Wave
from dialogue.evidence.figures import answers_words
from dialogue.evidence.queries import Gathered
from dialogue.feedback.rules import Chain, Part
from dialogue.people.models import Department


@dataclass(frozen=True)
class Steps:
    """One line of the table: asked and said belong to who asked, the other steps to who owes the answer."""

    department: Department
    asked: Sequence[Wave]
    said: str  # rounded
    heard: Sequence[Chain]

    @property
    def decided(self) -> list[Chain]:
        return [chain for chain in self.heard if chain.decision]

    @property
    def done(self) -> list[Chain]:
        return [chain for chain in self.heard if chain.part == Part.DONE]

    @property
    def told(self) -> list[Chain]:
        return [chain for chain in self.heard if chain.message]


def steps(found: Gathered) -> list[Steps]:
    """A line for every department, also for those that did nothing."""
    return [_of(found, department) for department in found.departments]


def _of(found: Gathered, department: Department) -> Steps:
    waves = [wave for wave in found.waves if wave.consultation.department_id == department.id]
    heard = [chain for chain in found.coverage.chains if chain.signal.department_id == department.id]
    return Steps(department, waves, answers_words(found, waves), heard)
