"""What every test stands on: an installation of its own, the cast, and a page client that is strict."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from dialogue import create_app
from dialogue.shared.database import db
from dialogue.shared.settings import Settings
from tests.builders import Cast, the_cast
from tests.lock_guard import nothing_slow_holds_up_a_child  # noqa: F401 - it watches every test
from tests.pages import Pages


def settings_in(folder: Path, public_url: str = "http://localhost") -> Settings:
    """Local settings with everything in `folder`."""
    return Settings("local", folder, folder / "keys", public_url)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh installation, made once: schema, keys and salt."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(settings_in(folder))
    with app.app_context():
        db.create_all()
        app.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
        db.session.remove()
        db.engine.dispose()
    with sqlite3.connect(folder / "dialogue.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder


@pytest.fixture
def instance(_template: Path, tmp_path: Path) -> Path:
    """The folder of an installation of this test alone."""
    folder = tmp_path / "instance"
    shutil.copytree(_template, folder)
    return folder


@pytest.fixture
def app(instance: Path) -> Iterator[Flask]:
    """An application over `instance`, with its context open."""
    app = create_app(settings_in(instance))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Oudenhove with its departments and people: Ada, Ben, Cleo, Cora, Ines and Sam."""
    return the_cast()


@pytest.fixture
def pages(app: Flask) -> Pages:
    """A strict client that is nobody; `pages.as_(cast.ada)` signs in."""
    return Pages(app)
