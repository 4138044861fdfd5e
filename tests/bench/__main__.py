"""How fast Dialogue is: `make bench`, or `make bench JSON=figures.json`. Not a test; some minutes.

Every figure is the median of three runs, but two that take long. What a child costs is measured beside a floor, in the
same run and by turns, because the processor of another machine, or the neighbours of this one, make everything slower
or faster together.
"""
# ruff: noqa: T201

import json
import os
import platform
import sys
import warnings
from datetime import date
from pathlib import Path
from statistics import median

from tests.bench import bad, boxes, children, reports, shared
from tests.bench.children import Figures

RUNS = 3
FIGURES = {
    "child_cpu_ms": "processor for one child: page and letter",
    "floor_cpu_ms": "the same of the floor: bare Flask, same bytes, durable",
    "child_to_floor": "one child against the floor (promised: at most 1.7)",
    "children_per_s": "children a second, at most",
    "floor_children_per_s": "the same of the floor",
    "p99_ms_half_load": "99 % of children had page and receipt within, at half of that",
    "floor_p99_ms_half_load": "the same of the floor",
    "worker_mb": "memory of a web process after all that",
    "open_letters_per_s": "letters opened and counted a second (5,000 in the box)",
    "start_s": "seconds from start to ready after a kill, 100,000 letters in the box",
    "result_page_ms_10k": "page with the answers of 10,000 children",
    "result_page_ms_1m": "page with the answers of 1,000,000 children",
    "postgres_posts_per_s": "letters a second, kept by PostgreSQL on the same machine",
    "dead_ends_ms_1m": "report of what has no answer: 1,000,000 children, 100,000 words, 500 signals",
    "public_page_ms_500": "page for everybody with 500 signals",
    "decide_page_ms": "page of one signal, to propose or decide",
    "bad_request_p99_ms": "99 % of some 1,000 generated bad requests were answered within",
}


def one_run(seed: int) -> Figures:
    """What moves from run to run."""
    found = children.one_run(seed) | boxes.opening() | boxes.showing() | shared.posts()
    found["floor_cpu_ms"] = found.pop("floor_child_cpu_ms")
    return found | {"child_to_floor": found["child_cpu_ms"] / found["floor_cpu_ms"]}


def measure() -> dict[str, float]:
    """The median of every figure; a start with a full box, bad requests and reports are measured once."""
    runs, once = [one_run(seed) for seed in range(RUNS)], boxes.start() | bad.answering() | reports.reporting()
    return {name: round(once[name] if name in once else median(run[name] for run in runs), 2) for name in FIGURES}


def main(file: str = "") -> None:
    """Print a table; write it to `file` too."""
    warnings.simplefilter("ignore")
    found = measure()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{date.today()}, {machine}, median of {RUNS} runs\n")
    for name, value in found.items():
        print(f"{name:>24} {value:>10}  {FIGURES[name]}")
    if file:
        Path(file).write_text(json.dumps(found | {"date": f"{date.today()}", "machine": machine}, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
