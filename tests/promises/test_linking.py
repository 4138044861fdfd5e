"""Whoever takes the disk, a backup and the logs cannot tell who said what, nor in which order; and no trace of a child
is anywhere in them.

`SOAK=1` (`make soak`): 2,000 children.
"""

import base64
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest
from flask import Flask

from dialogue import create_app, jobs
from dialogue.answering.receipt import derive, key, word_list
from dialogue.backup import back_up
from dialogue.consultations.models import Wave
from dialogue.consultations.round_services import close_wave
from dialogue.results import jobs as opening_jobs
from dialogue.results import opening
from dialogue.results.lots import Lot
from dialogue.shared import traces
from dialogue.shared.database import db, writing
from tests.conftest import settings_in
from tests.databases import ON_POSTGRESQL, Store, address
from tests.promises.linking import CLOSED, LETTER, TEXT, WORDS, Child, narrow_columns, order_in, ordered, told
from tests.promises.phones import Letter, post
from tests.promises.processes import SOAK, Installation, make_installation
from tests.promises.test_backup import _tools
from tests.promises.thief import Thief

__all__ = ["_tools"]
CHILDREN = 2000 if SOAK else 600
AT_A_TIME = 60  # children between two looks of the jobs
SMALL_PLACES = (1, 3, 12)  # children; all others are at the last place
VISITOR = {"X-Forwarded-For": "203.0.113.77", "User-Agent": "CanaryBrowser/9", "Accept-Language": "tlh-KL"}
BACKUP = "backup.dump" if ON_POSTGRESQL else "backup.db"
CANARY = "Een kanariegeel zwembad op het dak van de bibliotheek"
RECEIPT = [word_list("nl")[number] for number in (1999, 42, 1234, 777)]
Send = Callable[[Letter], int]


@pytest.fixture
def installation(tmp_path: Path, storage: None) -> Iterator[Installation]:
    made = make_installation(tmp_path / "watched", places=len(SMALL_PLACES) + 1)
    yield made
    made.stop()


@pytest.fixture
def inside(installation: Installation) -> Iterator[Flask]:
    """The jobs' side of the installation."""
    app = create_app(settings_in(installation.folder))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def lots(monkeypatch: pytest.MonkeyPatch) -> dict[bytes, int]:
    """In which lot each letter is opened, and in which groups."""
    seen: dict[bytes, int] = {}

    def store(lot: Lot) -> bool:
        done = real(lot)
        number = len(set(seen.values()))
        seen.update(dict.fromkeys(lot.tags if done else [], number))
        return done

    real = opening.store
    monkeypatch.setattr(opening, "store", store)
    return seen


def letters_of(installation: Installation, count: int) -> list[Letter]:
    """Children in the order in which they come, of all places mixed, in two languages."""
    random = Random()
    at = [place for place, many in zip(installation.places, SMALL_PLACES, strict=False) for _ in range(many)]
    at += [installation.places[-1]] * (count - len(at))
    random.shuffle(at)
    return [
        installation.letter(random, place, random.choice(["nl", "en"]), f"{random.randbytes(8).hex()} bomen")
        for place in at
    ]


def come_and_open(letters: list[Letter], send: Send, wave_id: int) -> None:
    """The children come one by one, the jobs look now and then; at last the round closes."""
    for start in range(0, len(letters), AT_A_TIME):
        assert {send(letter) for letter in letters[start : start + AT_A_TIME]} == {201}
        jobs.run_all()
    with writing() as session:
        close_wave("system", session.get_one(Wave, wave_id))
    jobs.run_all()


def children_of(installation: Installation, letters: list[Letter], lots: Mapping[bytes, int]) -> list[Child]:
    """What the tests know of each child, and the attacker wants to know."""
    groups = dict(db.session.execute(db.text("SELECT tag, place_id FROM response")).all())
    db.session.remove()
    found = []
    for number, letter in enumerate(letters):
        sent = installation.tag_of("response", letter.response_key)
        closed = installation.opened(sent)
        words = installation.tag_of("said", letter.said_key)
        marks = {CLOSED: closed, WORDS: words, TEXT: letter.text.encode(), LETTER: sent}
        found.append(Child(number, marks, lots[sent], groups[closed]))
    return found


@pytest.fixture
def thief(installation: Installation) -> Thief:
    return Thief(installation.folder)


def send_canary(installation: Installation) -> None:
    """A child without script: the server itself sees its four words."""
    form = {"instrument": installation.instrument, "step": "send", "q1": "a", "q2": CANARY, "words": " ".join(RECEIPT)}
    kind = "application/x-www-form-urlencoded"
    path = f"/p/{installation.places[0]}/{installation.code}/B/nl"
    answer = post(installation.port, path, urlencode(form).encode(), kind, **VISITOR)
    assert b"Bewaard" in answer.body


def secrets_of_canary(salt: bytes) -> dict[str, list[bytes]]:
    """What no file may hold: the receipt in all spellings, and who sent it from where with what."""
    master = derive(" ".join(RECEIPT), salt)
    raw = [master, *(key(master, name) for name in ("response", "said/0"))]
    spelled = [text for one in raw for text in (one, one.hex().encode(), base64.b64encode(one)[:-1])]
    spelled += [base64.urlsafe_b64encode(one)[:-1] for one in raw]
    return {
        "receipt": [*(sign.join(RECEIPT).encode() for sign in (" ", "-", "+", "%20", ", ")), *spelled],
        "visitor": [*(text.encode() for text in VISITOR.values()), b"203.0.113", b"CanaryBrowser"],
    }


def holding(folder: Path, *texts: bytes) -> list[str]:
    """Files that hold one of these, once for every time."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files for text in texts for _ in range(path.read_bytes().count(text))]


def test_nobody_can_be_joined_or_ordered_and_no_trace_is_left(
    installation: Installation,
    inside: Flask,
    lots: dict[bytes, int],
    thief: Thief,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    installation.start_web()
    send_canary(installation)
    letters = letters_of(installation, CHILDREN)
    before = thief.takes(tmp_path / "before")

    def send(letter: Letter) -> int:
        return post(installation.port, letter.path, letter.raw, **VISITOR).status

    come_and_open(letters, send, installation.wave_id)
    children = children_of(installation, letters, lots)
    (salt,) = db.session.execute(db.text("SELECT salt FROM installation")).one()
    db.session.remove()
    back_up(inside.extensions["dialogue"].settings, installation.folder / BACKUP)
    (installation.folder / "jobs.log").write_text(caplog.text)
    after = thief.takes(tmp_path / "after")

    assert len(set(lots.values())) > 5, "lots were opened while children came"
    assert holding(before, CANARY.encode()) == []
    kept = holding(after, CANARY.encode())
    assert "write-ahead log" in kept if ON_POSTGRESQL else kept == ["backup.db", "dialogue.db"]
    for texts in secrets_of_canary(salt).values():
        assert holding(before, *texts) == holding(after, *texts) == []
    assert told(thief.looks(after, children), children) == []
    with installation.looking() as store:
        assert narrow_columns(store) == []


@pytest.mark.sqlite("its write-ahead log")
def test_the_log_of_the_database_is_emptied_also_when_the_jobs_were_stopped_in_between(
    installation: Installation,
    inside: Flask,
    lots: dict[bytes, int],
    thief: Thief,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    phone, letters = inside.test_client(), letters_of(installation, 150)

    def send(letter: Letter) -> int:
        return phone.post(letter.path, data=letter.raw, content_type="application/json").status_code

    with monkeypatch.context() as patch:
        patch.setattr(opening_jobs, "forget_order", lambda _table: False)
        patch.setattr(traces, "forget_order", lambda _table: False)
        come_and_open(letters, send, installation.wave_id)
    children = children_of(installation, letters, lots)
    stopped = ordered(thief.looks(thief.takes(tmp_path / "stopped"), children), children, LETTER)
    assert any("dialogue.db-wal" in one for one in stopped)

    with create_app(settings_in(installation.folder)).app_context():
        jobs.run_all()
        db.session.remove()
        db.engine.dispose()
    seen = thief.looks(thief.takes(tmp_path / "again"), children)
    assert told(seen, children) == ordered(seen, children, LETTER) == []


def test_nothing_of_a_letter_stands_in_what_comes_out_of_it(
    installation: Installation, inside: Flask, lots: dict[bytes, int]
) -> None:
    phone, sealed = inside.test_client(), set()

    def send(letter: Letter) -> int:
        status = phone.post(letter.path, data=letter.raw, content_type="application/json").status_code
        with installation.looking() as store:
            sealed.update(value for row in store.execute("SELECT * FROM letter") for value in row)
        return status

    come_and_open(letters_of(installation, 60), send, installation.wave_id)
    assert len(lots) == 60
    with installation.looking() as store:
        for table in ("response", "contribution"):
            rows = store.execute(f"SELECT * FROM {table}").fetchall()
            shared = {value for row in rows for value in row if not isinstance(value, dict)} & sealed
            assert shared <= {None, installation.wave_id}, table


def careless_children(folder: Path) -> list[Child]:
    """What is left when the answers of every child are written as it comes, in tables with row ids."""
    random, made = Random(), []
    kind = "bytea" if ON_POSTGRESQL else "blob"
    with closing(store_in(folder)) as store:
        store.execute(f"CREATE TABLE response (tag {kind}, place_id integer)")
        store.execute(f"CREATE TABLE contribution (tag {kind}, text text, place_id integer)")
        for number in range(300):
            closed, words, text = random.randbytes(16), random.randbytes(16), f"{random.randbytes(8).hex()} bomen"
            store.execute("BEGIN")
            store.execute("INSERT INTO response VALUES (?, 1)", [closed])
            store.execute("INSERT INTO contribution VALUES (?, ?, 1)", [words, text])
            store.execute("COMMIT")
            made.append(Child(number, {CLOSED: closed, WORDS: words, TEXT: text.encode()}, number // 15))
    return made


def store_in(folder: Path) -> Store:
    """An empty database."""
    folder.mkdir(exist_ok=True)
    address(folder)
    return Store(folder)


CARELESS = {
    False: (
        "order of closed answers by dialogue.db: response",
        "order of own words by dialogue.db: contribution",
        "order of their text by dialogue.db: byte in the page of the first",
        "300 own words by dialogue.db: contribution and closed answers by dialogue.db: response, where",
    ),
    True: (
        "order of closed answers by row of response",
        "order of own words by transaction of contribution",
        "order of their text by write-ahead log: first byte",
        "300 own words by transaction of contribution and closed answers by transaction of response, where",
    ),
}


def test_answers_written_child_by_child_would_be_noticed(tmp_path: Path, storage: None) -> None:
    store_in(tmp_path / "careless").close()
    thief = Thief(tmp_path / "careless")
    children = careless_children(thief.folder)
    seen = thief.looks(thief.takes(tmp_path / "taken"), children)
    rows = order_in(seen["row of response" if ON_POSTGRESQL else "dialogue.db: response"], children, CLOSED)
    assert rows is not None
    assert rows.correlation == pytest.approx(1)
    found = "\n".join(told(seen, children))
    for trace in CARELESS[ON_POSTGRESQL]:
        assert trace in found


def test_a_number_of_the_child_in_both_tables_would_be_noticed(tmp_path: Path, storage: None) -> None:
    with closing(store_in(tmp_path / "careless")) as store:
        for table, column in (("response", "child"), ("contribution", "author")):
            store.execute(f"CREATE TABLE {table} ({column} text, wave_id text)")
            store.execute_many(f"INSERT INTO {table} VALUES (?, 1)", [[f"child {number}"] for number in range(30)])
        assert set(narrow_columns(store)) == {"child = author"}
