"""Nothing gets in by its size: 200 MB at any door has a clear answer, is never read in whole, and is not kept."""

import io

import pytest
from flask import Flask
from sqlalchemy import func, select

from dialogue.ledger.models import Entry
from dialogue.shared.actor import MUNICIPALITY_WIDE, Role
from dialogue.shared.database import db
from dialogue.shared.models import StoredFile
from tests.builders import Cast, a_staff_member
from tests.pages import Page, Pages, check
from tests.promises.house import Records
from tests.web.routes import Door, guarded

HUGE = 200 * 1024 * 1024
ORDINARY = ("decisions.record", "feedback.save", "duties.extend")  # doors of forms without a file
BEGINNING = b'--x\r\nContent-Disposition: form-data; name="file"; filename="bewijs.pdf"\r\n\r\n%PDF-1.7\n'
TYPE = "multipart/form-data; boundary=x"


class Endless(io.RawIOBase):
    """A file that is sent as long as somebody reads it; `given` is how much that was."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        part = (BEGINNING if not self.given else b"").ljust(len(buffer), b"\0")[: min(len(buffer), HUGE - self.given)]
        buffer[: len(part)] = part
        self.given += len(part)
        return len(part)


def most(app: Flask, door: Door) -> int:
    """How many bytes this door takes at most."""
    return getattr(app.view_functions[door.endpoint], "most_bytes", app.config["MAX_CONTENT_LENGTH"])


def kept() -> tuple[int, int]:
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (StoredFile, Entry))


@pytest.mark.parametrize("says_its_size", [True, False])
def test_200_mb_is_refused_clearly_and_not_read(
    app: Flask, pages: Pages, cast: Cast, records: Records, says_its_size: bool
) -> None:
    every = [(role, None if role in MUNICIPALITY_WIDE else cast.mobility) for role in Role]
    client = pages.as_(a_staff_member(cast.town, "Mighty", *every)).client
    posts = [door for door in guarded(app) if door.method == "POST"]
    doors = [door for door in posts if most(app, door) > app.config["MAX_CONTENT_LENGTH"] or door.endpoint in ORDINARY]
    before = kept()
    for door in doors:
        path, sent = door.address(records | records.get(door.endpoint.split(".")[0], {})), Endless()
        size = {"CONTENT_LENGTH": str(HUGE)} if says_its_size else {"wsgi.input_terminated": True}
        answer = client.post(path, content_type=TYPE, environ_overrides={"wsgi.input": sent} | size)
        assert answer.status_code == 413, door.endpoint
        assert "Dit is te groot. Maak het korter of kleiner" in check(Page(answer), path).text, door.endpoint
        assert sent.given <= (0 if says_its_size else most(app, door) + 64 * 1024), door.endpoint
    assert len(doors) > len(ORDINARY) + 5
    assert kept() == before
