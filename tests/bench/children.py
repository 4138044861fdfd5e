"""What a child costs, beside the floor: processor, children a second, how long they wait, memory."""

import tempfile
from pathlib import Path
from random import Random

from tests.bench.phones import Child, a_child, ask, crowd, measured, megabytes_of, workers
from tests.builders import a_choice, own_words
from tests.promises.processes import SERVING, Installation, make_installation

CHILDREN = 1500
WARM = 100
FLOOR = "tests.bench.floor:serving()"
QUESTIONS = [*(a_choice(f"q{number}") for number in range(1, 10)), own_words("q10")]
Figures = dict[str, float]


def one_run(seed: int) -> Figures:
    """Dialogue and the floor, one after the other, under the same children."""
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name).resolve()
        installation = make_installation(folder, 10, QUESTIONS)
        found = under_load(installation, SERVING, Random(seed))
        floor = under_load(installation, FLOOR, Random(seed))
    return found | {f"floor_{name}": floor[name] for name in ("child_cpu_ms", "children_per_s", "p99_ms_half_load")}


def under_load(installation: Installation, program: str, random: Random) -> Figures:
    """As many children as come through, then half as many a second."""

    def children(count: int) -> list[Child]:
        path = f"/p/{random.choice(installation.places)}/{installation.code}/B/nl"
        return [a_child(path, installation.instrument, random) for _ in range(count)]

    installation.program = program
    installation.start_web()
    try:
        port, pids = installation.port, workers(installation.web)
        crowd(port, children(WARM))
        page = ask(port, children(1)[0].page).partition(b"\r\n\r\n")[2]
        (installation.folder / "page").write_bytes(page)
        many = children(CHILDREN)
        (lasted, _), cpu = measured(pids, lambda: crowd(port, many))
        waited = sorted(crowd(port, children(CHILDREN), CHILDREN / lasted / 2)[1])
        return {
            "child_cpu_ms": 1000 * cpu / CHILDREN,
            "children_per_s": CHILDREN / lasted,
            "p99_ms_half_load": 1000 * waited[CHILDREN * 99 // 100],
            "worker_mb": max(map(megabytes_of, pids)),
        }
    finally:
        installation.stop()
