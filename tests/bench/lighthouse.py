"""Lighthouse looks at the pages of children as a telephone with a slow network would: `make lighthouse`. Not a test.

It needs Chromium (`CHROME_PATH` says where else it is) and npx of npm, which fetches Lighthouse; `LIGHTHOUSE` names
another command. The page is that of the example municipality, served by gunicorn as docs/installing.md says. How fast a
page is depends on what else the machine does: look at it when nothing else runs.
"""
# ruff: noqa: T201

import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from flask_migrate import upgrade

from dialogue import create_app
from dialogue.shared.bands import Band
from dialogue.shared.database import db
from tests.chromium import CHROMIUM
from tests.conftest import settings_in
from tests.promises.processes import Installation

RUNS, TRIES = 3, 3
TOOL = shlex.split(os.environ.get("LIGHTHOUSE", "npx --yes lighthouse@12"))
BROWSER = os.environ.get("CHROME_PATH", CHROMIUM)
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
CATEGORIES = ("performance", "accessibility", "best-practices")
ADDRESS = "http://localhost"
Report = Mapping[str, Any]


@contextmanager
def the_example() -> Iterator[tuple[Installation, dict[str, str]]]:
    """The example municipality with a web server, and what there is to look at: name -> path."""
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name).resolve()
        app = create_app(settings_in(folder, ADDRESS))
        with app.app_context():
            upgrade()
            runner = app.test_cli_runner()
            runner.invoke(args=["setup"], catch_exceptions=False)
            doors = json.loads(runner.invoke(args=["demo", "--json"], catch_exceptions=False).stdout)
            db.session.remove()
            db.engine.dispose()
        installation = Installation(folder, 0, "", "", [])
        installation.start_web()
        try:
            yield installation, pages(doors)
        finally:
            installation.stop()


def pages(doors: Mapping[str, str]) -> dict[str, str]:
    """The first question of each band, and what else a child opens: the path by name."""
    paths = {name: doors[name].removeprefix(ADDRESS) for name in ("consultation", "place", "public", "receipt")}
    asked = paths.pop("consultation")
    return {f"first question, {band}": f"{asked}/{band}/nl" for band in Band} | paths


def looked_at(url: str) -> Report:
    """What Lighthouse finds on one page."""
    only = f"--only-categories={','.join(CATEGORIES)}"
    command = [*TOOL, url, "--quiet", "--output=json", only, f"--chrome-flags={FLAGS}"]
    surroundings = os.environ | {"CHROME_PATH": BROWSER}
    for _try in range(TRIES):  # now and then it misses the beginning of a page, and says: run it again
        ran = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
        if ran.returncode == 0:
            report: Report = json.loads(ran.stdout)
            return report
    sys.exit(f"Lighthouse did not work:\n{ran.stderr}")


def scores(reports: list[Report]) -> list[int]:
    """The median of each category, of 100."""
    return [round(100 * median(one["categories"][name]["score"] for one in reports)) for name in CATEGORIES]


def below(report: Report) -> Iterator[str]:
    """What keeps a category from 100: the audits that count, with what they say."""
    for name in CATEGORIES:
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{audit['id']} {audit.get('displayValue', '')}".strip()


def missing() -> list[str]:
    """What this machine lacks."""
    needed = {TOOL[0]: "npm, or LIGHTHOUSE=<command>", BROWSER: "chromium, or CHROME_PATH=<file>"}
    return [f"{tool} is not there: install {what}." for tool, what in needed.items() if not shutil.which(tool)]


def main() -> None:
    """Print a table."""
    if lacking := missing():
        sys.exit("\n".join(lacking))
    load = os.getloadavg()[0]
    print(f"{date.today()}, {os.cpu_count()} cores, {platform.machine()}, load {load:.1f}, median of {RUNS} runs\n")
    print(f"{'':20} {'performance':>12} {'accessibility':>14} {'best practices':>15}  below 100 in the last run")
    with the_example() as (installation, paths):
        for name, path in paths.items():
            reports = [looked_at(f"http://127.0.0.1:{installation.port}{path}") for _run in range(RUNS)]
            speed, access, practice = scores(reports)
            print(f"{name:20} {speed:>12} {access:>14} {practice:>15}  {', '.join(below(reports[-1]))}", flush=True)


if __name__ == "__main__":
    main()
