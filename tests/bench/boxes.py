"""How fast a full letter box starts and opens, and how fast the answers in it are shown."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median

from flask import Flask
from sqlalchemy import insert

from dialogue import create_app
from dialogue.answering.letterbox import installation_key, seal
from dialogue.answering.models import Letter
from dialogue.answering.services import letter_body
from dialogue.consultations.models import Channel, Wave
from dialogue.people.models import StaffMember
from dialogue.questions.kinds import KINDS
from dialogue.results.jobs import open_boxes
from dialogue.results.models import Tally
from dialogue.results.publishing import publish
from dialogue.shared.bands import Band
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from tests.bench.children import QUESTIONS, Figures
from tests.conftest import settings_in
from tests.pages import Pages
from tests.promises.processes import Installation, make_installation

WAITING = 100_000
OPENED = 5_000
CHILDREN = {"10k": 10_000, "1m": 1_000_000}
SHARES = {"a": 0.1, "b": 0.2, "c": 0.4, "d": 0.25, "?": 0.04, "": 0.01}
LOOKS = 9


@contextmanager
def an_installation(places: int = 10) -> Iterator[tuple[Installation, Flask, Wave]]:
    """An installation, and its application with the round it asks."""
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name).resolve()
        installation = make_installation(folder, places, QUESTIONS)
        app = create_app(settings_in(folder))
        with app.app_context():
            yield installation, app, db.session.get_one(Wave, installation.wave_id)
            db.session.remove()
            db.engine.dispose()


def fill(wave: Wave, count: int, random: Random) -> None:
    """Put sealed letters of ten schools in the box."""
    instrument, places, rows = wave.instruments[-1], list(range(1, 11)), []
    for number in range(count):
        tag = new_key()
        answers = {f"q{number}": random.choice("abcd?") for number in range(1, 10)}
        words = {"q10": f"Ik wil {number} bomen en gras"}
        body = letter_body(instrument, random.choice(places), Channel.SELF, answers, words, {})
        sealed = seal(installation_key(), body, tag)
        rows.append({"tag": tag, "wave_id": wave.id, "fingerprint": new_key(), "body": sealed})
    with writing() as session:
        session.execute(insert(Letter), rows)


def start() -> Figures:
    """From the command to the first good answer after everything was killed, while 100,000 letters wait."""
    with an_installation() as (installation, _app, wave):
        for part in range(10):
            fill(wave, WAITING // 10, Random(part))
        try:
            installation.start_web()
            installation.stop()
            begin = time.perf_counter()
            installation.start_web()
            return {"start_s": time.perf_counter() - begin}
        finally:
            installation.stop()


def opening() -> Figures:
    """The job that opens a box, counts, publishes and empties the log."""
    with an_installation() as (_installation, _app, wave):
        fill(wave, OPENED, Random(2))
        begin = time.perf_counter()
        open_boxes()
        seconds = time.perf_counter() - begin
        left = db.session.query(Letter).count()
    return {"open_letters_per_s": (OPENED - left) / seconds}


def showing() -> Figures:
    """The page with the answers of few and of many children: their tallies are written directly, not as letters."""
    return {f"result_page_ms_{name}": page_of(children) for name, children in CHILDREN.items()}


def page_of(children: int) -> float:
    """The median milliseconds of the page for a round that so many children answered."""
    with an_installation() as (_installation, app, wave):
        with writing() as session:
            session.execute(insert(Tally), tallies(wave.id, children))
        publish({"wave": wave.id})
        pages = Pages(app).as_(db.session.query(StaffMember).filter_by(name="Cora").one())
        address = f"/desk/results/{wave.id}"
        pages.get(address)  # once with all checks; then the bare page
        return 1000 * median(seconds_of(pages, address) for _ in range(LOOKS))


def seconds_of(pages: Pages, address: str) -> float:
    begin = time.perf_counter()
    assert pages.client.get(address).status_code == 200
    return time.perf_counter() - begin


def tallies(wave_id: int, children: int) -> list[dict[str, object]]:
    """As if so many children of ten schools had answered nine questions."""
    rows = []
    for place in range(1, 11):
        shared = {"wave_id": wave_id, "band": Band.B, "place_id": place}
        rows.append(shared | {"item": "", "option": "", "count": children // 10})
        for item in QUESTIONS:
            if KINDS[item["kind"]].is_closed:
                rows += [
                    shared | {"item": item["key"], "option": option, "count": round(share * children / 10)}
                    for option, share in SHARES.items()
                ]
    return rows
