"""How it goes, for Prometheus: figures of the whole installation, never of a child, a place or a round."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from flask import Flask
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from dialogue.answering.models import Letter
from dialogue.consultations.models import State, Wave
from dialogue.health_check import is_late, unread_concerns
from dialogue.shared.clock import midnight, now
from dialogue.shared.database import db
from dialogue.shared.settings import Settings
from dialogue.shared.watching import free_bytes, last_look, overdue_tasks, redis_is_away, tasks

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
Figure = tuple[str, str, float]  # name, what it is, value


def serve(app: Flask, port: int) -> None:
    """Answer Prometheus on this port, on this machine only; counted when it asks."""
    registry = CollectorRegistry()
    registry.register(Watch(app))
    start_http_server(port, addr="127.0.0.1", registry=registry)


class Watch(Collector):
    """All figures of one installation."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Count now."""
        with self._app.app_context():
            for name, meaning, value in figures(self._app.extensions["dialogue"].settings):
                yield GaugeMetricFamily(f"dialogue_{name}", meaning, value)


def figures(settings: Settings) -> Iterable[Figure]:
    """Every figure with its name and meaning."""
    unread = unread_concerns()
    wal = settings.database.with_name(f"{settings.database.name}-wal")  # PostgreSQL looks after its own
    letters = db.session.scalar(select(func.count()).select_from(Letter))
    rounds = db.session.scalar(select(func.count()).select_from(Wave).where(Wave.state == State.OPEN))
    since = midnight(min(unread)) if unread else now()
    return [
        ("letters_waiting", "Answers in the letter boxes, not opened yet.", letters or 0),
        ("rounds_open", "Rounds that children can answer now.", rounds or 0),
        ("concerns_unread", "Concerns that nobody read yet.", len(unread)),
        ("concerns_late", "ALARM above 0: concerns unread for more than one working day.", sum(map(is_late, unread))),
        ("concern_oldest_hours", "Hours since the day began on which the oldest unread concern was noticed.",
         (now() - since).total_seconds() // 3600),
        ("outbox_waiting", "Tasks that the jobs still have to do.", tasks()),
        ("outbox_overdue", "Tasks that should have been done a quarter of an hour ago.", overdue_tasks()),
        ("wal_bytes", "Size of the database's write-ahead log.", wal.stat().st_size if wal.exists() else 0),
        ("free_bytes", "Free space on the disk of the database.", free_bytes(settings)),
        ("redis_away", "1 while the hosts do not share their limits, because Redis does not answer.", redis_is_away()),
        ("jobs_last_look_timestamp_seconds", "When the jobs last went round.",
         (last_look(settings) or NEVER).timestamp()),
    ]  # fmt: skip
