"""What is written on: a Word document and a PDF know the same few parts, so that they say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol


@dataclass(frozen=True)
class Picture:
    """A picture with its alternative text; `form` is "svg", "png" or "jpg", `share` how much of the width it takes."""

    content: bytes
    form: str
    alt: str
    share: float = 1


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
    """How wide each column of a table is, adding up to 1.

    Wider where texts are longer, but less than in proportion; and wide enough for its longest word.
    """
    columns = list(zip(head, *rows, strict=True))
    longest = [max(len(text) for text in column) for column in columns]
    words = [max((len(word) for text in column for word in text.split()), default=0) for column in columns]
    weights = [max(sqrt(text), 0.75 * min(word, 20), 3) for text, word in zip(longest, words, strict=True)]
    return [weight / sum(weights) for weight in weights]
