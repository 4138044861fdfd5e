"""Prometheus asks the jobs, on a port of its own that only this machine reaches."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from time import monotonic, sleep

import pytest

from dialogue import create_app
from tests.conftest import settings_in
from tests.promises.processes import READY_WITHIN, Installation, free_port, make_installation


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def installation(tmp_path: Path, port: int, storage: None) -> Iterator[Installation]:
    made = make_installation(tmp_path / "watched", places=1)
    made.environment = {"DIALOGUE_METRICS_PORT": str(port)}
    yield made
    made.stop()


def figures(port: int) -> str:
    """What Prometheus reads, as soon as the jobs have started."""
    deadline = monotonic() + READY_WITHIN
    while monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/metrics")
            return connection.getresponse().read().decode()
        except (OSError, HTTPException):
            sleep(0.05)
        finally:
            connection.close()
    raise AssertionError("nobody answers on the port of the figures")


def test_the_jobs_answer_prometheus_and_name_no_child_place_or_round(installation: Installation, port: int) -> None:
    letter = installation.letter(Random())
    door = create_app(settings_in(installation.folder)).test_client()
    assert door.post(letter.path, data=letter.raw, content_type="application/json").status_code == 201
    installation.start_jobs()
    found = figures(port)
    assert "dialogue_letters_waiting 1.0" in found
    lines = [line for line in found.splitlines() if not line.startswith("#")]
    assert lines
    assert not any("{" in line for line in lines), "a label could name somebody"
    listening = (Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()).splitlines()
    here = [
        line.split()[1] for line in listening if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
    ]
    assert here == [f"0100007F:{port:04X}"], "only this machine"
