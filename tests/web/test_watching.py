"""Watching: what the server says about itself, and what it writes down, names no visitor."""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client import CollectorRegistry, generate_latest

from dialogue.answering.models import Concern, Letter
from dialogue.metrics import Watch
from dialogue.shared.bands import Band
from dialogue.shared.clock import now, today
from dialogue.shared.codes import new_key
from dialogue.shared.models import Outbox
from dialogue.shared.watching import OVERDUE, note_look
from dialogue.web import health, logs
from tests.builders import Cast, a_consultation, save
from tests.databases import ON_POSTGRESQL
from tests.pages import Pages

ROOT = Path(__file__).parents[2]


@pytest.fixture
def ready(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An installation that can keep answers, and whose jobs run."""
    monkeypatch.setattr(health, "why_not_serve", lambda _dialogue: [])
    note_look(app.extensions["dialogue"].settings)
    return app


def test_a_server_that_can_keep_answers_says_so(ready: Flask, pages: Pages) -> None:
    answer = pages.client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"ready": True, "reasons": [], "warnings": []})


def test_work_that_is_late_is_a_warning_but_children_can_answer(ready: Flask, pages: Pages) -> None:
    save(Outbox(kind="draw", payload={}, due=now() - OVERDUE - timedelta(minutes=1)))
    answer = pages.client.get("/healthz")
    assert answer.status_code == 200
    assert [warning.split(":")[0] for warning in answer.json["warnings"]] == [
        "1 tasks wait longer than a quarter of an hour"
    ]


def test_a_server_that_cannot_keep_answers_is_not_ready(app: Flask, pages: Pages) -> None:
    answer = pages.client.get("/healthz")
    assert answer.status_code == 503
    assert "db upgrade" in answer.json["reasons"][0]


def metrics(app: Flask) -> dict[str, float]:
    registry = CollectorRegistry()
    registry.register(Watch(app))
    lines = [line for line in generate_latest(registry).decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.split() for line in lines)}


def test_prometheus_gets_the_state_of_the_whole_installation(ready: Flask, instance: Path, cast: Cast) -> None:
    wave_id = a_consultation(cast.mobility).waves[-1].id
    seen = today() - timedelta(days=6)
    save(
        *(
            Letter(tag=bytes([number] * 16), wave_id=wave_id, fingerprint=bytes(16), body=b"sealed")
            for number in range(3)
        ),
        Concern(key=new_key(), wave_id=wave_id, band=Band.B, text="help", first_seen=seen),
        Outbox(kind="draw", payload={}, due=now()),
        Outbox(kind="draw", payload={"wave": 1}, due=now() - timedelta(hours=1)),
    )
    found = metrics(ready)
    assert 144 <= found.pop("dialogue_concern_oldest_hours") <= 169
    wal = 0 if ON_POSTGRESQL else (instance / "dialogue.db-wal").stat().st_size
    assert found.pop("dialogue_wal_bytes") == wal
    assert wal > 0 or ON_POSTGRESQL
    assert found.pop("dialogue_free_bytes") > 0
    looked = found.pop("dialogue_jobs_last_look_timestamp_seconds")
    assert looked == pytest.approx((instance / "jobs.looked").stat().st_mtime)
    assert found == {
        "dialogue_letters_waiting": 3,
        "dialogue_rounds_open": 1,
        "dialogue_concerns_unread": 1,
        "dialogue_concerns_late": 1,
        "dialogue_outbox_waiting": 2,
        "dialogue_outbox_overdue": 1,
        "dialogue_redis_away": 0,
    }


def test_an_empty_installation_has_figures_too(app: Flask) -> None:
    found = metrics(app)
    assert found["dialogue_concern_oldest_hours"] == found["dialogue_concerns_late"] == 0
    assert found["dialogue_jobs_last_look_timestamp_seconds"] == 0


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """What a process writes down after `logs.start()`; the loggers are put back afterwards."""
    root, server, stream = logging.getLogger(), logging.getLogger("gunicorn.error"), StringIO()
    before = root.handlers[:], root.level, server.level
    monkeypatch.setattr(sys, "stderr", stream)
    root.handlers = []  # so that those of pytest are not closed
    logs.start()
    yield stream
    root.handlers, level, server_level = before
    root.setLevel(level)
    server.setLevel(server_level)


def lines(written: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_every_line_of_the_log_is_one_object(written: StringIO) -> None:
    logging.getLogger("dialogue.jobs").warning("werk %s\nbleef liggen", "draw")
    [line] = lines(written)
    assert (line["level"], line["from"], line["message"]) == ("warning", "dialogue.jobs", "werk draw\nbleef liggen")


def test_a_mistake_is_written_with_its_place_and_without_its_message(written: StringIO) -> None:
    try:
        raise ValueError("mijn geheime woorden")
    except ValueError:
        logging.getLogger("dialogue.jobs").exception("%s failed", "open_boxes")
    [line] = lines(written)
    assert line["error"] == "ValueError"
    assert "test_watching.py" in str(line["where"])
    assert "geheim" not in written.getvalue()


def test_the_web_server_and_libraries_name_no_address_and_no_path(written: StringIO) -> None:
    server = logging.getLogger("gunicorn.error")
    server.warning("Invalid request from ip=192.0.2.7: Invalid HTTP request line: 'GET /p/ABCDEF'")
    server.error("Error handling request %s %s", "GET", "/p/ABCDEF?code=x")
    logging.getLogger("werkzeug").info('192.0.2.7 - - "GET /p/ABCDEF HTTP/1.1" 200 -')
    logging.getLogger("another").error("cannot serve %s", "192.0.2.7")
    assert [line["message"] for line in lines(written)] == ["Error handling request %s %s", "cannot serve %s"]


def test_the_web_server_is_never_started_with_an_access_log() -> None:
    for name in ("tools/run.sh", "docs/installing.md"):
        commands = [line for line in (ROOT / name).read_text().splitlines() if "app:serving()" in line]
        assert commands
        assert not any("access-log" in line or "logconfig" in line for line in commands)


def test_a_page_that_fails_is_named_by_its_endpoint(app: Flask, pages: Pages, written: StringIO) -> None:
    def fails(**_values: str) -> str:
        raise RuntimeError("mijn geheime woorden")

    app.view_functions["child.place"] = fails
    assert pages.client.get("/p/ABCDEF?vraag=1").status_code == 500
    [line] = lines(written)
    assert (line["message"], line["error"]) == ("child.place failed", "RuntimeError")
    assert "ABCDEF" not in written.getvalue()
