"""The four age bands, and what each can read and do (field.md, age-band rules)."""

from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    """Who is asked: A 4-6, B 7-11, C 12-15, D 16-18 years."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True)
class BandRules:
    """What a questionnaire for this band may ask of a child."""

    years: str
    most_questions: int
    minutes: int
    most_options: int
    words_per_question: int | None
    own_words: int  # how many own-words questions
    own_words_length: int  # characters
    picture: str


RULES: dict[Band, BandRules] = {
    Band.A: BandRules("4–6", 6, 4, 4, 10, 0, 0, "seedling"),
    Band.B: BandRules("7–11", 12, 8, 6, 10, 2, 140, "herb"),
    Band.C: BandRules("12–15", 18, 10, 8, 14, 2, 300, "tree"),
    Band.D: BandRules("16–18", 23, 10, 10, 18, 2, 500, "forest"),
}
