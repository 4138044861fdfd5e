"""The mapping of an import: which column of a CSV file answers which question (TOML; an example is in demo/barometer).

[file]  id = "id", skipped = ["-"]              the column that tells rows apart; texts that mean "no answer"
[wave]  band = "B", channel = "paper"           whose answers these are, and how they reached us
[place] column = "school"                       optional; [place.values] gives our name for each text in it
[[question]] column = "c1", item = "q1"         own words go in as they are; for a question with options
[question.values] "Yes" = "a", "No idea" = "?"  this table gives the option of each text
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dialogue.consultations.models import Channel, State
from dialogue.questions.items import Document
from dialogue.questions.reading import read_answers
from dialogue.shared.bands import Band
from dialogue.shared.errors import Refused


@dataclass(frozen=True)
class Question:
    """One column, the question it answers, and the option of each text (empty for own words)."""

    column: str
    item: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """A whole mapping."""

    id: str
    skipped: frozenset[str]
    band: Band
    channel: Channel
    place: str | None
    place_names: Mapping[str, str]
    questions: tuple[Question, ...]

    @property
    def columns(self) -> list[str]:
        """Every column that must be in the file."""
        return [self.id, *([self.place] if self.place else []), *(question.column for question in self.questions)]


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell; row 1 is the heading."""

    row: int
    column: str
    sentence: str


def read_plan(text: str) -> Plan:
    """The mapping written in `text`; raises Refused."""
    try:
        document = tomllib.loads(text)
        place = document.get("place", {})
        return Plan(
            id=str(document["file"]["id"]),
            skipped=frozenset({"", *(str(entry).strip() for entry in document["file"].get("skipped", []))}),
            band=Band(document["wave"]["band"]),
            channel=Channel(document["wave"]["channel"]),
            place=place.get("column"),
            place_names=dict(place.get("values", {})),
            questions=tuple(
                Question(str(entry["column"]), str(entry["item"]), dict(entry.get("values", {})))
                for entry in document["question"]
            ),
        )
    except KeyError as error:
        raise Refused(f"The mapping has no {error}.") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused(f"The mapping cannot be read: {error}.") from error


def why_not_import(plan: Plan, state: State, channel: Channel, document: Document | None) -> list[str]:
    """Reasons why these answers cannot go into a round in this state, of a consultation with this channel."""
    reasons = []
    if state not in (State.OPEN, State.CLOSED):
        reasons.append(f"The round is {state}; answers go into a round that is open or closed.")
    if plan.channel == Channel.SELF:
        reasons.append("The channel of an import is interview, paper or workshop.")
    elif channel == Channel.SELF and plan.channel != Channel.PAPER:
        reasons.append("Children fill in this round themselves; only answers on paper can be added to it.")
    if document is None:
        return [*reasons, f"The round has no questions for band {plan.band}."]
    known = {item["key"] for item in document["items"]}
    return reasons + [f"The round has no question {q.item}." for q in plan.questions if q.item not in known]


def why_not_columns(plan: Plan, columns: Collection[str]) -> list[str]:
    """Reasons why a file with these columns cannot be read with this mapping."""
    return [f"The file has no column {column!r}." for column in plan.columns if column not in columns]


Read = tuple[dict[str, str], dict[str, str]]


def read_cells(plan: Plan, document: Document, row: Mapping[str, str]) -> tuple[Read, list[tuple[str, str]]]:
    """The answers and own words of a row, and what is wrong as (column, sentence)."""
    closed = {item["key"] for item in document["items"] if item["kind"] != "own_words"}
    answers: dict[str, str] = {}
    words: dict[str, str] = {}
    problems: list[tuple[str, str]] = []
    for question in plan.questions:
        text = row[question.column].strip()
        if text in plan.skipped:
            continue
        is_closed = question.item in closed
        sent = {question.item: question.values.get(text, text) if is_closed else text}
        try:
            read: Iterable[dict[str, Any]] = read_answers(
                document, sent if is_closed else {}, {} if is_closed else sent
            )
        except Refused as error:
            problems.append((question.column, f"{text[:40]!r}: {error}"))
            continue
        for kept, found in zip((answers, words), read, strict=True):
            kept.update(found)
    return (answers, words), problems


def read_place(plan: Plan, places: Mapping[str, int], row: Mapping[str, str]) -> tuple[int, list[tuple[str, str]]]:
    """The id of the row's place (0: none), and what is wrong as (column, sentence)."""
    text = row[plan.place].strip() if plan.place else ""
    if plan.place is None or text in plan.skipped:
        return 0, []
    name = plan.place_names.get(text, text)
    if name not in places:
        return 0, [(plan.place, f"there is no place called {name!r}")]
    return places[name], []
