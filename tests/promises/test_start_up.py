"""In production Dialogue refuses to start where it could not keep its promises, and says why (promises.md, 4).

Every case is a process of its own, as systemd starts it.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest
from flask_migrate import upgrade

from app import serving
from dialogue import create_app
from dialogue.shared import sqlite as module
from dialogue.shared.database import db
from dialogue.shared.errors import SettingsError
from tests.conftest import settings_in
from tests.promises.processes import ROOT, SERVING, free_port

Change = Callable[[Path, dict[str, str]], object]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an operator has after section 3 of docs/installing.md: a database of today and keys apart."""
    folder = tmp_path_factory.mktemp("ready")
    app = create_app(settings_in(folder / "instance"))
    with app.app_context():
        upgrade()
        app.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
        db.session.remove()
        db.engine.dispose()
    (folder / "instance" / "keys").rename(folder / "keys")
    return folder


def debug(_folder: Path, environment: dict[str, str]) -> None:
    environment["FLASK_DEBUG"] = "1"


def short_secret(folder: Path, _environment: dict[str, str]) -> None:
    (folder / "keys" / "session").write_bytes(b"secret")


def default_secret(folder: Path, _environment: dict[str, str]) -> None:
    (folder / "keys" / "session").write_bytes(b"changemechangemechangemechangeme")


def no_secret(folder: Path, _environment: dict[str, str]) -> None:
    (folder / "keys" / "letterbox").unlink()


def keys_beside_the_database(folder: Path, environment: dict[str, str]) -> None:
    environment["DIALOGUE_KEYS"] = str((folder / "keys").rename(folder / "instance" / "keys"))


def public_over_http(_folder: Path, environment: dict[str, str]) -> None:
    environment["DIALOGUE_PUBLIC_URL"] = "http://dialogue.example.be"


def another_migration(folder: Path, _environment: dict[str, str]) -> None:
    with closing(sqlite3.connect(folder / "instance" / "dialogue.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
        database.commit()


def other_keys(folder: Path, _environment: dict[str, str]) -> None:
    (folder / "keys" / "pepper").write_bytes(os.urandom(32))


def network_share(_folder: Path, environment: dict[str, str]) -> None:
    environment["NETWORK_SHARE"] = "1"  # here nothing can be mounted; the reading of /proc/mounts has a test of its own


def nothing_wrong(_folder: Path, _environment: dict[str, str]) -> None:
    """So that the refusals are of what is wrong, and of nothing else."""


def settings_of(folder: Path) -> dict[str, str]:
    """The settings of an installation in this folder."""
    return {
        "DIALOGUE_MODE": "production",
        "DIALOGUE_INSTANCE": str(folder / "instance"),
        "DIALOGUE_KEYS": str(folder / "keys"),
        "DIALOGUE_PUBLIC_URL": "https://dialogue.example.be",
    }


def changed(ready: Path, folder: Path, change: Change) -> dict[str, str]:
    """A copy of what is ready, with one thing changed: its settings."""
    shutil.copytree(ready, folder)
    settings = settings_of(folder)
    change(folder, settings)
    return settings


def start(ready: Path, folder: Path, change: Change) -> tuple[int, str]:
    """Start it in a process of its own: how that ended, and what it said."""
    settings = changed(ready, folder, change)
    process = get_context("fork").Process(target=_serve, args=(settings, folder / "said"))
    process.start()
    process.join()
    return process.exitcode or 0, (folder / "said").read_text()


def _serve(settings: dict[str, str], said: Path) -> None:
    os.environ |= settings
    if "NETWORK_SHARE" in settings:
        module.filesystem_of = lambda _path: "nfs4"
    try:
        serving()
    except SettingsError as refusal:
        said.write_text(f"SettingsError: {refusal}")
        os._exit(1)
    said.write_text("serves")
    os._exit(0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (debug, "FLASK_DEBUG"),
        (short_secret, "short or not random"),
        (default_secret, "short or not random"),
        (no_secret, "letterbox is missing"),
        (keys_beside_the_database, "inside DIALOGUE_INSTANCE"),
        (public_over_http, "https://"),
        (another_migration, "db upgrade"),
        (network_share, "network file system (nfs4)"),
        (other_keys, "not those of this database"),
    ],
)
def test_production_refuses_to_start(ready: Path, tmp_path: Path, change: Change, words: str) -> None:
    code, said = start(ready, tmp_path / "here", change)
    assert code == 1
    assert "SettingsError: " in said
    assert words in said


def test_with_nothing_wrong_it_serves(ready: Path, tmp_path: Path) -> None:
    assert start(ready, tmp_path / "here", nothing_wrong) == (0, "serves")


def test_gunicorn_itself_does_not_start_where_the_program_refuses(ready: Path, tmp_path: Path) -> None:
    shutil.copytree(ready, tmp_path / "here")
    settings = {"DIALOGUE_MODE": "production", "DIALOGUE_INSTANCE": str(tmp_path / "here"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "gunicorn", SERVING, "--bind", f"127.0.0.1:{free_port()}"]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "inside DIALOGUE_INSTANCE" in ended.stderr
