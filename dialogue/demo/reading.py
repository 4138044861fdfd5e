"""The example's texts, and days counted from today."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dialogue.shared.clock import CALENDAR, pinned, today

FOLDER = Path(__file__).parent


@cache
def texts(name: str) -> dict[str, Any]:
    """The TOML file `name` of the example."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def days(count: int) -> date:
    """The day `count` days from today; negative for the past. Read it before pinning the clock."""
    return today() + timedelta(days=count)


@contextmanager
def on(day: date) -> Iterator[None]:
    """Within this block it is eleven in the morning of `day`."""
    with pinned(datetime.combine(day, time(11), CALENDAR)):
        yield
