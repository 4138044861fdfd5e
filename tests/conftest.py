"""What every test stands on: an installation of its own, the cast, and a page client that is strict."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from dialogue import create_app
from dialogue.shared.database import db
from dialogue.shared.settings import Settings
from tests import databases
from tests.builders import Cast, the_cast
from tests.lock_guard import nothing_slow_holds_up_a_child  # noqa: F401 - it watches every test
from tests.pages import Pages
from tests.quick import make_applications_quickly

make_applications_quickly()
POSTGRESQL_PAGES = os.environ.get("POSTGRESQL_PAGES") != "0"


def settings_in(folder: Path, public_url: str = "http://localhost") -> Settings:
    """Local settings with everything in `folder`, and its database there or in PostgreSQL."""
    return Settings("local", folder, folder / "keys", public_url, database_url=databases.address(folder))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL: what has to do with the database; what is about SQLite itself is skipped and says why."""
    if not databases.ON_POSTGRESQL:
        for item in items:
            if item.get_closest_marker("postgresql"):
                item.add_marker(pytest.mark.skip(reason="PostgreSQL: TEST_DATABASE=postgresql runs it"))
        return
    apart = [item for item in items if not _is_for_postgresql(item)]
    config.hook.pytest_deselected(items=apart)
    items[:] = [item for item in items if item not in set(apart)]
    for item in items:
        if marker := item.get_closest_marker("sqlite"):
            item.add_marker(pytest.mark.skip(reason=f"SQLite: {marker.args[0]}"))


def _is_for_postgresql(item: pytest.Item) -> bool:
    """What has to do with the database; with POSTGRESQL_PAGES=0 no pages but those of the promises."""
    fixtures: list[str] = item.fixturenames  # type: ignore[attr-defined]
    if "storage" not in fixtures or item.get_closest_marker("journey"):
        return False
    return POSTGRESQL_PAGES or "pages" not in fixtures or "promises" in item.path.parts


@pytest.fixture(scope="session")
def storage() -> Iterator[None]:
    """The database server of the tests, where there is one; fixtures that make installations ask for it."""
    yield
    databases.stop()


@pytest.fixture(autouse=True)
def _released() -> Iterator[None]:
    """What a test wrote into databases of the server is gone after it; those of a whole module stay."""
    if not databases.ON_POSTGRESQL:
        yield
        return
    before = databases.server().in_use()
    yield
    databases.server().release(databases.server().in_use() - before)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory, storage: None) -> Path:
    """A fresh installation, made once: schema, keys and salt."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(settings_in(folder))
    with app.app_context():
        db.create_all()
        app.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
        db.session.remove()
        db.engine.dispose()
    if databases.ON_POSTGRESQL:
        databases.server().keep_as_template(folder)
        return folder
    with sqlite3.connect(folder / "dialogue.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder


@pytest.fixture
def instance(_template: Path, tmp_path: Path) -> Path:
    """The folder of an installation of this test alone."""
    folder = tmp_path / "instance"
    shutil.copytree(_template, folder)
    if databases.ON_POSTGRESQL:
        databases.server().prepare(folder)
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
def secure(instance: Path) -> Iterator[Flask]:
    """The same installation behind https."""
    app = create_app(settings_in(instance, "https://dialogue.example.be"))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
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
