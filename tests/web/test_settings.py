"""Settings: each stands in docs/installing.md, and a wrong one refuses the start."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app import serving
from dialogue.shared import sqlite as module
from dialogue.shared.errors import SettingsError
from dialogue.shared.keys import load, make
from dialogue.shared.settings import NAMES, from_environment
from dialogue.shared.sqlite import filesystem_of

ROOT = Path(__file__).parents[2]
INSTALLING = ROOT / "docs" / "installing.md"


def production(tmp_path: Path, **changes: str) -> dict[str, str]:
    return {
        "DIALOGUE_MODE": "production",
        "DIALOGUE_INSTANCE": str(tmp_path / "instance"),
        "DIALOGUE_KEYS": str(tmp_path / "keys"),
        "DIALOGUE_PUBLIC_URL": "https://dialogue.example.be",
    } | changes


def test_every_setting_stands_in_the_table_of_the_manual() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", INSTALLING.read_text(), re.MULTILINE)
    assert sorted(rows) == sorted(NAMES)


def test_no_setting_is_read_that_has_no_name_in_the_list() -> None:
    files = {ROOT / "app.py", *(ROOT / "dialogue").rglob("*.py")} - set((ROOT / "dialogue" / "web").glob("*.py"))
    code = "\n".join(path.read_text() for path in files)  # in web, environ is that of a request
    used = set(re.findall(r"environ(?:\.get\(|\[)[\"']([A-Z_]+)[\"']", code))
    assert used - set(NAMES) == {"FLASK_DEBUG"}


def test_every_command_in_the_manual_exists(app: Flask) -> None:
    named = set(re.findall(r"flask --app app ([a-z-]+)", INSTALLING.read_text()))
    assert len(named) > 6
    assert named <= set(app.cli.commands) | {"db"}


def test_good_production_settings_are_accepted(tmp_path: Path) -> None:
    settings = from_environment(production(tmp_path))
    assert settings.production
    assert settings.https
    assert settings.public_host == "dialogue.example.be"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"DIALOGUE_PUBLIC_URL": "http://dialogue.example.be"}, "https://"),
        ({"DIALOGUE_PUBLIC_URL": "dialogue.example.be"}, "must look like"),
        ({"DIALOGUE_PUBLIC_URL": "https://dialogue.example.be/path"}, "must look like"),
        ({"DIALOGUE_MODE": "staging"}, "local or production"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"DIALOGUE_PROXIES": "yes"}, "number of proxies"),
        ({"DATABASE_URL": "mysql://host/dialogue"}, "DATABASE_URL must look like postgresql://"),
        ({"DATABASE_URL": "postgresql://host"}, "DATABASE_URL must look like postgresql://"),
        ({"DATABASE_URL": "postgresql://host:port/dialogue"}, "DATABASE_URL must look like postgresql://"),
        ({"DIALOGUE_PROXIES": "-1"}, "number of proxies"),
        ({"DIALOGUE_METRICS_PORT": "99999"}, "number of a port"),
        ({"REDIS_URL": "10.0.0.5:6379"}, "redis://"),
    ],
)
def test_settings_that_break_a_promise_refuse_the_start(tmp_path: Path, changes: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(words)):
        from_environment(production(tmp_path, **changes))


@pytest.mark.parametrize("keys", ["instance", "instance/keys", "instance/a/b", "instance/../instance/keys"])
def test_keys_inside_the_instance_folder_refuse_the_start(tmp_path: Path, keys: str) -> None:
    with pytest.raises(SettingsError, match="inside"):
        from_environment(production(tmp_path, DIALOGUE_KEYS=str(tmp_path / keys)))


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "ceph", "fuse.glusterfs"])
def test_a_network_file_system_refuses_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(module, "filesystem_of", lambda _path: kind)
    with pytest.raises(SettingsError, match=kind):
        from_environment(production(tmp_path))


def test_an_sqlite_that_cannot_be_migrated_refuses_the_start_unless_it_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(SettingsError, match=r"3\.35 or newer"):
        from_environment(production(tmp_path))
    assert from_environment(production(tmp_path, DATABASE_URL="postgresql://db.example.be/dialogue")).production


def test_the_file_system_is_that_of_the_deepest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda / ext4 rw 0 0\nserver:/x /srv nfs4 rw 0 0\n/dev/sdb /srv/local xfs rw 0 0\n")
    assert filesystem_of(Path("/home/x"), mounts) == "ext4"
    assert filesystem_of(Path("/srv/data"), mounts) == "nfs4"
    assert filesystem_of(Path("/srv/local/data"), mounts) == "xfs"
    assert filesystem_of(Path("/srvx"), mounts) == "ext4"


def test_of_two_mounts_at_one_place_the_last_one_counts_and_spaces_in_names_are_read(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda / xfs rw 0 0\n/dev/sdb /srv xfs rw 0 0\nx:/y /srv nfs4 rw 0 0\nx:/z /a\\040b cifs rw 0 0\n"
    )
    assert filesystem_of(Path("/srv/data"), mounts) == "nfs4"
    assert filesystem_of(Path("/a b/data"), mounts) == "cifs"


def test_all_complaints_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        from_environment(production(tmp_path, DIALOGUE_PUBLIC_URL="http://x.be", FLASK_DEBUG="1"))
    assert str(error.value).count("\n- ") == 2


@pytest.mark.parametrize("secret", [b"", b"short", bytes(32), b"ab" * 16])
def test_a_missing_short_or_invented_key_refuses_the_start(tmp_path: Path, secret: bytes) -> None:
    make(tmp_path)
    (tmp_path / "session").write_bytes(secret)
    with pytest.raises(SettingsError, match="session"):
        load(tmp_path)


def test_production_does_not_make_keys_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in production(tmp_path).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match="make-keys"):
        serving()
    assert not list(tmp_path.rglob("pepper"))


def test_an_empty_database_refuses_to_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in production(tmp_path).items():
        monkeypatch.setenv(name, value)
    make(tmp_path / "keys")
    with pytest.raises(SettingsError, match="db upgrade"):
        serving()


def test_keys_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    make(tmp_path / "keys")
    assert [path for path in (tmp_path / "keys").iterdir() if path.stat().st_mode & 0o077] == []


def test_an_existing_key_is_never_replaced(tmp_path: Path) -> None:
    make(tmp_path)
    before = load(tmp_path)
    make(tmp_path)
    assert load(tmp_path) == before
