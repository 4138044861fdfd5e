"""What is installed: locked for every Python that may run it, not only for the one that wrote the lock."""

from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def locked(name: str, python: dict[str, str]) -> list[Requirement]:
    """The lines of a lock that this Python installs."""
    lines = (line.removesuffix(" \\") for line in (ROOT / name).read_text().splitlines() if line[:1].isalnum())
    return [one for one in map(Requirement, lines) if one.marker is None or one.marker.evaluate(python)]


def asked_by(one: Requirement) -> list[Requirement]:
    """All that a package may ask for; of one that only another Python installs nothing is known here."""
    try:
        return [Requirement(line) for line in requires(one.name) or []]
    except PackageNotFoundError:
        return []


def needed(one: Requirement, python: dict[str, str]) -> set[str]:
    """What a package asks for on this Python, with the extras that were asked of it."""
    ways = [python | {"extra": extra} for extra in ("", *one.extras)]
    wanted = [need for need in asked_by(one) if need.marker is None or any(map(need.marker.evaluate, ways))]
    return {canonicalize_name(need.name) for need in wanted}


@pytest.mark.parametrize("version", ["3.11.2", "3.12.0", "3.13.0", "3.14.0"])
@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_all_that_this_python_needs(name: str, version: str) -> None:
    here = {key: str(value) for key, value in default_environment().items()}
    python = here | {"python_full_version": version, "python_version": version.rpartition(".")[0]}
    lock = locked(name, python)
    assert set().union(*(needed(one, python) for one in lock)) <= {one.name for one in lock}
