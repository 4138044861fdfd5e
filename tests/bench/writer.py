"""How many letters a second are kept, and how long the slowest wait: `python -m tests.bench.writer [LETTERS]`.

Two processes of eight threads, as gunicorn runs them; through the writer, and with one commit per letter. Not a test.
"""

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import insert

from dialogue import create_app
from dialogue.answering.models import Letter
from dialogue.answering.writer import keep
from dialogue.consultations.models import Wave
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from dialogue.shared.errors import Busy
from tests.builders import a_consultation, the_cast
from tests.conftest import settings_in

PROCESSES, THREADS = 2, 8
WAYS = ("one commit per letter", "the writer")
Send = Callable[[], object]


def directly(wave_id: int) -> None:
    """What the writer does, for one letter."""
    with writing() as session:
        session.get_one(Wave, wave_id)
        session.execute(insert(Letter), a_letter(wave_id))


def a_letter(wave_id: int) -> dict[str, object]:
    return {"tag": new_key(), "opened": new_key(), "wave_id": wave_id, "fingerprint": new_key(), "body": bytes(540)}


def seconds_of(send: Send) -> float:
    """How long one letter took, also when it had to be sent again."""
    begin = time.perf_counter()
    while True:
        try:
            send()
            return time.perf_counter() - begin
        except Busy:
            time.sleep(0.1)


def one_process(folder: Path, way: str, wave_id: int, letters: int) -> list[float]:
    """Send from eight threads; the seconds that every letter took."""
    app = create_app(settings_in(folder))

    def send() -> object:
        return keep(a_letter(wave_id), []) if way == "the writer" else directly(wave_id)

    def send_many(count: int) -> list[float]:
        with app.app_context():
            return [seconds_of(send) for _ in range(count)]

    with ThreadPoolExecutor(THREADS) as threads:
        return [one for many in threads.map(send_many, [letters // THREADS] * THREADS) for one in many]


def measure(way: str, letters: int) -> None:
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name).resolve()
        app = create_app(settings_in(folder))
        with app.app_context():
            db.create_all()
            wave_id = a_consultation(the_cast().mobility).waves[-1].id
            db.session.remove()
            db.engine.dispose()
        with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
            pool.starmap(one_process, [(folder, way, wave_id, THREADS)] * PROCESSES)  # everything is loaded
            begin = time.perf_counter()
            found = pool.starmap(one_process, [(folder, way, wave_id, letters // PROCESSES)] * PROCESSES)
            lasted = time.perf_counter() - begin
    times = sorted(one for many in found for one in many)
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    print(  # noqa: T201
        f"{way:>22}: {len(times) / lasted:6.0f} letters/s, half within {p50 * 1000:.1f} ms, "
        f"99 % within {p99 * 1000:.0f} ms, all within {times[-1] * 1000:.0f} ms"
    )


if __name__ == "__main__":
    for kind in WAYS:
        measure(kind, int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
