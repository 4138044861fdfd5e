"""What a child costs, beside the floor: processor, children a second, how long they wait, memory."""

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

from tests.bench.phones import Child, a_child, ask, crowd, measured, megabytes_of, workers
from tests.builders import a_choice, own_words
from tests.promises.processes import WEB, Installation, free_port, make_installation

CHILDREN = 1500
TURNS = 6
FLOOR = "tests.bench.floor:serving()"
QUESTIONS = [*(a_choice(f"q{number}") for number in range(1, 10)), own_words("q10")]
Figures = dict[str, float]


def one_run(seed: int) -> Figures:
    """Dialogue and the floor, by turns, under the same children: what the neighbours do touches both."""
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name).resolve()
        ours = make_installation(folder, 10, QUESTIONS)
        floor = replace(ours, program=FLOOR, port=free_port())
        try:
            ours.start_web()
            page = ask(ours.port, some_children(ours, 1, Random(seed))[0].page).partition(b"\r\n\r\n")[2]
            (folder / "page").write_bytes(page)
            floor.start_web([option for option in WEB if option != "--preload"])  # its thread would not be forked
            return under_load({"": ours, "floor_": floor}, Random(seed))
        finally:
            ours.stop()
            floor.stop()


def some_children(installation: Installation, count: int, random: Random) -> list[Child]:
    path = f"/p/{random.choice(installation.places)}/{installation.code}/B/nl"
    return [a_child(path, installation.instrument, random) for _ in range(count)]


def under_load(servers: dict[str, Installation], random: Random) -> Figures:
    """Turn by turn as many children as come through; then, at each server, half as many a second."""
    pids = {name: workers(server.web) for name, server in servers.items() if server.web}
    lasted, cpu, found = dict.fromkeys(servers, 0.0), dict.fromkeys(servers, 0.0), Figures()
    for turn in range(-1, TURNS):  # the first is for warming up
        for name, server in servers.items():
            many = some_children(server, CHILDREN // TURNS, random)
            (seconds, _), spent = measured(pids[name], partial(crowd, server.port, many))
            if turn >= 0:
                lasted[name] += seconds
                cpu[name] += spent
    for name, server in servers.items():
        found[f"{name}child_cpu_ms"] = 1000 * cpu[name] / CHILDREN
        found[f"{name}children_per_s"] = CHILDREN / lasted[name]
        half = crowd(server.port, some_children(server, CHILDREN, random), CHILDREN / lasted[name] / 2)
        found[f"{name}p99_ms_half_load"] = 1000 * sorted(half[1])[CHILDREN * 99 // 100]
    return found | {"worker_mb": max(map(megabytes_of, pids[""]))}
