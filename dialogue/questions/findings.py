"""What can be wrong with a question: some of it keeps a round from opening, the rest is advice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One full sentence for the maker. `blocks`: with this the round cannot open; otherwise it is advice."""

    text: str
    blocks: bool = False

    def __str__(self) -> str:
        return self.text
