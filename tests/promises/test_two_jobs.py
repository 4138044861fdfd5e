"""Two processes of the jobs, as on two machines: every letter leaves the box once, whoever opens it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from dialogue import create_app
from tests.conftest import settings_in
from tests.promises.processes import Installation, make_installation

LETTERS = 300


@pytest.fixture
def installation(tmp_path: Path, storage: None) -> Iterator[Installation]:
    made = make_installation(tmp_path / "twice", places=3)
    yield made
    made.stop()


def test_two_processes_that_open_the_same_box_open_every_letter_once(installation: Installation) -> None:
    random, other = Random(), replace(installation)
    door = create_app(settings_in(installation.folder)).test_client()
    for letter in [installation.letter(random) for _ in range(LETTERS)]:
        assert door.post(letter.path, data=letter.raw, content_type="application/json").status_code == 201
    installation.close_round()
    try:
        installation.start_jobs()
        other.start_jobs()
        installation.wait_for("letter", 0)
        assert installation.jobs
        assert other.jobs
        assert installation.jobs.poll() is other.jobs.poll() is None, "both still run"
    finally:
        other.stop()
    for table in ("response", "contribution"):
        assert installation.count(table) == LETTERS
    with installation.looking() as store:
        (counted,) = store.execute("SELECT sum(count) FROM tally WHERE item = ''").fetchone()
    assert counted == LETTERS
