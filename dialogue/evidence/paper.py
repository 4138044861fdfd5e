"""What a dossier is written on: a Word document and a PDF know the same few parts, so that they say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol


@dataclass(frozen=True)
class Picture:
    """A picture with its alternative text; `form` is "svg", "png" or "jpg"."""

    content: bytes
    form: str
    alt: str


class Paper(Protocol):
    """A document in the making."""

    def title(self, text: str) -> None:
        """The title of the document."""

    def heading(self, text: str, level: int = 1) -> None:
        """A real heading."""

    def paragraph(self, text: str) -> None: ...

    def bullets(self, lines: Sequence[str]) -> None: ...

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table whose first row is repeated as header on every page."""

    def picture(self, picture: Picture) -> None: ...

    def link(self, address: str) -> None:
        """An address on a line of its own."""

    def contents(self, heading: str, annexes: Sequence[str]) -> None:
        """The list of the annexes that follow, on a new page."""

    def annex(self, heading: str) -> None:
        """An annex begins here, on a new page."""

    def bytes(self) -> bytes:
        """The finished file."""


def shares(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide each column of a table is, adding up to 1: more where texts are longer, less than in proportion."""
    longest = [max(len(text) for text in column) for column in zip(head, *rows, strict=True)]
    weights = [max(sqrt(length), 3) for length in longest]
    return [weight / sum(weights) for weight in weights]
