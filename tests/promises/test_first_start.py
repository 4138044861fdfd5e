"""Who installs Dialogue as docs/installing.md says comes to a program that serves; commands refuse what they must."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dialogue.shared.keys import NAMES
from tests.databases import address
from tests.promises.processes import ROOT
from tests.promises.test_start_up import (
    Change,
    another_migration,
    changed,
    no_secret,
    other_keys,
    ready,
    settings_of,
    short_secret,
)

__all__ = ["ready"]
MANUAL = (ROOT / "docs" / "installing.md").read_text()
FIRST_START = MANUAL[MANUAL.index("## 3.") : MANUAL.index("## 4.")]
SCRIPT, COMMANDS = re.findall(r"```sh\n(.*?)```", FIRST_START, re.DOTALL)
AS_THE_SYSTEM_USER = "runuser -u dialogue --"
TELLS = """sh -c 'echo "$@"; printf %s "$DATABASE_URL"' sh"""  # with which words it was called, and what it was given
FLASK = f"{sys.executable} -m flask"
ANSWERS = "Oudenhove\noudenhove\nBE\nInes Peeters\nines@oudenhove.be\n"  # to what create-admin asks
ODD = "postgresql://user:a b&c?*'\"$(id)#@127.0.0.1:1/dialogue?sslmode=disable&connect_timeout=1"


def script(folder: Path, settings: dict[str, str], runs: str, flask: str = FLASK) -> Path:
    """The script of the manual, over these settings; `runs` stands for becoming the system user."""
    (folder / "env").write_text("# ours\n\n" + "".join(f"{name}={value}\n" for name, value in settings.items()))
    text = SCRIPT.replace("/etc/dialogue/env", str(folder / "env")).replace("/opt/dialogue", str(ROOT))
    assert AS_THE_SYSTEM_USER in text
    made = folder / "dialogue"
    made.write_text(text.replace(AS_THE_SYSTEM_USER, runs).replace(".venv/bin/flask", flask))
    made.chmod(0o755)
    return made


def run(*command: object, settings: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    words, environment = [str(word) for word in command], os.environ | (settings or {})
    return subprocess.run(words, cwd=ROOT, env=environment, input=ANSWERS, capture_output=True, text=True, check=False)


def refusal(settings: dict[str, str], *command: object) -> str:
    """What a command says that stops with 1: sentences, no trace."""
    ended = run(*FLASK.split(), "--app", "app", *command, settings=settings)
    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False), ended.stderr
    return ended.stderr


def test_the_first_start_goes_as_the_manual_says(tmp_path: Path, storage: None) -> None:
    settings = settings_of(tmp_path)
    if database := address(tmp_path / "instance"):
        settings["DATABASE_URL"] = database
    made = script(tmp_path, settings, runs="env")
    commands = re.findall(r"^sudo dialogue (.*?) +#", COMMANDS, re.MULTILINE)
    assert commands == ["make-keys", "db upgrade", "setup", "create-admin"]
    for command in commands:
        ended = run(made, *command.split())
        assert ended.returncode == 0, f"{command}: {ended.stderr}"
    assert "https://dialogue.example.be/join/" in ended.stdout
    assert sorted(key.name for key in (tmp_path / "keys").iterdir()) == sorted(NAMES)
    for command in ("jobs --once", "verify-ledger"):
        assert run(made, *command.split()).returncode == 0, command
    assert "DIALOGUE_PROXIES is 0" in run(made, "check").stdout, "all else is well"


@pytest.mark.parametrize("command", ["setup", "jobs --once", "create-admin"])
def test_a_command_out_of_turn_says_in_a_sentence_what_comes_first(tmp_path: Path, command: str) -> None:
    assert "db upgrade" in refusal(settings_of(tmp_path), *command.split())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (another_migration, "db upgrade"),
        (other_keys, "not those of this database"),
        (no_secret, "letterbox is missing"),
        (short_secret, "short or not random"),
    ],
)
def test_what_the_web_refuses_the_jobs_refuse_too(ready: Path, tmp_path: Path, change: Change, words: str) -> None:
    assert words in refusal(changed(ready, tmp_path / "here", change), "jobs", "--once")


def test_nothing_is_sealed_with_keys_that_are_not_those_of_the_database(ready: Path, tmp_path: Path) -> None:
    settings, (answers, mapping) = changed(ready, tmp_path / "here", other_keys), (tmp_path / "a", tmp_path / "m")
    answers.touch()
    mapping.touch()
    for command in (("create-admin",), ("import-responses", answers, "--mapping", mapping)):
        assert "not those of this database" in refusal(settings, *command)


def test_a_password_with_odd_signs_arrives_whole_and_stands_in_no_list_of_processes(tmp_path: Path) -> None:
    made = script(tmp_path, {"DATABASE_URL": ODD}, runs=TELLS, flask="flask")
    assert run(made, "jobs", "--once").stdout == f"flask --app app jobs --once\n{ODD}"
