"""Files that somebody brought are stored whole, under a harmless name, and never changed."""

import hashlib

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound
from dialogue.shared.files import Checked, forget, read, store


def stored(content: bytes = b"%PDF-", name: str = "verslag.pdf") -> int:
    file = Checked(content, name, "application/pdf")
    with writing():
        return store(file).id


def test_a_file_comes_back_as_it_was_brought(app: Flask) -> None:
    found = read(stored(b"%PDF-\0\xff" * 1000))
    assert (found.content, found.size) == (b"%PDF-\0\xff" * 1000, 7000)
    assert (found.sha256, found.media_type) == (hashlib.sha256(found.content).hexdigest(), "application/pdf")


@pytest.mark.parametrize(
    ("brought", "offered"),
    [
        ("verslag.pdf", "verslag.pdf"),
        ("../../etc/Foto van de drempel.JPEG", "foto-van-de-drempel.pdf"),
        ("C:\\foto's\\één.exe", "een.pdf"),
        ("\u202egpj.\u0000.pdf", "gpj.pdf"),
        ("图片.pdf", "bestand.pdf"),
        ("", "bestand.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("a" * 300 + ".pdf", "a" * 60 + ".pdf"),
        ('"\r\nSet-Cookie: x.pdf', "set-cookie-x.pdf"),
    ],
)
def test_odd_names_become_harmless(brought: str, offered: str) -> None:
    assert Checked(b"", brought, "application/pdf").safe_name == offered


def test_a_stored_file_is_deleted_but_never_changed(app: Flask) -> None:
    file_id = stored()
    with pytest.raises(DBAPIError), writing() as session:
        session.execute(text("UPDATE stored_file SET content = :other"), {"other": b"x"})
    assert read(file_id).content == b"%PDF-"
    with writing():
        forget(file_id)
    with pytest.raises(NotFound):
        read(file_id)


def test_who_only_reads_about_a_file_does_not_fetch_it(app: Flask) -> None:
    file_id = stored()
    db.session.expunge_all()
    assert "content" not in vars(read(file_id))
